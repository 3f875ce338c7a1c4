#pragma once

#include "core/unfold/elementwise.h"

namespace chronograd {

/// result = Σ coefficient · Π factors, unit by unit
class BoundProducts final : public BoundElementwise
{
public:
    BoundProducts(const Products& products, std::vector<SlotColumns>& slots);

private:
    struct BoundFactor
    {
        SlotColumns* slot = nullptr; ///< Null: 1.
        int lag = 0;
        bool complement = false;
    };
    struct BoundTerm
    {
        double coefficient;
        BoundFactor factors[2];
    };
    Element product(const BoundTerm& term, bool adds) const;
    Element deltaOf(const BoundTerm& term, int factor) const;

    std::ptrdiff_t m_firstRow; ///< Of the result's block.
};

} // namespace chronograd
