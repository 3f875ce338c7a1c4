#include "core/unfold/products.h"

#include <cassert>

namespace chronograd {

namespace {

using Column = Eigen::Map<Eigen::ArrayXd>;
using ConstColumn = Eigen::Map<const Eigen::ArrayXd>;

/// result += scale · factor, or scale · (1 − factor)
void addScaled(Column& result, double scale, const ConstColumn& factor, bool complement)
{
    if (complement) {
        result += scale * (1.0 - factor);
    } else {
        result += scale * factor;
    }
}

} // namespace

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

void BoundProducts::add(const BoundTerm& term, Columns columns)
{
    const auto [first, second] = term.factors;
    const int rows = m_result->blockRows();
    for (int column = 0; column < m_result->width(columns); ++column) {
        Column result(m_result->value(columns.first) + column * m_result->stride() + m_firstRow, rows);
        const ConstColumn a(first.slot->value(columns.first - first.lag) + column * first.slot->stride(),
                            rows);
        if (second.slot == nullptr) {
            addScaled(result, term.coefficient, a, first.complement);
            continue;
        }
        const ConstColumn b(second.slot->value(columns.first - second.lag) + column * second.slot->stride(),
                            rows);
        if (first.complement) {
            result += term.coefficient * (1.0 - a) * b;
        } else {
            result += term.coefficient * a * b;
        }
    }
}

void BoundProducts::forward(const double* /*weights*/, Columns columns)
{
    if (!m_adds) {
        for (int column = 0; column < m_result->width(columns); ++column) {
            Column(m_result->value(columns.first) + column * m_result->stride() + m_firstRow,
                   m_result->blockRows())
                .setZero();
        }
    }
    for (const BoundTerm& term : m_terms) {
        if (!term.isDelayed) {
            add(term, columns);
        }
    }
}

void BoundProducts::forwardDelayed(const double* /*weights*/, std::int64_t t)
{
    for (const BoundTerm& term : m_terms) {
        if (term.isDelayed) {
            add(term, {t, 1});
        }
    }
}

void BoundProducts::addDelta(const BoundTerm& term, int factor, Columns columns)
{
    const BoundFactor& to = term.factors[factor];
    const BoundFactor& other = term.factors[1 - factor];
    const std::int64_t at = columns.first + to.lag; ///< The result's step.
    const double scale = to.complement ? -term.coefficient : term.coefficient;
    const int rows = m_result->blockRows();
    for (int column = 0; column < m_result->width(columns); ++column) {
        Column delta(to.slot->delta(columns.first) + column * to.slot->stride(), rows);
        const ConstColumn error(m_result->delta(at) + column * m_result->stride() + m_firstRow, rows);
        if (other.slot == nullptr) {
            delta += scale * error;
            continue;
        }
        const ConstColumn factorValue(other.slot->value(at - other.lag) + column * other.slot->stride(),
                                      rows);
        if (other.complement) {
            delta += scale * (1.0 - factorValue) * error;
        } else {
            delta += scale * factorValue * error;
        }
    }
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
