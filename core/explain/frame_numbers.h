#pragma once

#include "core/explain/quantity.h"
#include "core/training/frame.h"

#include <string>
#include <vector>

namespace chronograd {

/// Why a frame does not have a number ("not computed yet: …"); empty when it has.
std::string whyAbsent(const Frame& frame, const Quantity& quantity);

/// The number; of a delta, signed. Precondition: whyAbsent() is empty.
double numberOf(const Frame& frame, const Quantity& quantity,
                SignConvention sign = SignConvention::Derivative);

/// Is step t's loss part of this update?
bool isInjected(const Frame& frame, std::int64_t t);

/// The injected steps that have a target.
std::vector<std::int64_t> injectedWithTarget(const Frame& frame);

/// Is the slot a state: read at a neighbouring step?
bool isState(const StepProgram& program, SlotId slot);

} // namespace chronograd
