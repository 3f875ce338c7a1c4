#include "core/unfold/products.h"

#include <cassert>

namespace chronograd {

BoundProducts::BoundProducts(const Products& products, std::vector<SlotColumns>& slots)
    : BoundElementwise(slots[static_cast<std::size_t>(products.result)])
    , m_firstRow(static_cast<std::ptrdiff_t>(products.block) * resultColumns().blockRows())
{
    std::vector<BoundTerm> now;
    std::vector<BoundTerm> delayed;
    for (const ProductTerm& term : products.terms) {
        assert(term.factors.size() == 1 || term.factors.size() == 2);
        BoundTerm bound{term.coefficient, {}};
        bool isDelayed = false;
        for (std::size_t f = 0; f < term.factors.size(); ++f) {
            const auto& [source, complement] = term.factors[f];
            bound.factors[f] = {&slots[static_cast<std::size_t>(source.slot)], source.lag, complement};
            isDelayed = isDelayed || source.lag != 0;
        }
        for (std::size_t f = 0; f < term.factors.size(); ++f) {
            const Element delta = deltaOf(bound, static_cast<int>(f));
            if (bound.factors[f].lag == 0) {
                addBackward(delta);
            }
            addBackwardDelayed(delta);
        }
        (isDelayed ? delayed : now).push_back(bound);
    }
    bool adds = products.adds;
    for (const std::vector<BoundTerm>* terms : {&now, &delayed}) {
        for (const BoundTerm& term : *terms) {
            addForward(product(term, adds), terms == &delayed);
            adds = true;
        }
    }
}

BoundProducts::Element BoundProducts::product(const BoundTerm& term, bool adds) const
{
    const auto& [first, second] = term.factors;
    return {.kind = Element::Kind::Multiply,
            .adds = adds,
            .rows = resultColumns().blockRows(),
            .a = values(*first.slot, first.lag),
            .b = second.slot != nullptr ? values(*second.slot, second.lag) : kernels::ElementView{},
            .result = values(resultColumns(), 0, m_firstRow),
            .coefficient = term.coefficient,
            .complement = first.complement};
}

/// δ of one factor at t += coefficient · the other factor · δ of the result at t + its lag.
BoundProducts::Element BoundProducts::deltaOf(const BoundTerm& term, int factor) const
{
    const BoundFactor& to = term.factors[factor];
    const BoundFactor& other = term.factors[1 - factor];
    const kernels::ElementView errors = deltas(resultColumns(), to.lag, m_firstRow);
    const bool isAlone = other.slot == nullptr;
    return {.kind = Element::Kind::Multiply,
            .adds = true,
            .rows = resultColumns().blockRows(),
            .a = isAlone ? errors : values(*other.slot, other.lag - to.lag),
            .b = isAlone ? kernels::ElementView{} : errors,
            .result = deltas(*to.slot),
            .coefficient = to.complement ? -term.coefficient : term.coefficient,
            .complement = !isAlone && other.complement};
}

} // namespace chronograd
