#include "core/unfold/slot_bounds.h"

#include "core/unfold/bound_operation.h"

#include <algorithm>

namespace chronograd {

namespace {

std::size_t slotOf(const Factor& factor)
{
    return static_cast<std::size_t>(factor.source.slot);
}

} // namespace

SlotBounds::SlotBounds(std::size_t slots)
    : m_bounds(slots, -1.0)
    , m_isFraction(slots, false)
{}

double SlotBounds::add(const Operation& operation)
{
    const auto result = static_cast<std::size_t>(resultOf(operation));
    if (const auto* activate = std::get_if<Activate>(&operation)) {
        const Activation kind = activate->function.kind;
        m_bounds[result] = kind == Activation::Identity || kind == Activation::Relu ? -1.0 : 1.0;
        m_isFraction[result] = kind == Activation::Sigmoid;
    } else if (const auto* products = std::get_if<Products>(&operation)) {
        m_bounds[result] = ofProducts(*products);
    }
    return m_bounds[result];
}

double SlotBounds::of(const Factor& factor) const
{
    return factor.source.lag == 0 && !factor.complement ? m_bounds[slotOf(factor)] : -1.0;
}

/// Of a product of bounded factors, or of a mean of a bounded value and that of the step before.
double SlotBounds::ofProducts(const Products& products) const
{
    const std::vector<ProductTerm>& terms = products.terms;
    const bool isPlain = !products.adds && std::ranges::all_of(terms, [](const ProductTerm& term) {
        return term.coefficient == 1.0 && term.factors.size() == 2;
    });
    if (isPlain && terms.size() == 1) {
        const double a = of(terms[0].factors[0]);
        const double b = of(terms[0].factors[1]);
        return a >= 0.0 && b >= 0.0 ? a * b : -1.0;
    }
    return isPlain && terms.size() == 2 && isMean(products) ? of(terms[0].factors[1]) : -1.0;
}

/// (1 − z) ⊙ x_t + z ⊙ the result at t − 1, with z = σ(·)
bool SlotBounds::isMean(const Products& products) const
{
    const std::vector<Factor>& other = products.terms[0].factors;
    const std::vector<Factor>& own = products.terms[1].factors;
    return m_isFraction[slotOf(own[0])] && slotOf(other[0]) == slotOf(own[0]) && other[0].source.lag == 0 &&
           own[0].source.lag == 0 && other[0].complement && !own[0].complement && !own[1].complement &&
           own[1].source.slot == products.result;
}

} // namespace chronograd
