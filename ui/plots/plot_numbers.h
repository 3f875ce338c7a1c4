#pragma once

#include <QString>

#include <cstdint>

namespace chronograd {

/// As few digits as read back to the same number: for files.
QString shortest(double value);
/// The same as it is shown, see typeset(): for tips.
QString shownShortest(double value);
/// So many significant digits, as they are shown.
QString shownRounded(double value, int digits);
/// So many decimals, as they are shown; what rounds to zero has no sign.
QString shownFixed(double value, int decimals);

/// A whole number with its thousands parted: 1,204.
QString grouped(std::int64_t number);
QString groupedRounded(double number);

} // namespace chronograd
