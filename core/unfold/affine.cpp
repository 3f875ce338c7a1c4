#include "core/unfold/affine.h"

#include "core/kernels/kernels.h"

#include <algorithm>

namespace chronograd {

namespace {

kernels::MatrixView view(double* first, const SlotColumns& slot)
{
    return {first, slot.stride()};
}

} // namespace

BoundAffine::BoundAffine(const Affine& affine, const ParameterLayout& layout, std::vector<SlotColumns>& slots)
    : m_result(&slots[static_cast<std::size_t>(affine.result)])
    , m_adds(affine.adds)
{
    int mostRows = m_result->rows();
    for (const Term& term : affine.terms) {
        const ParameterView& weight = layout[term.weight];
        SlotColumns& source = slots[static_cast<std::size_t>(term.source.slot)];
        const int block = weight.stride / weight.blocks;
        const int rows = term.rows.count == 0 ? weight.stride : term.rows.count * block;
        const std::size_t offset = weight.offset + static_cast<std::size_t>(term.rows.ofWeight * block);
        const bool wantsDelta = term.source.slot != 0;
        m_terms.push_back({offset, weight.stride, rows, term.rows.ofResult * block, source.units(),
                           term.source.lag, wantsDelta, &source,
                           wantsDelta ? Matrix::Zero(source.rows(), rows) : Matrix()});
        mostRows = std::max(mostRows, source.rows());
        m_isTrainable = weight.trainable; // the same for all parameters of a layer
    }
    m_zeros.setZero(mostRows);
    constexpr int few = 4;
    for (BoundTerm& term : m_terms) {
        if (term.lag != 0) {
            m_delayed = m_delayedTerms.empty() ? &term : nullptr;
            m_delayedTerms.push_back(&term);
        } else {
            m_thin = term.inner <= few && isMadeOf(term) ? &term : nullptr;
            if (term.wantsDelta) {
                m_below.push_back(&term);
            }
        }
    }
    for (const BoundTerm& term : m_terms) {
        m_matrices.push_back(
            {static_cast<std::ptrdiff_t>(term.offset), term.stride, term.rows, term.inner,
             view(m_result->deltas() + term.firstRow, *m_result),
             view(term.source->values() - term.lag * term.source->stepStride(), *term.source)});
    }
    if (affine.bias) {
        static constexpr double one = 1.0;
        m_bias = layout[*affine.bias].offset;
        m_matrices.push_back({static_cast<std::ptrdiff_t>(*m_bias),
                              m_result->stride(),
                              m_result->rows(),
                              1,
                              view(m_result->deltas(), *m_result),
                              {&one, 0}});
    }
    findDelayedCalls();
    findSteps();
    sumBounds();
}

void BoundAffine::findDelayedCalls()
{
    const std::size_t others = m_terms.size() - m_delayedTerms.size();
    if (!m_adds && !m_delayedTerms.empty() && m_delayedTerms.front()->firstRow == 0 &&
        (others == 0 || (others == 1 && m_thin != nullptr)))
    {
        m_firstAhead = m_delayedTerms.front()->rows;
    }
    for (BoundTerm* term : m_delayedTerms) {
        const int lagged = term->lag * static_cast<int>(m_result->stepStride());
        const kernels::MatrixView net = view(m_result->values() + term->firstRow, *m_result);
        term->forward = {
            .rows = term->rows,
            .start = net,
            .inner = term->inner,
            .b = view(term->source->values() - term->lag * term->source->stepStride(), *term->source),
            .c = net};
        const kernels::MatrixView errors = view(term->source->deltas(), *term->source);
        term->backward = {.rows = term->source->rows(),
                          .start = errors,
                          .inner = term->rows,
                          .a = {term->transposed.data(), term->transposed.rows()},
                          .b = view(m_result->deltas() + term->firstRow + lagged, *m_result),
                          .c = errors};
        term->runForward = kernels::productKernel(term->rows, term->inner, m_result->batch());
        if (m_result->batch() == 1 && term->inner == term->source->rows()) {
            term->runBackward = kernels::transposedKernel(term->inner, term->rows);
            term->isTransposed = term->runBackward != nullptr;
        }
        if (!term->isTransposed) {
            term->runBackward = kernels::productKernel(term->source->rows(), term->rows, m_result->batch());
        }
    }
    if (m_firstAhead > 0 && m_thin != nullptr) {
        kernels::ColumnProduct& first = m_delayedTerms.front()->forward;
        first.thin = m_thin->inner;
        first.read = view(m_thin->source->values(), *m_thin->source);
    }
}

void BoundAffine::bindDelayed(const double* weights)
{
    m_delayedWeights = weights;
    for (BoundTerm* term : m_delayedTerms) {
        term->forward.a = {weights + term->offset, term->stride};
    }
    if (m_firstAhead > 0) {
        kernels::ColumnProduct& first = m_delayedTerms.front()->forward;
        first.start = start(weights);
        if (m_thin != nullptr) {
            first.u = {weights + m_thin->offset, m_thin->stride};
        }
    }
}

kernels::ConstMatrixView BoundAffine::start(const double* weights, int row) const
{
    return {(m_bias ? weights + *m_bias : m_zeros.data()) + row, 0};
}

kernels::MatrixView BoundAffine::result(std::int64_t t, const BoundTerm& term)
{
    return view(m_result->value(t) + term.firstRow, *m_result);
}

void BoundAffine::fill(const double* weights, Columns columns, int firstRow)
{
    kernels::fillColumns(m_result->rows() - firstRow, m_result->width(columns),
                         start(weights, firstRow).first, m_result->value(columns.first) + firstRow,
                         m_result->stride());
}

/// result = b + the terms of the same step but one; false: there are none, the result is as it was.
bool BoundAffine::addTerms(const double* weights, Columns columns, const BoundTerm* except)
{
    bool isBegun = m_adds;
    for (const BoundTerm& term : m_terms) {
        if (term.lag != 0 || &term == except) {
            continue;
        }
        if (!isBegun && !isMadeOf(term)) {
            fill(weights, columns);
            isBegun = true;
        }
        const kernels::MatrixView to = result(columns.first, term);
        kernels::product(term.rows, term.inner, m_result->width(columns), isBegun ? to : start(weights),
                         {weights + term.offset, term.stride},
                         view(term.source->value(columns.first), *term.source), to);
        isBegun = true;
    }
    return isBegun;
}

void BoundAffine::forward(const double* weights, Columns columns)
{
    if (m_firstAhead == 0) {
        if (!addTerms(weights, columns, nullptr)) {
            fill(weights, columns);
        }
    } else if (m_firstAhead < m_result->rows() && m_thin == nullptr) {
        fill(weights, columns, m_firstAhead);
    } else if (m_firstAhead < m_result->rows()) {
        kernels::product(m_result->rows() - m_firstAhead, m_thin->inner, m_result->width(columns),
                         start(weights, m_firstAhead),
                         {weights + m_thin->offset + m_firstAhead, m_thin->stride},
                         view(m_thin->source->value(columns.first), *m_thin->source),
                         view(m_result->value(columns.first) + m_firstAhead, *m_result));
    }
}

void BoundAffine::forwardDelayed(const double* weights, std::int64_t t)
{
    prepareForwardProducts(weights);
    for (const BoundTerm* term : m_delayedTerms) {
        term->runForward(term->forward, m_result->columnOf(t), m_result->batch());
    }
}

/// Transposing pays when many columns are multiplied.
bool BoundAffine::goesBackByCopy(const BoundTerm& term) const
{
    constexpr int many = 4;
    return term.rows >= 8 && m_result->width(m_live) >= many;
}

void BoundAffine::backward(const double* weights, Columns columns)
{
    for (BoundTerm* term : m_below) {
        addDeltaBelow(weights, columns, *term);
    }
}

void BoundAffine::addDeltaBelow(const double* weights, Columns columns, BoundTerm& term)
{
    const kernels::MatrixView to = view(term.source->delta(columns.first), *term.source);
    const kernels::ConstMatrixView before =
        term.overwrites ? kernels::ConstMatrixView{m_zeros.data(), 0} : to;
    const kernels::ConstMatrixView errors = view(m_result->delta(columns.first) + term.firstRow, *m_result);
    const int width = m_result->width(columns);
    if (goesBackByCopy(term)) {
        kernels::product(term.source->rows(), term.rows, width, before, transposed(weights, term), errors,
                         to);
    } else {
        kernels::transposedProduct(term.rows, term.inner, width, before, {weights + term.offset, term.stride},
                                   errors, to);
    }
}

void BoundAffine::backwardDelayed(const double* weights, std::int64_t t, std::size_t operand)
{
    BoundTerm& term = m_terms[operand];
    prepareBackward(weights, term);
    term.runBackward(term.backward, m_result->deltaColumnOf(t), m_result->batch());
}

std::vector<DelayedProduct> BoundAffine::delayedProducts() const
{
    std::vector<DelayedProduct> products;
    for (const BoundTerm* term : m_delayedTerms) {
        products.push_back({&term->forward, term->runForward});
    }
    return products;
}

DelayedProduct BoundAffine::backwardProduct(std::size_t operand) const
{
    return {&m_terms[operand].backward, m_terms[operand].runBackward};
}

kernels::ConstMatrixView BoundAffine::transposed(const double* weights, BoundTerm& term) const
{
    if (term.transposedIn != m_sweep) {
        kernels::transpose(term.rows, term.inner, weights + term.offset, term.stride, term.transposed.data(),
                           term.transposed.rows());
        term.transposedIn = m_sweep;
    }
    return {term.transposed.data(), term.transposed.rows()};
}

} // namespace chronograd
