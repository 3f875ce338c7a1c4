#pragma once

#include "core/unfold/bound_operation.h"

namespace chronograd {

/// result = Σ W · source + b
class BoundAffine final : public BoundOperation
{
public:
    BoundAffine(const Affine& affine, const ParameterLayout& layout, std::vector<SlotColumns>& slots);

    void forward(const double* weights, Columns columns) override;
    void forwardDelayed(const double* weights, std::int64_t t) override;
    void backward(const double* weights, Columns columns) override;
    void backwardDelayed(const double* weights, std::int64_t t) override;
    void gradient(Columns columns, double* gradient) override;

private:
    struct BoundTerm
    {
        std::size_t offset; ///< Of W in the flat vector.
        std::ptrdiff_t stride;
        int inner; ///< Units of the source.
        int lag;
        bool wantsDelta; ///< The input is data: nobody asks for its delta.
        SlotColumns* source;
    };

    SlotColumns* m_result;
    std::vector<BoundTerm> m_terms;
    std::optional<std::size_t> m_bias;
};

} // namespace chronograd
