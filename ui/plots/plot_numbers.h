#pragma once

#include <QString>

#include <cstdint>

namespace chronograd {

/// As few digits as read back to the same number: for tips and files.
QString shortest(double value);

/// A whole number with its thousands parted: 1,204.
QString grouped(std::int64_t number);
QString groupedRounded(double number);

} // namespace chronograd
