#pragma once

#include <QString>

namespace chronograd {

/// A number as Qt writes it, as it is shown: with the decimal sign in force, a proper minus sign, and no "+0"
/// inside powers: 2.1e-04 → 2.1e−4.
QString typeset(QString text);

/// A number short enough for the inside of a unit: ".66", "−.84", "1.0", "−12", "3e4".
QString unitNumber(double value);

/// A loss or a scale's end: three decimals, or two digits and a power where that says nothing: "0.207",
/// "2.1e−4".
QString shortNumber(double value);

/// Six significant digits, or as many as are asked for, for tips: "−0.0346129".
QString exactNumber(double value);

} // namespace chronograd
