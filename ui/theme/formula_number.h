#pragma once

#include <QString>

namespace chronograd {

/// A number as mathematics sets it: digits with a real minus sign and, when it is very large or small, a
/// power of ten.
struct FormulaNumber
{
    QString digits;   ///< "−0.0346", "1.25", "∞", "not a number"
    QString exponent; ///< "−7" in 1.25 · 10⁻⁷; empty: none.
    int power = 0;    ///< The exponent.
    bool negative = false;
};

/// `value` with this many significant digits (2 … 17). A number that is short by itself stays short (0.5, 3);
/// a rounded one keeps its zeros, so that 0.2100 tells that more digits were there.
FormulaNumber formulaNumber(double value, int digits);

/// The same in one line of text: "1.25·10⁻⁷" with raised digits.
QString formulaNumberText(double value, int digits);

} // namespace chronograd
