#include "ui/controls/setting_row.h"

#include "ui/controls/choice_row.h"
#include "ui/controls/field_row.h"
#include "ui/controls/setting_text.h"
#include "ui/controls/slider_row.h"
#include "ui/theme/desk_size.h"
#include "ui/theme/number_text.h"
#include "ui/theme/reading.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QStyle>
#include <QVBoxLayout>

namespace chronograd {

namespace {

void setLook(QWidget& widget, const char* name, bool on)
{
    if (widget.property(name).toBool() == on)
        return;
    widget.setProperty(name, on);
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
}

} // namespace

SettingRow::SettingRow(Setting setting, QWidget* parent)
    : QWidget(parent)
    , m_head(new QHBoxLayout)
    , m_lines(new QVBoxLayout(this))
    , m_label(new QLabel)
    , m_spec(settingSpec(setting))
    , m_state(setting)
    , m_error(new QLabel)
{
    setObjectName(QString::fromUtf8(m_spec.key.data(), qsizetype(m_spec.key.size())));
    m_help =
        QCoreApplication::translate("Setting", std::string(m_spec.help).c_str()) + u' ' +
        (m_spec.nextEpoch ? tr("In force from the next epoch on.") : tr("In force from the next update on."));
    setToolTip(m_help);
    m_lines->setContentsMargins(0, 0, 0, 0);
    m_lines->setSpacing(1);
    m_label->setText(settingLabel(m_spec));
    m_head->setSpacing(6);
    m_head->addWidget(m_label, 1);
    m_lines->addLayout(m_head);
    m_error->setWordWrap(true);
    m_error->setProperty("look", QStringLiteral("error"));
    m_error->hide();
    m_lines->addWidget(m_error);
}

QLineEdit* SettingRow::makeField(int width)
{
    m_field = new QLineEdit;
    m_field->setObjectName(QStringLiteral("field"));
    m_field->setAccessibleName(m_label->text());
    m_field->setToolTip(toolTip());
    m_field->setAlignment(Qt::AlignRight);
    fixWidth(*m_field, width);
    m_label->setBuddy(m_field);
    connect(m_field, &QLineEdit::editingFinished, this, [this] {
        if (m_field->isModified())
            chooseText(m_field->text());
    });
    return m_field;
}

void SettingRow::setObstacle(const QString& obstacle)
{
    setEnabled(obstacle.isEmpty());
    setToolTip(obstacle.isEmpty() ? m_help : obstacle);
}

void SettingRow::start(const Hyperparameters& settings)
{
    m_state.start(settings);
    m_dragged.reset();
    m_isStarted = true;
    showError({});
    refresh();
}

void SettingRow::ask(const SettingValue& value)
{
    m_state.ask(value);
    showError({});
    refresh();
}

void SettingRow::showDragged(const std::optional<SettingValue>& value)
{
    if (m_dragged == value)
        return;
    m_dragged = value;
    refresh();
}

void SettingRow::showFrame(const Frame& frame)
{
    const SettingValue before = m_state.shown();
    const bool wasPending = m_state.isPending();
    m_state.showFrame(frame);
    if (before != m_state.shown() || wasPending != m_state.isPending())
        refresh();
}

void SettingRow::showMark(const ChangeMark& mark)
{
    m_state.showMark(mark);
}

void SettingRow::choose(const SettingValue& value)
{
    const std::string wrong = settingError({m_spec.setting, value});
    showError(QString::fromStdString(wrong));
    if (!wrong.empty())
        return;
    if (value == shown())
        refresh();
    else
        emit chosen({m_spec.setting, value});
}

void SettingRow::chooseText(const QString& text)
{
    QString error;
    const auto value = settingFromText(m_spec, text, &error);
    if (value) {
        if (m_field != nullptr)
            m_field->setModified(false); // from here on it shows what is in force, focused or not
        choose(*value);
    } else {
        showError(error);
    }
}

void SettingRow::showError(const QString& sentence)
{
    m_error->setText(sentence.isEmpty() ? QString() : tr("%1 %2").arg(m_label->text(), sentence));
    m_error->setVisible(!sentence.isEmpty());
    if (m_field != nullptr)
        setLook(*m_field, "wrong", !sentence.isEmpty());
}

QString SettingRow::valueText(const SettingValue& value) const
{
    return withDecimalSign(QString::fromStdString(settingText({m_spec.setting, value})));
}

QString SettingRow::inForceText() const
{
    return tr("%1 is %2")
        .arg(QString::fromUtf8(m_spec.label.data(), qsizetype(m_spec.label.size())),
             withShownNumbers(QString::fromStdString(settingText({m_spec.setting, m_state.inForce()}))));
}

void SettingRow::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LocaleChange && m_isStarted)
        refresh();
}

void SettingRow::refresh()
{
    display(m_dragged.value_or(m_state.shown()));
    if (m_field == nullptr)
        return;
    setLook(*m_field, "pending", m_state.isPending());
    m_field->setToolTip(m_state.isPending() ? tr("Not in force yet: %1. %2").arg(inForceText(), m_help)
                                            : toolTip());
}

SettingRow* makeSettingRow(Setting setting)
{
    switch (settingSpec(setting).kind) {
    case SettingKind::Choice:
        return new ChoiceRow(setting);
    case SettingKind::NumberOrNone:
    case SettingKind::StepsOrNone:
        return new FieldRow(setting);
    case SettingKind::Steps:
    case SettingKind::Number:
        break;
    }
    return new SliderRow(setting);
}

} // namespace chronograd
