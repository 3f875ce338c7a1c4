#pragma once

#include "core/kernels/kernel_set.h"
#include "core/unfold/activation_operation.h"
#include "core/unfold/bound_operation.h"

namespace chronograd {

/// result = Σ W · source + b: the only operation with parameters.
class BoundAffine final : public BoundOperation
{
public:
    BoundAffine(const Affine& affine, const ParameterLayout& layout, std::vector<SlotColumns>& slots);

    void forward(const double* weights, Columns columns) override;
    void forwardDelayed(const double* weights, std::int64_t t) override;
    void beginBackward(Columns live) override
    {
        m_live = live;
        m_squares = 0.0;
        m_hasSquares = false;
        ++m_sweep;
    }
    void backward(const double* weights, Columns columns) override;
    void backwardDelayed(const double* weights, std::int64_t t, std::size_t operand) override;

    /// gradient += the shares of these steps, as one matrix product.
    void gradient(Columns columns, double* gradient);
    /// No element of the gradient of all live steps is greater than the root of this.
    double gradientBound() const;
    /// The gradient of all live steps and a step with momentum in one pass; returns the sum of the squares of
    /// what is trainable.
    double step(const kernels::MomentumStep& step, const kernels::ParameterVectors& vectors);

    /// Can this and the activation behind it be one call for many steps (layer_calls.cpp)? So it is in dense
    /// layers, and in Elman layers without a batch: the activation is all that happens between the result and
    /// its coming back one step later.
    bool isLayerWith(const BoundActivation& activation) const;
    /// Precondition: isLayerWith().
    void joinWith(BoundActivation& activation);
    /// This and the activation it was joined with.
    void forwardLayer(const double* weights, Columns columns);
    /// `arrivesFrom`: earlier steps have no delta from above. `isNetSet`: the loss has set the deltas of
    /// this result.
    void backwardLayer(const double* weights, Columns columns, std::int64_t arrivesFrom, bool isNetSet);
    bool isRecurrent() const { return m_hasDelayed; }
    /// Σ δ² of the joined activation's result, which tells that of this one's where they are the same.
    void setOutputSquares(double squares)
    {
        if (!m_layer.goesBack && m_delayed == nullptr) {
            m_squares = squares;
            m_hasSquares = true;
        }
    }

    /// Nobody else reads this slot at the same step: backward() need not add to its delta.
    void setOverwrites(const SlotColumns& source);
    /// No value of it is beyond ±`bound`.
    void setBound(const SlotColumns& source, double bound);

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
        Matrix transposed;             ///< Its weights for going backward, one copy for each sweep.
        std::int64_t transposedIn = 0; ///< The sweep that `transposed` was made in.
        bool overwrites = false;
        double bound = -1.0; ///< No |value| of the source is greater; negative: nobody knows.
    };
    /// The joined activation, and its kernel calls: only the steps change from one to the next.
    struct LayerCalls
    {
        void bind(const double* parameters, const BoundAffine& affine);

        BoundActivation* activation = nullptr;
        const double* weights = nullptr; ///< The parameters that the calls are bound to.
        bool addsFirst = false; ///< There are terms of the same step that the call does not add itself.
        kernels::KernelSet::ForwardSteps runForward = nullptr; ///< Null: every column waits for nothing.
        kernels::KernelSet::BackwardSteps runBackward = nullptr;
        kernels::LayerForward forward;
        kernels::LayerBackward backward;
        bool goesBack = false; ///< Delta of the output and of the net are two.
    };
    void sumBounds();
    bool isMadeOf(const BoundTerm& term) const { return term.rows == m_result->rows(); }
    kernels::ConstMatrixView start(const double* weights) const;
    kernels::MatrixView result(std::int64_t t, const BoundTerm& term);
    bool addTerms(const double* weights, Columns columns, const BoundTerm* except);
    void fill(const double* weights, Columns columns);
    kernels::ConstMatrixView transposed(const double* weights, BoundTerm& term) const;
    bool goesBackByCopy(const BoundTerm& term) const;
    void addDeltaBelow(const double* weights, Columns columns, BoundTerm& term);

    SlotColumns* m_result;
    std::vector<BoundTerm> m_terms;
    bool m_hasDelayed = false;
    BoundTerm* m_delayed = nullptr;    ///< The only delayed term; null: none, or several.
    const BoundTerm* m_thin = nullptr; ///< The last of the same step, if its source has few units.
    std::vector<BoundTerm*> m_below;   ///< Of the same step, whose sources want their deltas.
    std::optional<std::size_t> m_bias;
    bool m_isTrainable = true;
    bool m_adds;
    Vector m_zeros; ///< As many as any column has.
    Columns m_live;
    std::int64_t m_sweep = 0; ///< Weights may change from one to the next.
    double m_squares = 0.0;   ///< Σ δ² of the result over the sweep, if m_hasSquares.
    bool m_hasSquares = false;
    double m_boundedSquares = 0.0; ///< Σ x² of one column is not greater, m_unbounded left out.
    std::vector<const BoundTerm*> m_unbounded;
    std::vector<kernels::TrainedMatrix> m_matrices; ///< Of the terms in turn, then the bias.
    LayerCalls m_layer;
};

} // namespace chronograd
