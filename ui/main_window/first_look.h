#pragma once

#include "core/explain/quantity.h"
#include "core/training/frame.h"

namespace chronograd {

/// What is selected before anybody has selected anything: the delta of the first unit of the first recurrent
/// layer (of the first layer where none is) at the newest step.
Quantity firstLook(const Frame& frame);

} // namespace chronograd
