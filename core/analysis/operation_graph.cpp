#include "core/analysis/operation_graph.h"

#include "core/analysis/backward_parts.h"
#include "core/analysis/flow.h"
#include "core/experiment/format_names.h"
#include "core/network/parameter_use.h"
#include "core/unfold/bound_operation.h"

#include <algorithm>
#include <map>

namespace chronograd {

namespace {

Quantity slotName(SlotId slot, int unit, std::int64_t t, QuantityKind kind = QuantityKind::Slot)
{
    Quantity quantity;
    quantity.kind = kind;
    quantity.slot = slot;
    quantity.unit = unit;
    quantity.t = t;
    return quantity;
}

class Builder
{
public:
    Builder(const Frame& frame, std::int64_t t)
        : m_frame(frame)
        , m_network(*frame.network)
    {
        m_graph.t = t;
    }

    OperationGraph build()
    {
        for (const Operation& operation : m_network.program().operations)
            std::visit([this, &operation](const auto& each) { add(each, operation); }, operation);
        addLoss();
        for (const OperationArrow& arrow : m_graph.arrows) {
            int& depth = node(arrow.to).depth;
            depth = std::max(depth, node(arrow.from).depth + 1);
        }
        return std::move(m_graph);
    }

private:
    OperationNode& node(int index) { return m_graph.nodes[static_cast<std::size_t>(index)]; }
    const Slot& slot(SlotId id) const { return m_network.program().slotTable[static_cast<std::size_t>(id)]; }
    std::int64_t t() const { return m_graph.t; }

    int addNode(OperationKind kind, std::string label, int layer)
    {
        m_graph.nodes.push_back({kind, std::move(label), layer, std::nullopt, std::nullopt, 0});
        return static_cast<int>(m_graph.nodes.size()) - 1;
    }

    /// The part of a slot at this step, or at the one that an operand names; empty: not there yet.
    Vector valuesOf(const Operand& operand, int first, int count) const
    {
        const std::int64_t at = t() - operand.lag;
        if (!m_frame.hasValue(slot(operand.slot).layer, at))
            return {};
        const Matrix& history = m_frame.values[static_cast<std::size_t>(operand.slot)];
        return history.col(static_cast<Eigen::Index>(at - m_frame.firstStep + 1)).segment(first, count);
    }

    Vector deltaOf(SlotId id, int first, int count) const
    {
        if (!m_frame.window.contains(t()) || !m_frame.hasDelta(slot(id).layer, t()))
            return {};
        const Matrix& history = m_frame.deltas[static_cast<std::size_t>(id)];
        return history.col(static_cast<Eigen::Index>(t() - m_frame.firstStep + 1)).segment(first, count);
    }

    /// The node that a slot comes from: what made it at this step, else a source.
    int producer(const Operand& operand)
    {
        if (operand.lag == 0) {
            if (const auto made = m_producers.find(operand.slot); made != m_producers.end())
                return made->second;
        }
        const auto key = std::pair(operand.slot, operand.lag);
        if (const auto source = m_sources.find(key); source != m_sources.end())
            return source->second;
        const Slot& read = slot(operand.slot);
        const bool isInput = read.layer < 0;
        const std::string when = operand.lag > 0 ? "(t − 1)" : "(t + 1)";
        const std::string whose =
            isInput ? "input" : m_network.layers()[static_cast<std::size_t>(read.layer)].spec.name;
        const int made = addNode(isInput ? OperationKind::Input : OperationKind::Before,
                                 isInput ? "x" : whose + "." + read.name + when, read.layer);
        node(made).quantity = slotName(operand.slot, 0, t() - operand.lag);
        m_sources[key] = made;
        return made;
    }

    /// From whatever made an operand to an operation that reads it; `first`, `count`: the part that is read.
    OperationArrow& read(const Operand& operand, int to, const Operation& operation, std::size_t index,
                         int first, int count)
    {
        OperationArrow arrow;
        arrow.from = producer(operand);
        arrow.to = to;
        arrow.name = slot(operand.slot).name;
        arrow.values = valuesOf(operand, first, count);
        if (const auto back = backThrough(m_frame, operation, index, t()))
            arrow.gradients = back->segment(first, count);
        arrow.value = slotName(operand.slot, first, t() - operand.lag);
        if (operand.slot != m_network.inputSlot() && m_frame.window.contains(t() - operand.lag))
            arrow.gradient = slotName(operand.slot, first, t() - operand.lag, QuantityKind::Delta);
        m_graph.arrows.push_back(std::move(arrow));
        return m_graph.arrows.back();
    }

    /// Between two nodes of one operation: a part of its result, which has no name of its own.
    void pass(int from, int to, Vector values, SlotId result, int first, int count)
    {
        OperationArrow arrow;
        arrow.from = from;
        arrow.to = to;
        arrow.values = std::move(values);
        arrow.gradients = deltaOf(result, first, count); // a sum hands its gradient to each of its terms
        arrow.gradient = slotName(result, first, t(), QuantityKind::Delta);
        m_graph.arrows.push_back(std::move(arrow));
    }

    /// What a result was before something was added to it.
    void passEarlier(int to, SlotId result, const Vector& added, int first)
    {
        Vector values = valuesOf({result, 0}, 0, slot(result).units);
        if (values.size() > 0 && added.size() > 0)
            values.segment(first, added.size()) -= added;
        pass(m_producers.at(result), to, std::move(values), result, 0, slot(result).units);
    }

    void made(int by, SlotId result)
    {
        node(by).quantity = slotName(result, 0, t());
        m_producers[result] = by;
    }

    void add(const Affine& affine, const Operation& operation)
    {
        const int layer = slot(affine.result).layer;
        std::vector<int> products;
        for (std::size_t i = 0; i < affine.terms.size(); ++i) {
            const Term& term = affine.terms[i];
            const ParameterView& view = m_network.parameters()[term.weight];
            const int product =
                addNode(OperationKind::Product, view.name.substr(view.name.rfind('.') + 1), layer);
            node(product).parameter = term.weight;
            read(term.source, product, operation, i, 0, slot(term.source.slot).units);
            products.push_back(product);
        }
        if (products.size() == 1 && !affine.bias && !affine.adds)
            return made(products.front(), affine.result);
        const int sum = addNode(OperationKind::Sum, affine.bias ? "Σ + b" : "Σ", layer);
        node(sum).parameter = affine.bias;
        Vector all = Vector::Zero(slot(affine.result).units);
        bool there = m_frame.hasValue(layer, t());
        for (std::size_t i = 0; i < affine.terms.size(); ++i) {
            const Term& term = affine.terms[i];
            const ParameterUse use = useOf(m_network, affine, term);
            Vector values;
            if (there && m_frame.hasWeightsAt(t())) {
                values = flows(m_frame, term, t()).rowwise().sum();
                all.segment(use.firstUnit, use.rows) += values;
            }
            pass(products[i], sum, std::move(values), affine.result, use.firstUnit, use.rows);
        }
        if (affine.adds)
            passEarlier(sum, affine.result, all, 0);
        made(sum, affine.result);
    }

    void add(const Activate& activate, const Operation& operation)
    {
        const Slot& argument = slot(activate.argument);
        const int f =
            addNode(OperationKind::Activation,
                    std::string(format::activations[static_cast<std::size_t>(activate.function.kind)]),
                    slot(activate.result).layer);
        OperationArrow& arrow = read({activate.argument, 0}, f, operation, 0,
                                     activate.block * argument.blockUnits(), argument.blockUnits());
        // A loss that is fused with its activation reaches net past it: the arrow has both.
        if (activate.argument == lossSlot(m_frame) && arrow.gradients.size() > 0)
            arrow.gradients = deltaOf(activate.argument, 0, argument.units);
        made(f, activate.result);
    }

    /// The factors of one product of gates, as the node that multiplies them.
    int addFactors(const ProductTerm& term, const Operation& operation, std::size_t operand, int layer)
    {
        const bool isScaled = term.coefficient != 1.0;
        const int product = term.factors.size() == 2 ? addNode(OperationKind::Gate, "⊙", layer)
                            : isScaled               ? addNode(OperationKind::Scale, "λ ·", layer)
                                                     : -1;
        for (std::size_t i = 0; i < term.factors.size(); ++i) {
            const Factor& factor = term.factors[i];
            if (product < 0 && !factor.complement)
                return -1;
            const int units = slot(factor.source.slot).units;
            if (!factor.complement) {
                read(factor.source, product, operation, operand + i, 0, units);
                continue;
            }
            const int complement = addNode(OperationKind::Complement, "1 −", layer);
            OperationArrow& arrow = read(factor.source, complement, operation, operand + i, 0, units);
            if (product < 0)
                return complement;
            OperationArrow onward;
            onward.from = complement;
            onward.to = product;
            if (arrow.values.size() > 0)
                onward.values = Vector::Ones(units) - arrow.values;
            onward.gradients = -arrow.gradients;
            m_graph.arrows.push_back(std::move(onward));
        }
        return product;
    }

    Vector valueOf(const ProductTerm& term) const
    {
        Vector value;
        for (const Factor& factor : term.factors) {
            Vector part = valuesOf(factor.source, 0, slot(factor.source.slot).units);
            if (part.size() == 0)
                return {};
            if (factor.complement)
                part = Vector::Ones(part.size()) - part;
            value = value.size() == 0 ? Vector(term.coefficient * part) : Vector(value.cwiseProduct(part));
        }
        return value;
    }

    void add(const Products& products, const Operation& operation)
    {
        const Slot& result = slot(products.result);
        const int first = products.block * result.blockUnits();
        const bool isSum = products.terms.size() > 1 || products.adds;
        std::vector<int> parts;
        std::size_t operand = 0;
        for (const ProductTerm& term : products.terms) {
            parts.push_back(addFactors(term, operation, operand, result.layer));
            operand += term.factors.size();
        }
        if (!isSum && parts.front() >= 0)
            return made(parts.front(), products.result);
        const int sum = addNode(OperationKind::Sum, "+", result.layer);
        operand = 0;
        Vector all = Vector::Zero(result.blockUnits());
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const ProductTerm& term = products.terms[i];
            Vector value = m_frame.hasValue(result.layer, t()) ? valueOf(term) : Vector();
            if (value.size() > 0)
                all += value;
            if (parts[i] >= 0)
                pass(parts[i], sum, std::move(value), products.result, first, result.blockUnits());
            else
                read(term.factors.front().source, sum, operation, operand, 0, result.blockUnits());
            operand += term.factors.size();
        }
        if (products.adds)
            passEarlier(sum, products.result, all, first);
        made(sum, products.result);
    }

    void add(const Concatenate& concatenate, const Operation& operation)
    {
        const int join = addNode(OperationKind::Join, "join", slot(concatenate.result).layer);
        for (std::size_t i = 0; i < concatenate.parts.size(); ++i)
            read({concatenate.parts[i], 0}, join, operation, i, 0, slot(concatenate.parts[i]).units);
        made(join, concatenate.result);
    }

    void addLoss()
    {
        if (m_frame.hasTarget[static_cast<std::size_t>(t() - m_frame.firstStep)] == 0)
            return;
        const Layer& last = m_network.layers().back();
        const int layer = static_cast<int>(m_network.layers().size()) - 1;
        const int target = addNode(OperationKind::Target, "d", layer);
        const int loss = addNode(OperationKind::Loss, "E", layer);
        Quantity name;
        name.kind = QuantityKind::Target;
        name.t = t();
        node(target).quantity = name;
        OperationArrow wanted;
        wanted.from = target;
        wanted.to = loss;
        wanted.name = "target";
        wanted.values = m_frame.targets.col(static_cast<Eigen::Index>(t() - m_frame.firstStep));
        wanted.value = name;
        m_graph.arrows.push_back(std::move(wanted));
        name.kind = QuantityKind::StepLoss;
        node(loss).quantity = name;
        OperationArrow arrow;
        arrow.from = m_producers.at(last.output);
        arrow.to = loss;
        arrow.name = slot(last.output).name;
        arrow.values = valuesOf({last.output, 0}, 0, last.units);
        arrow.value = slotName(last.output, 0, t());
        const bool isThere = m_frame.window.contains(t()) && m_frame.hasDelta(layer, t());
        if (isThere && lossSlot(m_frame) == last.output) {
            if (auto part = lossPart(m_frame, t()))
                arrow.gradients = std::move(*part);
        }
        m_graph.arrows.push_back(std::move(arrow));
    }

    const Frame& m_frame;
    const Network& m_network;
    OperationGraph m_graph;
    std::map<SlotId, int> m_producers; ///< The node that made a slot, as far as the step has come.
    std::map<std::pair<SlotId, int>, int> m_sources;
};

} // namespace

OperationGraph operationGraph(const Frame& frame, std::int64_t t)
{
    return Builder(frame, t).build();
}

Quantity atUnit(Quantity first, int unit)
{
    first.unit += unit;
    return first;
}

} // namespace chronograd
