#include "ui/controls/choice_row.h"

#include "ui/controls/setting_text.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QStandardItemModel>

namespace chronograd {

ChoiceRow::ChoiceRow(Setting setting, QWidget* parent)
    : SettingRow(setting, parent)
    , m_box(new QComboBox)
{
    for (const std::string_view choice : spec().choices)
        m_box->addItem(choiceLabel(choice));
    m_box->setAccessibleName(m_label->text());
    m_box->setToolTip(toolTip());
    m_box->setFocusPolicy(Qt::StrongFocus);
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_box->installEventFilter(this);
    m_label->setBuddy(m_box);
    m_head->addWidget(m_box);
    connect(m_box, &QComboBox::activated, this, [this](int index) { choose(index); });
}

void ChoiceRow::setObstacle(int choice, const QString& reason)
{
    auto* model = qobject_cast<QStandardItemModel*>(m_box->model());
    QStandardItem* item = model->item(choice);
    item->setEnabled(reason.isEmpty());
    item->setToolTip(reason);
}

void ChoiceRow::display(const SettingValue& value)
{
    m_box->setCurrentIndex(std::get<int>(value));
}

bool ChoiceRow::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Wheel && !m_box->hasFocus()) {
        event->ignore();
        return true;
    }
    return SettingRow::eventFilter(watched, event);
}

} // namespace chronograd
