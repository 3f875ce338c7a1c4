#include "core/kernels/kernels.h"
#include "core/unfold/affine.h"

#include <algorithm>

/// What an affine operation leaves to its parameters.

namespace chronograd {

void BoundAffine::gradient(Columns columns, double* gradient)
{
    const std::int64_t first = std::max(columns.first, m_live.first);
    const Columns steps{first, std::min(columns.last(), m_live.last()) - first + 1};
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

void BoundAffine::setBound(const SlotColumns& source, double bound)
{
    for (BoundTerm& term : m_terms) {
        if (term.source == &source) {
            term.bound = bound;
        }
    }
    sumBounds();
}

void BoundAffine::sumBounds()
{
    m_boundedSquares = 1.0; // that of the bias
    m_unbounded.clear();
    for (const BoundTerm& term : m_terms) {
        if (term.bound < 0.0) {
            m_unbounded.push_back(&term);
        } else {
            m_boundedSquares += term.bound * term.bound * term.inner;
        }
    }
}

/// |Σ δ x|² ≤ Σ δ² · Σ x²   (Cauchy and Schwarz)
double BoundAffine::searchedGradientBound() const
{
    const auto squares = [this](const SlotColumns& slot, const double* first) {
        return kernels::sumOfSquares(static_cast<std::size_t>(m_live.count * slot.stepStride()), first);
    };
    double read = m_boundedSquares * m_result->width(m_live);
    for (const BoundTerm* term : m_unbounded) {
        read += squares(*term->source, term->source->value(m_live.first - term->lag));
    }
    return read * (m_hasSquares ? m_squares : squares(*m_result, m_result->delta(m_live.first)));
}

void BoundAffine::findSteps()
{
    const std::span<const kernels::TrainedMatrix> all = m_matrices;
    for (std::size_t first = 0; first < all.size();) {
        std::size_t end = first + 1;
        while (end < all.size() && all[first].stepsWith(all[end])) {
            ++end;
        }
        TrainedTogether& together = m_trained.emplace_back();
        together.matrices = all.subspan(first, end - first);
        for (const bool isOneColumn : {false, true}) {
            for (const bool keepsGradient : {false, true}) {
                together.code[isOneColumn ? 1 : 0][keepsGradient ? 1 : 0] =
                    kernels::momentumKernel(all[first], isOneColumn, keepsGradient);
            }
        }
        first = end;
    }
}

} // namespace chronograd
