#include "ui/theme/reading.h"

#include <QApplication>
#include <QEvent>
#include <QPointer>
#include <QRegularExpression>
#include <QSettings>
#include <QWidget>

#include <algorithm>

namespace chronograd {

namespace {

const QString digitsKey = QStringLiteral("digits");
const QString commaKey = QStringLiteral("decimalComma");
const QString signKey = QStringLiteral("errorSignal");

Reading& inForce()
{
    static Reading reading;
    return reading;
}

} // namespace

const Reading& Reading::current()
{
    return inForce();
}

void applyReading(const Reading& reading)
{
    if (reading == inForce())
        return;
    inForce() = reading;
    inForce().digits = std::clamp(reading.digits, Reading::leastDigits, Reading::mostDigits);
    QList<QPointer<QWidget>> widgets;
    for (QWidget* widget : QApplication::allWidgets())
        widgets << widget;
    for (const QPointer<QWidget>& widget : widgets) {
        QEvent change(QEvent::LocaleChange);
        if (widget) // one may delete another when it hears of it
            QApplication::sendEvent(widget, &change);
    }
}

QString withDecimalSign(QString number)
{
    static const QRegularExpression point(QStringLiteral("\\.(?=\\d)")); // not that of hidden.W_h
    return Reading::current().decimalComma ? number.replace(point, QStringLiteral(",")) : number;
}

QLocale groupingLocale()
{
    return Reading::current().decimalComma ? QLocale(QLocale::Russian)
                                           : QLocale(QLocale::English, QLocale::UnitedStates);
}

QString deltaDefinition(SignConvention sign, const QString& of)
{
    return (sign == SignConvention::Derivative ? QStringLiteral("δ = ∂L/∂") : QStringLiteral("δ = −∂L/∂")) +
           of;
}

double signedDelta(double delta)
{
    return Reading::current().sign == SignConvention::Derivative ? delta : 0.0 - delta;
}

Reading readingFrom(const QSettings& settings)
{
    const Reading usual;
    return {settings.value(digitsKey, usual.digits).toInt(), settings.value(commaKey).toBool(),
            settings.value(signKey).toBool() ? SignConvention::ErrorSignal : SignConvention::Derivative};
}

void keepReading(const Reading& reading, QSettings& settings)
{
    settings.setValue(digitsKey, reading.digits);
    settings.setValue(commaKey, reading.decimalComma);
    settings.setValue(signKey, reading.sign == SignConvention::ErrorSignal);
}

} // namespace chronograd
