#include "core/unfold/unfolding.h"

#include <algorithm>
#include <ranges>
#include <set>

/// What an unfolding finds out once: which calls can be joined, which deltas need not be cleared.

namespace chronograd {

/// net_t = W x_t + b or W_x x_t + W_h h_{t−1} + b, h_t = f(net_t), and nobody else reads h_{t−1}.
void Unfolding::joinLayerCalls(Stage& stage) const
{
    if (stage.layers.size() != 1 || stage.direction < 0) {
        return;
    }
    const int index = stage.layers.front().layer;
    const Layer& layer = m_network->layers()[static_cast<std::size_t>(index)];
    if (layer.endOperation - layer.firstOperation != 2) {
        return;
    }
    const auto operation = [this](int o) { return m_operations[static_cast<std::size_t>(o)].get(); };
    auto* affine = dynamic_cast<BoundAffine*>(operation(layer.firstOperation));
    auto* activation = dynamic_cast<BoundActivation*>(operation(layer.firstOperation + 1));
    const auto& pulls = m_pullsOfLayer[static_cast<std::size_t>(index)];
    if (affine != nullptr && activation != nullptr && affine->isLayerWith(*activation) &&
        pulls.size() == (affine->isRecurrent() ? 1 : 0))
    {
        affine->joinWith(*activation);
        stage.affine = affine;
    }
}

/// Whose output is read by one affine operation of the next stage only, or only by the loss.
void Unfolding::findOverwrites()
{
    const StepProgram& program = m_network->program();
    for (std::size_t s = 0; s < m_stages.size(); ++s) {
        Stage& stage = m_stages[s];
        const bool isLast = s + 1 == m_stages.size();
        if (stage.layers.size() != 1 || (stage.affine == nullptr && isLast)) {
            continue;
        }
        const SlotId out = m_network->layers()[static_cast<std::size_t>(stage.layers.front().layer)].output;
        int readers = 0;
        BoundAffine* reader = nullptr;
        for (std::size_t o = 0; o < program.operations.size(); ++o) {
            for (const Operand operand : operandsOf(program.operations[o])) {
                if (operand.slot == out && operand.lag == 0) {
                    ++readers;
                    const Slot& result =
                        program.slotTable[static_cast<std::size_t>(resultOf(program.operations[o]))];
                    const bool isNext = m_stageOfLayer[static_cast<std::size_t>(result.layer)] == s + 1;
                    reader = isNext ? dynamic_cast<BoundAffine*>(m_operations[o].get()) : nullptr;
                }
            }
        }
        stage.isOutOverwritten = isLast ? readers == 0 : readers == 1 && reader != nullptr;
        if (!stage.isOutOverwritten || isLast) {
            continue;
        }
        if (stage.affine != nullptr) {
            reader->setOnlyReaderOf(*stage.affine);
        } else {
            reader->setOnlyReaderOf(slot(out));
        }
    }
}

namespace {

BoundElementwise* elementsOf(BoundOperation* operation)
{
    auto* found = dynamic_cast<BoundElementwise*>(operation);
    return found != nullptr && found->isOfElements() ? found : nullptr;
}

} // namespace

/// A gate's delta comes from one product, that of its net from one activation: what has no other source is
/// set by the first, and needs no zeros.
void Unfolding::findSetDeltas()
{
    std::vector<BoundElementwise*> inOrder; // of the sweep back
    const auto append = [&](BoundOperation* operation) {
        if (BoundElementwise* elements = elementsOf(operation)) {
            inOrder.push_back(elements);
        }
    };
    for (const Stage& stage : std::views::reverse(m_stages)) {
        if (stage.affine != nullptr) {
            continue;
        }
        for (const StageLayer& layer : std::views::reverse(stage.layers)) {
            for (const LoopCall& call : std::views::reverse(layer.loop)) {
                if (call.sameStep) {
                    append(call.operation);
                }
            }
        }
        for (BoundOperation* operation : std::views::reverse(stage.ahead)) {
            append(operation);
        }
    }

    m_isSetBySweep.resize(m_slots.size(), false);
    std::set<const double*> places;
    for (std::size_t id = 1; id < m_slots.size(); ++id) {
        if (!isReadByElementsOnly(static_cast<SlotId>(id))) {
            continue;
        }
        SlotColumns& columns = m_slots[id];
        std::set<const double*> blocks;
        for (const BoundElementwise* operation : inOrder) {
            for (const kernels::ElementOperation& element : operation->backwardElements()) {
                const std::ptrdiff_t row = element.result.first - columns.deltas();
                if (row >= 0 && row < columns.rows()) {
                    blocks.insert(element.result.first);
                }
            }
        }
        m_isSetBySweep[id] = static_cast<int>(blocks.size()) * columns.blockRows() == columns.rows();
        if (m_isSetBySweep[id]) {
            places.merge(blocks);
        }
    }
    for (BoundElementwise* operation : inOrder) {
        operation->setDeltas([&](const double* deltas) { return places.erase(deltas) > 0; });
    }
}

/// Nothing else brings something to its deltas, and nothing of another step.
bool Unfolding::isReadByElementsOnly(SlotId id) const
{
    const StepProgram& program = m_network->program();
    const auto is = [&](SlotId other) {
        return m_slots[static_cast<std::size_t>(other)].isSame(m_slots[static_cast<std::size_t>(id)]);
    };
    const bool isOutput =
        is(m_outputNet) ||
        std::ranges::any_of(m_network->layers(), [&](const Layer& layer) { return is(layer.output); });
    if (isOutput) {
        return false;
    }
    for (std::size_t o = 0; o < program.operations.size(); ++o) {
        const bool isOfElements = elementsOf(m_operations[o].get()) != nullptr;
        for (const Operand operand : operandsOf(program.operations[o])) {
            if (is(operand.slot) && (operand.lag != 0 || !isOfElements)) {
                return false;
            }
        }
    }
    return true;
}

void Unfolding::makeStepCalls()
{
    for (Stage& stage : m_stages) {
        for (StageLayer& layer : stage.layers) {
            makeStepCalls(stage, layer);
        }
    }
}

/// Elements that follow one another are one chain, and the products of affine operations are called without
/// them.
void Unfolding::makeStepCalls(Stage& stage, StageLayer& layer)
{
    BoundElementChain* chain = nullptr;
    for (const LoopCall& call : layer.loop) {
        if (const BoundElementwise* elements = elementsOf(call.operation)) {
            if (chain == nullptr) {
                chain = m_chains.emplace_back(std::make_unique<BoundElementChain>()).get();
                layer.forward.push_back({.chain = chain});
                layer.backward.push_back({.chain = chain});
            }
            chain->append(*elements, call.sameStep, call.delayed);
            continue;
        }
        chain = nullptr;
        if (call.sameStep) {
            layer.forward.push_back({.operation = call.operation});
            layer.backward.push_back({.operation = call.operation});
        }
        auto* affine = dynamic_cast<BoundAffine*>(call.operation);
        if (call.delayed && affine != nullptr) {
            stage.ofLoop.push_back(affine);
            for (const DelayedProduct& product : affine->delayedProducts()) {
                layer.forward.push_back({.product = product.product, .run = product.run});
            }
        } else if (call.delayed) {
            layer.forward.push_back({.operation = call.operation, .isDelayed = true});
        }
    }
    std::ranges::reverse(layer.backward);
    makePullCalls(layer, chain);
}

/// The chain that a step goes back through first pulls for itself, except in layers that run against time:
/// there clearEnded() comes between.
void Unfolding::makePullCalls(StageLayer& layer, BoundElementChain* lastChain) const
{
    const auto index = static_cast<std::size_t>(layer.layer);
    const std::vector<Pull>& pulls = m_pullsOfLayer[index];
    std::size_t ofChain = pulls.size();
    if (lastChain != nullptr && m_network->layers()[index].direction() > 0) {
        // The last ones only: deltas have to be summed up in the order of the pulls.
        while (ofChain > 0 && pulls[ofChain - 1].lag == 1 && elementsOf(pulls[ofChain - 1].reader) != nullptr)
        {
            --ofChain;
        }
    }
    for (std::size_t i = 0; i < pulls.size(); ++i) {
        const Pull& pull = pulls[i];
        if (i >= ofChain) {
            if (const auto* delta = elementsOf(pull.reader)->delayedDelta(pull.operand)) {
                lastChain->pull(*delta);
            }
        } else if (const auto* affine = dynamic_cast<const BoundAffine*>(pull.reader)) {
            const DelayedProduct back = affine->backwardProduct(pull.operand);
            layer.pulls.push_back({.product = back.product, .run = back.run, .lag = pull.lag});
        } else {
            layer.pulls.push_back({.operation = pull.reader, .operand = pull.operand, .lag = pull.lag});
        }
    }
}

} // namespace chronograd
