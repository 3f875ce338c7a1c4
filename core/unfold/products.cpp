#include "core/unfold/products.h"

#include "core/kernels/kernels.h"

#include <cassert>

namespace chronograd {

BoundProducts::BoundProducts(const Products& products, std::vector<SlotColumns>& slots)
    : m_result(&slots[static_cast<std::size_t>(products.result)])
    , m_firstRow(static_cast<std::ptrdiff_t>(products.block) * m_result->blockRows())
    , m_adds(products.adds)
{
    for (const ProductTerm& term : products.terms) {
        assert(term.factors.size() == 1 || term.factors.size() == 2);
        BoundTerm& bound = m_terms.emplace_back(BoundTerm{term.coefficient, {}, false});
        for (std::size_t f = 0; f < term.factors.size(); ++f) {
            const Factor& factor = term.factors[f];
            bound.factors[f] = {&slots[static_cast<std::size_t>(factor.source.slot)], factor.source.lag,
                                factor.complement};
            bound.isDelayed = bound.isDelayed || factor.source.lag != 0;
            m_operands.emplace_back(m_terms.size() - 1, static_cast<int>(f));
        }
    }
}

namespace {

kernels::ConstMatrixView valuesOf(const SlotColumns& slot, std::int64_t t)
{
    return {slot.value(t), slot.stride()};
}

} // namespace

void BoundProducts::add(const BoundTerm& term, Columns columns, bool overwrites)
{
    const auto& [first, second] = term.factors;
    kernels::ElementProduct product{term.coefficient, first.complement,
                                    valuesOf(*first.slot, columns.first - first.lag)};
    if (second.slot != nullptr) {
        product.b = valuesOf(*second.slot, columns.first - second.lag);
    }
    kernels::multiplyElements(m_result->blockRows(), m_result->width(columns), product, !overwrites,
                              {m_result->value(columns.first) + m_firstRow, m_result->stride()});
}

void BoundProducts::forward(const double* /*weights*/, Columns columns)
{
    bool overwrites = !m_adds;
    for (const BoundTerm& term : m_terms) {
        if (!term.isDelayed) {
            add(term, columns, overwrites);
            overwrites = false;
        }
    }
    for (int column = 0; overwrites && column < m_result->width(columns); ++column) {
        std::fill_n(m_result->value(columns.first) + column * m_result->stride() + m_firstRow,
                    m_result->blockRows(), 0.0);
    }
}

void BoundProducts::forwardDelayed(const double* /*weights*/, std::int64_t t)
{
    for (const BoundTerm& term : m_terms) {
        if (term.isDelayed) {
            add(term, {t, 1}, false);
        }
    }
}

void BoundProducts::addDelta(const BoundTerm& term, int factor, Columns columns)
{
    const BoundFactor& to = term.factors[factor];
    const BoundFactor& other = term.factors[1 - factor];
    const std::int64_t at = columns.first + to.lag; ///< The result's step.
    const kernels::ConstMatrixView errors{m_result->delta(at) + m_firstRow, m_result->stride()};
    const double scale = to.complement ? -term.coefficient : term.coefficient;
    kernels::ElementProduct product{scale, false, errors};
    if (other.slot != nullptr) {
        product = {scale, other.complement, valuesOf(*other.slot, at - other.lag), errors};
    }
    kernels::multiplyElements(m_result->blockRows(), m_result->width(columns), product, true,
                              {to.slot->delta(columns.first), to.slot->stride()});
}

void BoundProducts::backward(const double* /*weights*/, Columns columns)
{
    for (const BoundTerm& term : m_terms) {
        for (int f = 0; f < 2; ++f) {
            if (term.factors[f].slot != nullptr && term.factors[f].lag == 0) {
                addDelta(term, f, columns);
            }
        }
    }
}

void BoundProducts::backwardDelayed(const double* /*weights*/, std::int64_t t, std::size_t operand)
{
    const auto [term, factor] = m_operands[operand];
    addDelta(m_terms[term], factor, {t, 1});
}

} // namespace chronograd
