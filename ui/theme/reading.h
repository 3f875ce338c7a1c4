#pragma once

#include "core/explain/quantity.h"

#include <QLocale>
#include <QString>

class QSettings;

namespace chronograd {

/// How numbers are written everywhere in the window, and what a delta is called positive for.
struct Reading
{
    static constexpr int leastDigits = 2;
    static constexpr int mostDigits = 17;

    int digits = 4; ///< That count: of formulas, tips and tables.
    bool decimalComma = false;
    SignConvention sign = SignConvention::Derivative;

    bool operator==(const Reading&) const = default;
    static const Reading& current();
};

/// Puts it into force; every widget is told by an event of type LocaleChange.
void applyReading(const Reading& reading);

/// The number with the decimal sign in force: 0.25 or 0,25.
QString withDecimalSign(QString number);

/// How whole numbers are grouped: 12,000 or, where the comma is the decimal sign, 12 000.
QLocale groupingLocale();

/// "δ = ∂L/∂net" or "δ = −∂L/∂net"; `of`: what the derivative is by.
QString deltaDefinition(SignConvention sign, const QString& of = QStringLiteral("net"));

/// A delta as it is shown.
double signedDelta(double delta);

Reading readingFrom(const QSettings& settings);
void keepReading(const Reading& reading, QSettings& settings);

} // namespace chronograd
