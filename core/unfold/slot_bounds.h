#pragma once

#include "core/unfold/step_program.h"

#include <vector>

namespace chronograd {

/// What is known of the size of values: no |value| of a slot is greater than its bound.
class SlotBounds
{
public:
    explicit SlotBounds(std::size_t slots);

    /// The next operation of the program; returns the bound of its result, negative if nobody knows.
    double add(const Operation& operation);

private:
    double of(const Factor& factor) const;
    double ofProducts(const Products& products) const;
    bool isMean(const Products& products) const;

    std::vector<double> m_bounds;
    std::vector<bool> m_isFraction; ///< In 0 … 1.
};

} // namespace chronograd
