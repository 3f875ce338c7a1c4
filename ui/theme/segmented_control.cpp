#include "ui/theme/segmented_control.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>

namespace chronograd {

SegmentedControl::SegmentedControl(const QString& name, const QStringList& texts, QWidget* parent)
    : QFrame(parent)
    , m_buttons(new QButtonGroup(this))
{
    setProperty("look", QStringLiteral("segments"));
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(2, 2, 2, 2);
    row->setSpacing(1);
    for (int index = 0; index < texts.size(); ++index) {
        auto* button = new QPushButton(texts[index]);
        button->setCheckable(true);
        button->setProperty("look", QStringLiteral("segment"));
        button->setAccessibleName(QStringLiteral("%1: %2").arg(name, texts[index]));
        button->setToolTip(name);
        m_buttons->addButton(button, index);
        row->addWidget(button);
    }
    connect(m_buttons, &QButtonGroup::idClicked, this, &SegmentedControl::chosen);
}

int SegmentedControl::current() const
{
    return m_buttons->checkedId();
}

void SegmentedControl::setCurrent(int index)
{
    if (QAbstractButton* button = m_buttons->button(index)) {
        button->setChecked(true);
        return;
    }
    m_buttons->setExclusive(false);
    if (QAbstractButton* checked = m_buttons->checkedButton())
        checked->setChecked(false);
    m_buttons->setExclusive(true);
}

void SegmentedControl::setTight()
{
    layout()->setContentsMargins(1, 1, 1, 1);
    for (QAbstractButton* button : m_buttons->buttons())
        button->setProperty("look", QStringLiteral("tight segment"));
}

void SegmentedControl::setToolTipAt(int index, const QString& text)
{
    m_buttons->button(index)->setToolTip(text);
}

void SegmentedControl::setEnabledAt(int index, bool enabled)
{
    m_buttons->button(index)->setEnabled(enabled);
}

} // namespace chronograd
