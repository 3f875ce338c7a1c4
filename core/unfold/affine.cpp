#include "core/unfold/affine.h"

#include "core/kernels/kernels.h"

#include <algorithm>

namespace chronograd {

BoundAffine::BoundAffine(const Affine& affine, const ParameterLayout& layout, std::vector<SlotColumns>& slots)
    : m_result(&slots[static_cast<std::size_t>(affine.result)])
    , m_adds(affine.adds)
{
    for (const Term& term : affine.terms) {
        const ParameterView& view = layout[term.weight];
        SlotColumns& source = slots[static_cast<std::size_t>(term.source.slot)];
        const int block = view.stride / view.blocks;
        const int rows = term.rows.count == 0 ? view.stride : term.rows.count * block;
        const std::size_t offset = view.offset + static_cast<std::size_t>(term.rows.ofWeight * block);
        m_terms.push_back({offset, view.stride, rows, term.rows.ofResult * block, source.units(),
                           term.source.lag, term.source.slot != 0, &source,
                           term.source.lag != 0 ? Matrix::Zero(source.rows(), rows) : Matrix()});
    }
    if (affine.bias) {
        m_bias = layout[*affine.bias].offset;
    }
}

void BoundAffine::add(const double* weights, const BoundTerm& term, Columns columns)
{
    kernels::productAdd(term.rows, term.inner, m_result->width(columns), weights + term.offset, term.stride,
                        term.source->value(columns.first - term.lag), term.source->stride(),
                        m_result->value(columns.first) + term.firstRow, m_result->stride());
}

void BoundAffine::forward(const double* weights, Columns columns)
{
    if (!m_adds) {
        double* result = m_result->value(columns.first);
        const int width = m_result->width(columns);
        if (m_bias) {
            kernels::fillColumns(m_result->rows(), width, weights + *m_bias, result, m_result->stride());
        } else {
            std::fill_n(result, width * m_result->stride(), 0.0);
        }
    }
    for (const BoundTerm& term : m_terms) {
        if (term.lag == 0) {
            add(weights, term, columns);
        }
    }
}

void BoundAffine::forwardDelayed(const double* weights, std::int64_t t)
{
    for (const BoundTerm& term : m_terms) {
        if (term.lag != 0) {
            add(weights, term, {t, 1});
        }
    }
}

void BoundAffine::backward(const double* weights, Columns columns)
{
    for (const BoundTerm& term : m_terms) {
        if (term.lag == 0 && term.wantsDelta) {
            kernels::transposedProductAdd(term.rows, term.inner, m_result->width(columns),
                                          weights + term.offset, term.stride,
                                          m_result->delta(columns.first) + term.firstRow, m_result->stride(),
                                          term.source->delta(columns.first), term.source->stride());
        }
    }
}

void BoundAffine::backwardDelayed(const double* weights, std::int64_t t, std::size_t operand)
{
    BoundTerm& term = m_terms[operand];
    const kernels::ConstMatrixView back = transposed(weights, term);
    kernels::productAdd(term.source->rows(), term.rows, m_result->batch(), back.first, back.stride,
                        m_result->delta(t + term.lag) + term.firstRow, m_result->stride(),
                        term.source->delta(t), term.source->stride());
}

void BoundAffine::beginBackward()
{
    for (BoundTerm& term : m_terms) {
        term.isTransposedFresh = false;
    }
}

kernels::ConstMatrixView BoundAffine::transposed(const double* weights, BoundTerm& term) const
{
    if (!term.isTransposedFresh) {
        kernels::transpose(term.rows, term.inner, weights + term.offset, term.stride, term.transposed.data(),
                           term.transposed.rows());
        term.isTransposedFresh = true;
    }
    return {term.transposed.data(), term.transposed.rows()};
}

const BoundAffine::BoundTerm* BoundAffine::delayedTerm() const
{
    const BoundTerm* found = nullptr;
    for (const BoundTerm& term : m_terms) {
        if (term.lag != 0) {
            if (found != nullptr) {
                return nullptr;
            }
            found = &term;
        }
    }
    return found;
}

bool BoundAffine::isLoopWith(const BoundActivation& activation) const
{
    const BoundTerm* term = delayedTerm();
    return term != nullptr && term->lag == 1 && term->source == &activation.result() && !m_adds &&
           m_result == &activation.argument() && m_result->rows() == term->rows && m_result->batch() == 1 &&
           activation.function().kind != Activation::Softmax;
}

void BoundAffine::forwardLoop(const double* weights, const BoundActivation& activation, Columns columns)
{
    const BoundTerm& term = *delayedTerm();
    SlotColumns& out = activation.result();
    kernels::recurrentForward(activation.function(), m_result->rows(), term.inner, columns.count,
                              {weights + term.offset, term.stride},
                              {m_result->value(columns.first), m_result->stride()},
                              {out.value(columns.first), out.stride()});
}

void BoundAffine::backwardLoop(const double* weights, BoundActivation& activation, Columns columns)
{
    activation.backward(weights, {columns.last(), 1}); // nothing comes back to the last step
    if (columns.count < 2) {
        return;
    }
    BoundTerm& term = m_terms[static_cast<std::size_t>(delayedTerm() - m_terms.data())];
    SlotColumns& out = activation.result();
    kernels::recurrentBackward(activation.function(), m_result->rows(), term.rows, columns.count - 1,
                               transposed(weights, term), {out.value(columns.first), out.stride()},
                               {out.delta(columns.first), out.stride()},
                               {m_result->delta(columns.first), m_result->stride()});
}

void BoundAffine::gradient(Columns columns, double* gradient)
{
    const int width = m_result->width(columns);
    for (const BoundTerm& term : m_terms) {
        kernels::outerProductAdd(term.rows, term.inner, width, m_result->delta(columns.first) + term.firstRow,
                                 m_result->stride(), term.source->value(columns.first - term.lag),
                                 term.source->stride(), gradient + term.offset, term.stride);
    }
    if (m_bias) {
        kernels::columnSumAdd(m_result->rows(), width, m_result->delta(columns.first), m_result->stride(),
                              gradient + *m_bias);
    }
}

} // namespace chronograd
