#include "core/unfold/unfolding.h"

#include "core/experiment/input_error.h"

#include <algorithm>
#include <cmath>
#include <ranges>
#include <string>

namespace chronograd {

double Unfolding::bytesNeeded(const Network& network, std::int64_t steps, int batch)
{
    double rows = 0;
    for (const Slot& slot : network.program().slotTable) {
        rows += paddedRows(slot.units, slot.blocks);
    }
    return rows * static_cast<double>(steps + 2) * batch * 2 * sizeof(double);
}

namespace {

void refuseTooLarge(const Network& network, std::int64_t steps, int batch)
{
    const double bytes = Unfolding::bytesNeeded(network, steps, batch);
    if (bytes > Unfolding::mostBytes) {
        throw InputError("the history of " + std::to_string(steps) + " steps of this network needs " +
                         std::to_string(std::lround(bytes / 1e9)) + " GB; the limit is " +
                         std::to_string(std::lround(Unfolding::mostBytes / 1e9)) +
                         " GB: shorter sequences, " + (batch > 1 ? "a smaller batch " : "") +
                         "or fewer units would do");
    }
}

} // namespace

Unfolding::Unfolding(std::shared_ptr<const Network> network, std::int64_t steps, int batch)
    : m_network(std::move(network))
    , m_steps(steps)
    , m_batch(batch)
{
    refuseTooLarge(*m_network, steps, batch);
    const StepProgram& program = m_network->program();
    m_slots.reserve(program.slotTable.size());
    for (const Slot& slot : program.slotTable) {
        m_slots.emplace_back(slot, steps, batch);
    }
    for (const Operation& operation : program.operations) {
        m_operations.push_back(bind(operation, m_network->parameters(), m_slots));
    }
    m_lengths.reserve(static_cast<std::size_t>(batch));
    makeStages();
}

namespace {

/// stageEnd[l]: the last layer that must share a stage with layer l because a later layer feeds an earlier
/// one back.
std::vector<int> lastLayerOfStages(const Network& network)
{
    std::vector<int> last;
    for (std::size_t l = 0; l < network.layers().size(); ++l) {
        int end = static_cast<int>(l);
        for (int o = network.layers()[l].firstOperation; o < network.layers()[l].endOperation; ++o) {
            for (const Operand operand :
                 operandsOf(network.program().operations[static_cast<std::size_t>(o)])) {
                if (operand.lag != 0) {
                    end = std::max(end,
                                   network.program().slotTable[static_cast<std::size_t>(operand.slot)].layer);
                }
            }
        }
        last.push_back(end);
    }
    return last;
}

} // namespace

void Unfolding::makeStages()
{
    const StepProgram& program = m_network->program();
    const auto& layers = m_network->layers();
    m_pullsOfLayer.resize(layers.size());
    for (std::size_t o = 0; o < program.operations.size(); ++o) {
        const std::vector<Operand> operands = operandsOf(program.operations[o]);
        for (std::size_t i = 0; i < operands.size(); ++i) {
            if (operands[i].lag != 0) {
                const int layer = program.slotTable[static_cast<std::size_t>(operands[i].slot)].layer;
                m_pullsOfLayer[static_cast<std::size_t>(layer)].push_back(
                    {m_operations[o].get(), i, operands[i].lag});
            }
        }
    }

    const std::vector<int> lastLayer = lastLayerOfStages(*m_network);
    for (std::size_t first = 0; first < layers.size();) {
        std::size_t end = first + 1;
        for (std::size_t l = first; l < end; ++l) {
            end = std::max(end, static_cast<std::size_t>(lastLayer[l]) + 1);
        }
        makeStage(static_cast<int>(first), static_cast<int>(end));
        first = end;
    }
}

void Unfolding::makeStage(int firstLayer, int endLayer)
{
    const StepProgram& program = m_network->program();
    Stage& stage = m_stages.emplace_back();
    stage.direction = m_network->layers()[static_cast<std::size_t>(firstLayer)].direction();
    std::vector<bool> waits(program.slotTable.size(), false); ///< Slots that only the loop makes.
    for (int l = firstLayer; l < endLayer; ++l) {
        const Layer& layer = m_network->layers()[static_cast<std::size_t>(l)];
        StageLayer& stageLayer = stage.layers.emplace_back(StageLayer{l, {}});
        stage.isPulled = stage.isPulled || !m_pullsOfLayer[static_cast<std::size_t>(l)].empty();
        for (int o = layer.firstOperation; o < layer.endOperation; ++o) {
            const Operation& operation = program.operations[static_cast<std::size_t>(o)];
            LoopCall call{m_operations[static_cast<std::size_t>(o)].get(), false, false};
            for (const Operand operand : operandsOf(operation)) {
                call.delayed = call.delayed || operand.lag != 0;
                call.sameStep =
                    call.sameStep || (operand.lag == 0 && waits[static_cast<std::size_t>(operand.slot)]);
            }
            if (!call.sameStep) {
                stage.ahead.push_back(call.operation);
            }
            if (call.sameStep || call.delayed) {
                stageLayer.loop.push_back(call);
                waits[static_cast<std::size_t>(resultOf(operation))] = true;
                stage.isRecurrent = true;
            }
        }
    }
    findSimpleLoop(stage);
}

/// net_t = … + W h_{t−1}, h_t = f(net_t), and nobody else reads h_{t−1}.
void Unfolding::findSimpleLoop(Stage& stage) const
{
    if (stage.layers.size() != 1 || stage.layers.front().loop.size() != 2) {
        return;
    }
    const std::vector<LoopCall>& loop = stage.layers.front().loop;
    auto* affine = dynamic_cast<BoundAffine*>(loop[0].operation);
    auto* activation = dynamic_cast<BoundActivation*>(loop[1].operation);
    const auto& pulls = m_pullsOfLayer[static_cast<std::size_t>(stage.layers.front().layer)];
    if (affine != nullptr && activation != nullptr && !loop[0].sameStep && affine->isLoopWith(*activation) &&
        pulls.size() == 1 && pulls.front().reader == affine)
    {
        stage.loopAffine = affine;
        stage.loopActivation = activation;
    }
}

void Unfolding::clearState()
{
    for (SlotColumns& slot : m_slots) {
        std::fill_n(slot.value(0), slot.stepStride(), 0.0);
    }
}

void Unfolding::carryState(std::int64_t from)
{
    for (SlotColumns& slot : m_slots) {
        std::copy_n(slot.value(from), slot.stepStride(), slot.value(0));
    }
}

void Unfolding::setLengths(std::span<const std::int64_t> lengths)
{
    const std::int64_t longest = *std::ranges::max_element(lengths);
    for (SlotColumns& slot : m_slots) {
        std::fill_n(slot.value(longest + 1), slot.stepStride(), 0.0);
    }
    m_lengths.clear();
    if (std::ranges::any_of(lengths, [longest](std::int64_t length) { return length != longest; })) {
        m_lengths.assign(lengths.begin(), lengths.end());
    }
}

void Unfolding::setInput(std::int64_t t, std::span<const double> input, int member)
{
    std::copy(input.begin(), input.end(), slot(m_network->inputSlot()).value(t, member));
}

/// A chain that runs against time has not begun yet at steps behind the end of a sequence.
void Unfolding::clearEnded(int layer, std::int64_t t)
{
    if (m_lengths.empty() || m_network->layers()[static_cast<std::size_t>(layer)].direction() > 0) {
        return;
    }
    for (std::size_t id = 0; id < m_slots.size(); ++id) {
        if (m_network->program().slotTable[id].layer != layer) {
            continue;
        }
        for (int member = 0; member < static_cast<int>(m_lengths.size()); ++member) {
            if (t > m_lengths[static_cast<std::size_t>(member)]) {
                std::fill_n(m_slots[id].value(t, member), m_slots[id].stride(), 0.0);
                std::fill_n(m_slots[id].delta(t, member), m_slots[id].stride(), 0.0);
            }
        }
    }
}

void Unfolding::forwardStep(const double* weights, const Stage& stage, std::int64_t t)
{
    for (const StageLayer& layer : stage.layers) {
        for (const LoopCall& call : layer.loop) {
            if (call.sameStep) {
                call.operation->forward(weights, {t, 1});
            }
            if (call.delayed) {
                call.operation->forwardDelayed(weights, t);
            }
        }
        clearEnded(layer.layer, t);
    }
}

void Unfolding::forward(const double* weights, Columns columns)
{
    for (const Stage& stage : m_stages) {
        for (BoundOperation* operation : stage.ahead) {
            operation->forward(weights, columns);
        }
        if (stage.loopAffine != nullptr) {
            stage.loopAffine->forwardLoop(weights, *stage.loopActivation, columns);
            continue;
        }
        if (!stage.isRecurrent) {
            continue;
        }
        if (stage.direction > 0) {
            for (std::int64_t t = columns.first; t <= columns.last(); ++t) {
                forwardStep(weights, stage, t);
            }
        } else {
            for (std::int64_t t = columns.last(); t >= columns.first; --t) {
                forwardStep(weights, stage, t);
            }
        }
    }
}

void Unfolding::forwardLayer(const double* weights, int layer, std::int64_t t)
{
    const Layer& which = m_network->layers()[static_cast<std::size_t>(layer)];
    for (int o = which.firstOperation; o < which.endOperation; ++o) {
        BoundOperation& operation = *m_operations[static_cast<std::size_t>(o)];
        operation.forward(weights, {t, 1});
        operation.forwardDelayed(weights, t);
    }
    clearEnded(layer, t);
}

void Unfolding::clearDeltas(Columns window)
{
    for (const auto& operation : m_operations) {
        operation->beginBackward();
    }
    for (SlotColumns& slot : m_slots) {
        std::fill_n(slot.delta(window.first), slot.stepStride() * window.count, 0.0);
    }
}

/// What the neighbouring step, if it is in the window, brings back to a layer's slots.
void Unfolding::pull(const double* weights, int layer, std::int64_t t, Columns window)
{
    for (const Pull& each : m_pullsOfLayer[static_cast<std::size_t>(layer)]) {
        if (t + each.lag >= window.first && t + each.lag <= window.last()) {
            each.reader->backwardDelayed(weights, t, each.operand);
        }
    }
}

void Unfolding::backwardStep(const double* weights, const Stage& stage, std::int64_t t, Columns window)
{
    for (const StageLayer& layer : std::views::reverse(stage.layers)) {
        pull(weights, layer.layer, t, window);
        clearEnded(layer.layer, t);
        for (const LoopCall& call : std::views::reverse(layer.loop)) {
            if (call.sameStep) {
                call.operation->backward(weights, {t, 1});
            }
        }
    }
}

void Unfolding::backward(const double* weights, Columns window)
{
    for (const Stage& stage : std::views::reverse(m_stages)) {
        if (stage.loopAffine != nullptr) {
            stage.loopAffine->backwardLoop(weights, *stage.loopActivation, window);
        } else if ((stage.isRecurrent || stage.isPulled) && stage.direction > 0) {
            for (std::int64_t t = window.last(); t >= window.first; --t) {
                backwardStep(weights, stage, t, window);
            }
        } else if (stage.isRecurrent || stage.isPulled) {
            for (std::int64_t t = window.first; t <= window.last(); ++t) {
                backwardStep(weights, stage, t, window);
            }
        }
        for (BoundOperation* operation : std::views::reverse(stage.ahead)) {
            operation->backward(weights, window);
        }
    }
}

void Unfolding::backwardLayer(const double* weights, int layer, std::int64_t t, Columns window)
{
    pull(weights, layer, t, window);
    clearEnded(layer, t);
    const Layer& which = m_network->layers()[static_cast<std::size_t>(layer)];
    for (int o = which.endOperation - 1; o >= which.firstOperation; --o) {
        m_operations[static_cast<std::size_t>(o)]->backward(weights, {t, 1});
    }
}

void Unfolding::gradient(Columns window, double* gradient)
{
    for (const auto& operation : m_operations) {
        operation->gradient(window, gradient);
    }
}

} // namespace chronograd
