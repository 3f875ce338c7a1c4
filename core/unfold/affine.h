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
    void beginBackward(Columns live) override;
    void backward(const double* weights, Columns columns) override;
    void backwardDelayed(const double* weights, std::int64_t t, std::size_t operand) override;
    void gradient(Columns columns, double* gradient) override;
    double gradientBound() const override;
    double step(const kernels::MomentumStep& step, const ParameterVectors& vectors) override;

    /// Can this and the activation behind it be one call for many steps (layer_calls.cpp)? So it is in dense
    /// layers, and in Elman layers without a batch: the activation is all that happens between the result and
    /// its coming back one step later.
    bool isLayerWith(const BoundActivation& activation) const;
    void forwardWith(BoundActivation& activation, const double* weights, Columns columns);
    /// `arrivesFrom`: earlier steps have no delta from above. `isNetSet`: the loss has set the deltas of
    /// this result.
    void backwardWith(BoundActivation& activation, const double* weights, Columns columns,
                      std::int64_t arrivesFrom, bool isNetSet);
    bool isRecurrent() const { return m_hasDelayed; }

    /// Nobody else reads this slot at the same step: backward() need not add to its delta.
    void setOverwrites(const SlotColumns& source);
    void setBounded(const SlotColumns& source); ///< No value of it is beyond ±1.

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
        Matrix transposed; ///< Its weights for going backward, one copy for each sweep.
        bool isTransposedFresh = false;
        bool overwrites = false;
        bool isBounded = false;
    };
    bool isMadeOf(const BoundTerm& term) const { return term.rows == m_result->rows(); }
    kernels::ConstMatrixView start(const double* weights) const;
    kernels::MatrixView result(std::int64_t t, const BoundTerm& term);
    bool addTerms(const double* weights, Columns columns, const BoundTerm* except);
    void fill(const double* weights, Columns columns);
    kernels::ConstMatrixView transposed(const double* weights, BoundTerm& term) const;
    bool goesBackByCopy(const BoundTerm& term) const;

    SlotColumns* m_result;
    std::vector<BoundTerm> m_terms;
    bool m_hasDelayed = false;
    BoundTerm* m_delayed = nullptr;    ///< The only delayed term; null: none, or several.
    const BoundTerm* m_thin = nullptr; ///< The last of the same step, if its source has few units.
    std::optional<std::size_t> m_bias;
    bool m_isTrainable = true;
    bool m_adds;
    Vector m_zeros; ///< As many as any column has.
    Columns m_live;
};

} // namespace chronograd
