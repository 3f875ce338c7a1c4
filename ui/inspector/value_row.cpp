#include "ui/inspector/value_row.h"

#include "ui/theme/formula_number.h"
#include "ui/theme/reading.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

using namespace Qt::StringLiterals;

namespace chronograd {

namespace {

void setWrong(QLineEdit& field, bool wrong)
{
    field.setProperty("wrong", wrong);
    field.style()->unpolish(&field);
    field.style()->polish(&field);
}

} // namespace

std::optional<double> typedNumber(const QString& text)
{
    QString plain = text.trimmed();
    plain.replace(u',', u'.').replace(u'−', u'-');
    bool isNumber = false;
    const double value = QLocale::c().toDouble(plain, &isNumber);
    return isNumber && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

ValueRow::ValueRow(QWidget* parent)
    : QWidget(parent)
    , m_label(new QLabel)
    , m_field(new QLineEdit)
    , m_pencil(new QToolButton)
    , m_note(new QLabel)
{
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(2);
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(m_label);
    row->addWidget(m_field, 1);
    row->addWidget(m_pencil);
    lines->addLayout(row);
    lines->addWidget(m_note);
    m_label->setProperty("look", u"secondary"_s);
    m_label->setBuddy(m_field);
    m_field->setObjectName(u"value"_s);
    m_field->setReadOnly(true);
    m_field->installEventFilter(this);
    m_pencil->setText(u"✎"_s);
    m_pencil->setObjectName(u"editValue"_s);
    m_pencil->setProperty("look", u"quiet"_s);
    m_pencil->setAccessibleName(tr("Change this number"));
    m_note->setProperty("look", u"pending"_s);
    m_note->setWordWrap(true);
    connect(m_pencil, &QToolButton::clicked, this, &ValueRow::beginEdit);
    setEditable(true);
}

void ValueRow::showValue(const QString& label, double value, const QString& note)
{
    m_label->setText(label);
    m_field->setAccessibleName(label);
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    m_value = value;
    if (!isBeingEdited())
        showNumber();
}

void ValueRow::showNumber()
{
    const QString text = formulaNumberText(m_value, Reading::current().digits);
    if (m_field->text() != text)
        m_field->setText(text);
}

void ValueRow::setEditable(bool editable)
{
    if (editable == m_isEditable && !m_field->toolTip().isEmpty())
        return;
    m_isEditable = editable;
    m_pencil->setEnabled(editable);
    const QString tip = editable ? tr("Change it: double-click or F2; in force from the next update on")
                                 : tr("Can be changed while training is paused");
    m_field->setToolTip(tip);
    m_pencil->setToolTip(tip);
    if (!editable && isBeingEdited())
        leave();
}

bool ValueRow::isBeingEdited() const
{
    return !m_field->isReadOnly();
}

void ValueRow::beginEdit()
{
    if (!m_isEditable || isHidden())
        return;
    m_field->setReadOnly(false);
    m_field->setText(withDecimalSign(QString::number(m_value, 'g', QLocale::FloatingPointShortest)));
    m_field->selectAll();
    m_field->setFocus();
}

void ValueRow::accept()
{
    const std::optional<double> value = typedNumber(m_field->text());
    setWrong(*m_field, !value);
    if (!value)
        return;
    const bool isNew = *value != m_value;
    leave();
    if (isNew)
        emit edited(*value);
}

void ValueRow::leave()
{
    setWrong(*m_field, false);
    m_field->setReadOnly(true);
    m_field->deselect();
    showNumber();
}

bool ValueRow::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::MouseButtonDblClick && !isBeingEdited()) {
        beginEdit();
        return true;
    }
    if (event->type() == QEvent::FocusOut && isBeingEdited())
        leave();
    if (event->type() == QEvent::KeyPress && isBeingEdited()) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            accept();
            return true;
        case Qt::Key_Escape:
            leave();
            return true;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace chronograd
