#pragma once

#include "core/unfold/bound_operation.h"

namespace chronograd {

/// result = Σ coefficient · Π factors, unit by unit
class BoundProducts final : public BoundOperation
{
public:
    BoundProducts(const Products& products, std::vector<SlotColumns>& slots);

    void forward(const double* weights, Columns columns) override;
    void forwardDelayed(const double* weights, std::int64_t t) override;
    void backward(const double* weights, Columns columns) override;
    void backwardDelayed(const double* weights, std::int64_t t, std::size_t operand) override;

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
        bool isDelayed;
    };
    void add(const BoundTerm& term, Columns columns, bool overwrites);
    /// δ of one factor at t += coefficient · the other factor · δ of the result at t + its lag.
    void addDelta(const BoundTerm& term, int factor, Columns columns);

    SlotColumns* m_result;
    std::ptrdiff_t m_firstRow; ///< Of the result's block.
    std::vector<BoundTerm> m_terms;
    std::vector<std::pair<std::size_t, int>> m_operands; ///< Term and factor.
    bool m_adds;
};

} // namespace chronograd
