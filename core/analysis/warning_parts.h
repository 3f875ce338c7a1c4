#pragma once

#include "core/analysis/warnings.h"

/// What warningsOf() is made of.

namespace chronograd::warning_parts {

/// Most units of a layer have an f′ below 5 % of its greatest value over the steps of the window.
std::optional<Warning> saturation(const Frame& frame, int layer);
/// Units of a relu layer that are 0 at all steps held.
std::optional<Warning> deadRelu(const Frame& frame, int layer);
/// The error of the last loss that enters on its way back through the window, in what each layer hands on
/// (carriedSlots): vanishing or exploding. One backward sweep.
std::vector<Warning> errorThroughTime(const Frame& frame);

std::string steps(std::int64_t first, std::int64_t last);        ///< "t = 6 … 8"
std::string rounded(double value);                               ///< Three digits.
std::string count(std::int64_t number, const std::string& what); ///< "1 step", "2 steps"

} // namespace chronograd::warning_parts
