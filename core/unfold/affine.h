#pragma once

#include "core/kernels/kernel_set.h"
#include "core/unfold/activation_operation.h"
#include "core/unfold/bound_operation.h"

#include <array>
#include <span>

namespace chronograd {

/// Matrices of parameters that step together, and the code for it.
struct TrainedTogether
{
    std::span<const kernels::TrainedMatrix> matrices;
    std::array<std::array<kernels::TrainedMatrix::Step, 2>, 2> code; ///< [over one column][keeps gradients]

    double step(const kernels::TimeRange& range, const kernels::MomentumStep& step,
                const kernels::ParameterVectors& vectors) const
    {
        const auto run = code[range.columns == 1 ? 1 : 0][vectors.gradient != nullptr ? 1 : 0];
        return run(matrices, range, step, vectors);
    }
};

/// A matrix product of every step of a loop over time, and the code for it.
struct DelayedProduct
{
    const kernels::ColumnProduct* product;
    kernels::ColumnProduct::Run run;
};

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

    /// What forwardDelayed() does, to be called with the step's column; after prepareForwardProducts().
    std::vector<DelayedProduct> delayedProducts() const;
    void prepareForwardProducts(const double* weights)
    {
        if (m_delayedWeights != weights) {
            bindDelayed(weights);
        }
    }
    /// What backwardDelayed() does, to be called with the step's column of deltas; after
    /// prepareBackwardProducts().
    DelayedProduct backwardProduct(std::size_t operand) const;
    void prepareBackwardProducts(const double* weights)
    {
        for (BoundTerm* term : m_delayedTerms) {
            prepareBackward(weights, *term);
        }
    }

    /// gradient += the shares of these steps, as one matrix product.
    void gradient(Columns columns, double* gradient);
    /// No element of the gradient of all live steps is greater than the root of this.
    double gradientBound() const
    {
        return m_hasSquares && m_unbounded.empty() ? m_boundedSquares * m_result->width(m_live) * m_squares
                                                   : searchedGradientBound();
    }
    /// The gradient of all live steps and a step with momentum in one pass; returns the sum of the squares of
    /// what is trainable.
    double step(const kernels::MomentumStep& step, const kernels::ParameterVectors& vectors)
    {
        const kernels::TimeRange range{m_result->deltaColumnOf(m_live.first),
                                       m_result->columnOf(m_live.first), m_result->width(m_live)};
        double squares = 0.0;
        for (const TrainedTogether& together : m_trained) {
            squares += together.step(range, step, vectors);
        }
        return squares;
    }
    const std::vector<TrainedTogether>& trained() const { return m_trained; }
    bool isTrainable() const { return m_isTrainable; }

    /// Can this and the activation behind it be one call for many steps (layer_calls.cpp)? So it is in dense
    /// layers, and in Elman layers without a batch: the activation is all that happens between the result and
    /// its coming back one step later.
    bool isLayerWith(const BoundActivation& activation) const;
    /// Precondition: isLayerWith().
    void joinWith(BoundActivation& activation);
    /// This and the activation it was joined with.
    void forwardLayer(const double* weights, Columns columns)
    {
        if (m_layer.weights != weights) {
            m_layer.bind(weights, *this);
        }
        if (m_layer.runAdded != nullptr && m_result->width(columns) == 1) {
            m_layer.runAdded(m_layer.added, columns.first, 1);
        } else if (m_layer.addsFirst) {
            addTerms(weights, columns, m_thin);
        }
        if (m_layer.runForward != nullptr) {
            m_layer.runForward(m_layer.forward, m_result->columnOf(columns.first), m_result->width(columns));
        } else if (m_layer.activates) {
            m_layer.activation->forward(weights, columns);
        }
    }
    /// `arrivesFrom`: earlier steps have no delta from above. `isNetSet`: the loss has set the deltas of
    /// this result.
    void backwardLayer(const double* weights, Columns columns, std::int64_t arrivesFrom, bool isNetSet);
    /// forwardLayer() of step t where nobody trains in batches.
    void forwardAlone(const double* weights, std::int64_t t)
    {
        if (m_layer.weights != weights) {
            m_layer.bind(weights, *this);
        }
        if (m_layer.runAdded != nullptr) {
            m_layer.runAdded(m_layer.added, t, 1);
        } else if (m_layer.addsFirst) {
            addTerms(weights, {t, 1}, m_thin);
        }
        if (m_layer.runForward != nullptr) {
            m_layer.runForward(m_layer.forward, t, 1);
        } else if (m_layer.activates) {
            m_layer.activation->forward(weights, {t, 1});
        }
    }
    /// beginBackward() and backwardLayer() for a sweep over one step alone where nobody trains in batches;
    /// the error at its output is set.
    void backwardAlone(const double* weights, const kernels::SweptSteps& step)
    {
        beginBackward({step.first, 1});
        if (m_layer.runBackward != nullptr) {
            m_squares = m_layer.runBackward(m_layer.backward, step);
            m_hasSquares = true;
        }
        for (BoundTerm* term : m_below) {
            addDeltaBelow(weights, m_live, *term);
        }
    }
    bool isRecurrent() const { return !m_delayedTerms.empty(); }
    /// Σ δ² of the joined activation's result, which tells that of this one's where they are the same.
    void setOutputSquares(double squares)
    {
        if (m_layer.runBackward == nullptr) {
            m_squares = squares;
            m_hasSquares = true;
        }
    }

    /// Nobody else reads `source` at the same step: backward() need not add to its delta.
    void setOnlyReaderOf(const SlotColumns& source);
    /// `below` is joined, and nobody else reads its output at the same step: besides, backward() may leave
    /// the delta of that to the layer below altogether.
    void setOnlyReaderOf(BoundAffine& below);
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
        /// Of a delayed term: its product, and the one going back.
        kernels::ColumnProduct forward = {};
        kernels::ColumnProduct backward = {};
        bool isTransposed = false; ///< `backward` reads the weights themselves.
        kernels::ColumnProduct::Run runForward = nullptr;
        kernels::ColumnProduct::Run runBackward = nullptr;
        double bound = -1.0; ///< No |value| of the source is greater; negative: nobody knows.
    };
    /// The joined activation, and its kernel calls: only the steps change from one to the next.
    struct LayerCalls
    {
        void bind(const double* parameters, const BoundAffine& affine);

        BoundActivation* activation = nullptr;
        const double* weights = nullptr;  ///< The parameters that the calls are bound to.
        const BoundTerm* above = nullptr; ///< Reads the outputs, and the call going back does its part.
        bool isAboveWhole = false;        ///< It is of one unit, and has no padding.
        bool addsFirst = false; ///< There are terms of the same step that the call does not add itself.
        kernels::ColumnProduct added = {};              ///< The only one of them, for a column alone …
        kernels::ColumnProduct::Run runAdded = nullptr; ///< … null: there are several.
        kernels::KernelSet::ForwardSteps runForward = nullptr; ///< Null: every column waits for nothing.
        bool activates = false; ///< Then `activation` has something to do: f(x) is not x.
        kernels::KernelSet::BackwardSteps runBackward = nullptr; ///< Null: the error of the net is set.
        kernels::LayerForward forward;
        kernels::LayerBackward backward;
    };
    const BoundTerm* onlyAdded() const;
    void findDelayedCalls();
    void bindDelayed(const double* weights);
    void findSteps();
    double searchedGradientBound() const;
    void sumBounds();
    bool canTakeErrorsFrom(const SlotColumns& above) const;
    bool isMadeOf(const BoundTerm& term) const { return term.rows == m_result->rows(); }
    kernels::ConstMatrixView start(const double* weights, int row = 0) const;
    kernels::MatrixView result(std::int64_t t, const BoundTerm& term);
    bool addTerms(const double* weights, Columns columns, const BoundTerm* except);
    void fill(const double* weights, Columns columns, int firstRow = 0);
    kernels::ConstMatrixView transposed(const double* weights, BoundTerm& term) const;
    void prepareBackward(const double* weights, BoundTerm& term) const
    {
        if (term.isTransposed) {
            term.backward.a = {weights + term.offset, term.stride};
        } else {
            transposed(weights, term);
        }
    }
    bool goesBackByCopy(const BoundTerm& term) const;
    void addDeltaBelow(const double* weights, Columns columns, BoundTerm& term);

    SlotColumns* m_result;
    std::vector<BoundTerm> m_terms;
    BoundTerm* m_delayed = nullptr;    ///< The only delayed term; null: none, or several.
    const BoundTerm* m_thin = nullptr; ///< The last of the same step, if its source has few units.
    std::vector<BoundTerm*> m_delayedTerms;
    const double* m_delayedWeights = nullptr; ///< The parameters that their products are bound to.
    /// The first of them begins with the bias and does m_thin: only from this row on that is left to
    /// forward().
    int m_firstAhead = 0;
    std::vector<BoundTerm*> m_below; ///< Of the same step, whose sources want their deltas.
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
    std::vector<TrainedTogether> m_trained;
    LayerCalls m_layer;
};

} // namespace chronograd
