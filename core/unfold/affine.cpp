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
            m_delayed = m_hasDelayed ? nullptr : &term;
            m_hasDelayed = true;
        } else {
            m_thin = term.inner <= few && isMadeOf(term) ? &term : nullptr;
        }
    }
    if (affine.bias) {
        m_bias = layout[*affine.bias].offset;
    }
}

kernels::ConstMatrixView BoundAffine::start(const double* weights) const
{
    return {m_bias ? weights + *m_bias : m_zeros.data(), 0};
}

kernels::MatrixView BoundAffine::result(std::int64_t t, const BoundTerm& term)
{
    return view(m_result->value(t) + term.firstRow, *m_result);
}

void BoundAffine::fill(const double* weights, Columns columns)
{
    kernels::fillColumns(m_result->rows(), m_result->width(columns), start(weights).first,
                         m_result->value(columns.first), m_result->stride());
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
    if (!addTerms(weights, columns, nullptr)) {
        fill(weights, columns);
    }
}

void BoundAffine::forwardDelayed(const double* weights, std::int64_t t)
{
    for (const BoundTerm& term : m_terms) {
        if (term.lag != 0) {
            const kernels::MatrixView to = result(t, term);
            kernels::product(term.rows, term.inner, m_result->batch(), to,
                             {weights + term.offset, term.stride},
                             view(term.source->value(t - term.lag), *term.source), to);
        }
    }
}

void BoundAffine::beginBackward(Columns live)
{
    m_live = live;
    for (BoundTerm& term : m_terms) {
        term.isTransposedFresh = false;
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
    for (BoundTerm& term : m_terms) {
        if (term.lag != 0 || !term.wantsDelta) {
            continue;
        }
        const kernels::MatrixView to = view(term.source->delta(columns.first), *term.source);
        const kernels::ConstMatrixView before =
            term.overwrites ? kernels::ConstMatrixView{m_zeros.data(), 0} : to;
        const kernels::ConstMatrixView errors =
            view(m_result->delta(columns.first) + term.firstRow, *m_result);
        const int width = m_result->width(columns);
        if (goesBackByCopy(term)) {
            kernels::product(term.source->rows(), term.rows, width, before, transposed(weights, term), errors,
                             to);
        } else {
            kernels::transposedProduct(term.rows, term.inner, width, before,
                                       {weights + term.offset, term.stride}, errors, to);
        }
    }
}

void BoundAffine::backwardDelayed(const double* weights, std::int64_t t, std::size_t operand)
{
    BoundTerm& term = m_terms[operand];
    const kernels::MatrixView to = view(term.source->delta(t), *term.source);
    kernels::product(term.source->rows(), term.rows, m_result->batch(), to, transposed(weights, term),
                     view(m_result->delta(t + term.lag) + term.firstRow, *m_result), to);
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

void BoundAffine::setOverwrites(const SlotColumns& source)
{
    for (BoundTerm& term : m_terms) {
        term.overwrites = term.overwrites || (term.lag == 0 && term.source == &source);
    }
}

void BoundAffine::setBounded(const SlotColumns& source)
{
    for (BoundTerm& term : m_terms) {
        term.isBounded = term.isBounded || term.source == &source;
    }
}

void BoundAffine::gradient(Columns columns, double* gradient)
{
    const std::int64_t first = std::max(columns.first, m_live.first);
    const Columns steps{first, static_cast<int>(std::min(columns.last(), m_live.last()) - first + 1)};
    if (steps.count <= 0) {
        return;
    }
    const int width = m_result->width(steps);
    for (const BoundTerm& term : m_terms) {
        kernels::outerProductAdd(term.rows, term.inner, width, m_result->delta(first) + term.firstRow,
                                 m_result->stride(), term.source->value(first - term.lag),
                                 term.source->stride(), gradient + term.offset, term.stride);
    }
    if (m_bias) {
        kernels::columnSumAdd(m_result->rows(), width, m_result->delta(first), m_result->stride(),
                              gradient + *m_bias);
    }
}

/// |Σ δ x|² ≤ Σ δ² · Σ x²   (Cauchy and Schwarz)
double BoundAffine::gradientBound() const
{
    const auto squares = [this](const SlotColumns& slot, const double* first) {
        return kernels::sumOfSquares(static_cast<std::size_t>(m_live.count * slot.stepStride()), first);
    };
    double read = m_result->width(m_live); // the 1 of the bias
    for (const BoundTerm& term : m_terms) {
        read += term.isBounded ? static_cast<double>(term.inner) * m_result->width(m_live)
                               : squares(*term.source, term.source->value(m_live.first - term.lag));
    }
    return read * squares(*m_result, m_result->delta(m_live.first));
}

double BoundAffine::step(const kernels::MomentumStep& step, const ParameterVectors& vectors)
{
    if (!m_isTrainable) {
        if (vectors.gradient != nullptr) {
            gradient(m_live, vectors.gradient); // shown, but nothing comes of it
        }
        return 0.0;
    }
    double sum = 0.0;
    const int width = m_result->width(m_live);
    const auto stepOf = [&](std::size_t offset, std::ptrdiff_t stride, int rows, int inner, int firstRow,
                            const kernels::ConstMatrixView& read) {
        sum += kernels::outerProductMomentum(
            rows, inner, width, view(m_result->delta(m_live.first) + firstRow, *m_result), read, step,
            {vectors.weights + offset, vectors.velocity + offset,
             vectors.gradient ? vectors.gradient + offset : nullptr, stride});
    };
    for (const BoundTerm& term : m_terms) {
        stepOf(term.offset, term.stride, term.rows, term.inner, term.firstRow,
               view(term.source->value(m_live.first - term.lag), *term.source));
    }
    if (m_bias) {
        constexpr double one = 1.0;
        stepOf(*m_bias, m_result->rows(), m_result->rows(), 1, 0, {&one, 0});
    }
    return sum;
}

} // namespace chronograd
