#include "ui/inspector/reading_bar.h"

#include "ui/theme/reading.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace chronograd {

ReadingBar::ReadingBar(QWidget* parent)
    : QWidget(parent)
    , m_convention(new QComboBox)
    , m_digits(new QSpinBox)
{
    buildConvention();
    buildDigits();
    auto* label = new QLabel(tr("digits"));
    label->setProperty("look", u"small"_s);
    label->setBuddy(m_digits);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_convention);
    row->addStretch(1);
    row->addWidget(label);
    row->addWidget(m_digits);
    showReading();
}

void ReadingBar::buildConvention()
{
    m_convention->setObjectName(u"convention"_s);
    for (const SignConvention sign : {SignConvention::Derivative, SignConvention::ErrorSignal})
        m_convention->addItem(deltaDefinition(sign));
    m_convention->setItemData(0, tr("The derivative of the loss: weights move against it"), Qt::ToolTipRole);
    m_convention->setItemData(1, tr("The error signal of the delta rule: weights move along it"),
                              Qt::ToolTipRole);
    m_convention->setFont(Theme::current().mathFont(Theme::current().textSize));
    m_convention->setToolTip(
        tr("The sign convention of every delta shown: the derivative of the loss of the update by the "
           "weighted input, or its negative, the error signal. Gradients are derivatives in both."));
    m_convention->setAccessibleName(tr("Sign convention of delta"));
    connect(m_convention, &QComboBox::activated, this, [](int index) {
        Reading reading = Reading::current();
        reading.sign = static_cast<SignConvention>(index);
        applyReading(reading);
    });
}

void ReadingBar::buildDigits()
{
    m_digits->setRange(Reading::leastDigits, Reading::mostDigits);
    m_digits->setAccessibleName(tr("Digits"));
    m_digits->setToolTip(tr("Significant digits of the numbers, 2 to 17"));
    connect(m_digits, &QSpinBox::valueChanged, this, [](int digits) {
        Reading reading = Reading::current();
        reading.digits = digits;
        applyReading(reading);
    });
}

void ReadingBar::showReading()
{
    m_convention->setCurrentIndex(static_cast<int>(Reading::current().sign));
    m_digits->setValue(Reading::current().digits);
}

void ReadingBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LocaleChange)
        showReading();
}

} // namespace chronograd
