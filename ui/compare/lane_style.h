#pragma once

#include <QPen>

namespace chronograd {

/// How the lane at this place is drawn: pattern, width and colour differ, so that the pattern alone is
/// enough.
QPen lanePen(std::size_t place);

} // namespace chronograd
