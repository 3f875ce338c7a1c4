#pragma once

#include "core/kernels/kernel_set.h"
#include "core/unfold/activation_operation.h"
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
    void backwardDelayed(const double* weights, std::int64_t t, std::size_t operand) override;
    void gradient(Columns columns, double* gradient) override;
    void beginBackward() override;

    /// Is the activation all that happens between this result and its coming back one step later? Then the
    /// steps of both are one kernel call, bit for bit the same as step by step.
    bool isLoopWith(const BoundActivation& activation) const;
    void forwardLoop(const double* weights, const BoundActivation& activation, Columns columns);
    void backwardLoop(const double* weights, BoundActivation& activation, Columns columns);

private:
    struct BoundTerm
    {
        std::size_t offset; ///< Of W in the flat vector.
        std::ptrdiff_t stride;
        int rows;     ///< Padded rows of the gate blocks that take part …
        int firstRow; ///< … and where they lie in the result.
        int inner;    ///< Units of the source.
        int lag;
        bool wantsDelta; ///< The input is data: nobody asks for its delta.
        SlotColumns* source;
        Matrix transposed; ///< Of a delayed term: its weights for going backward, one copy for each sweep.
        bool isTransposedFresh = false;
    };
    void add(const double* weights, const BoundTerm& term, Columns columns);
    const BoundTerm* delayedTerm() const; ///< The only one; else null.
    kernels::ConstMatrixView transposed(const double* weights, BoundTerm& term) const;

    SlotColumns* m_result;
    std::vector<BoundTerm> m_terms;
    std::optional<std::size_t> m_bias;
    bool m_adds;
};

} // namespace chronograd
