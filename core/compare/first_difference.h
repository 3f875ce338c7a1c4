#pragma once

#include "core/explain/quantity.h"
#include "core/training/frame.h"

#include <optional>

namespace chronograd {

/// A number that two lanes do not have in common. A value is absent where that lane computes none: a delta
/// beyond the cut of its window.
struct Difference
{
    Quantity quantity;
    std::optional<double> a;
    std::optional<double> b;
};

/// Are there the same numbers in both: the same parameters and layers?
bool areComparable(const Frame& a, const Frame& b);

/// Do both frames show the same steps: those of the same sequence of the same epoch?
bool showSameSequence(const Frame& a, const Frame& b);

/// The first number, in the order in which it is computed, that is not the same bit for bit; absent: there is
/// none in what both frames hold. The order: step by step forward (the weights in force where they changed,
/// what is read, then layer by layer, then the step's loss), L, step by step backward, and parameter by
/// parameter the update. Steps that one of the lanes has not computed yet are no difference. Of frames that
/// show different sequences only the weights are compared.
///
/// Precondition: areComparable().
std::optional<Difference> firstDifference(const Frame& a, const Frame& b);

} // namespace chronograd
