#pragma once

#include <QString>

#include <cstdint>

namespace chronograd {

/// A number as Qt or the engine writes it, as it is shown: with the decimal sign in force, a real minus sign,
/// and powers of ten raised: 2.1e-04 → 2.1·10⁻⁴.
QString typeset(QString text);

/// The same where that has no room: 2.1e-04 → 2.1e−4.
QString typesetCompact(QString text);

/// A sentence with the numbers in it typeset, to no more significant digits than are asked for; whole numbers
/// and names (hidden.W_h, h_3) stay as they are.
QString withShownNumbers(const QString& sentence);

/// "⁻⁷"
QString raised(int power);

/// A number short enough for the inside of a unit: ".66", "−.84", "1.0", "−12", "3e4"; with one decimal ".7",
/// "−.8", "1".
QString unitNumber(double value, int decimals = 2);

/// A loss or a scale's end: three decimals, or two digits and a power where that says nothing: "0.207",
/// "2.1·10⁻⁴".
QString shortNumber(double value);

/// The same for the labels in the graph: "2.1e−4".
QString compactNumber(double value);

/// For the ticks of axes, which are round numbers: "0.02", "−300", "5·10⁻⁶", "10⁻⁷".
QString tickNumber(double value);

/// Six significant digits, or as many as are asked for, for tips: "−0.0346129".
QString exactNumber(double value);

/// "1 step", "2 steps": English has two forms and no translation file; a file for another language finds its
/// own with %n.
QString counted(const char* context, const char* one, const char* many, std::int64_t count);

} // namespace chronograd
