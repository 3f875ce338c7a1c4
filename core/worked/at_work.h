#pragma once

#include "core/explain/quantity.h"
#include "core/training/frame.h"

namespace chronograd {

/// Does a quantity belong to what the machine did last: the layer it went through, or the update?
bool isAtWork(const Quantity& quantity, const Frame& frame);

} // namespace chronograd
