#include "core/unfold/unfolding.h"

#include "core/experiment/input_error.h"

#include <algorithm>
#include <cmath>
#include <ranges>
#include <string>

namespace chronograd {

double Unfolding::bytesNeeded(const Network& network, std::int64_t steps)
{
    double rows = 0;
    for (const Slot& slot : network.program().slotTable) {
        rows += paddedRows(slot.units);
    }
    return rows * static_cast<double>(steps + 1) * 2 * sizeof(double);
}

namespace {

void refuseTooLarge(const Network& network, std::int64_t steps)
{
    const double bytes = Unfolding::bytesNeeded(network, steps);
    if (bytes > Unfolding::mostBytes) {
        throw InputError("the history of " + std::to_string(steps) + " steps of this network needs " +
                         std::to_string(std::lround(bytes / 1e9)) + " GB; the limit is " +
                         std::to_string(std::lround(Unfolding::mostBytes / 1e9)) +
                         " GB: shorter sequences or fewer units would do");
    }
}

} // namespace

Unfolding::Unfolding(std::shared_ptr<const Network> network, std::int64_t steps)
    : m_network(std::move(network))
    , m_steps(steps)
{
    refuseTooLarge(*m_network, steps);
    const StepProgram& program = m_network->program();
    m_slots.reserve(program.slotTable.size());
    for (const Slot& slot : program.slotTable) {
        m_slots.emplace_back(slot.units, paddedRows(slot.units), steps);
    }
    for (const Operation& operation : program.operations) {
        m_operations.push_back(bind(operation, m_network->parameters(), m_slots));
    }
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
                if (operand.lag > 0) {
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
        for (const Operand operand : operandsOf(program.operations[o])) {
            if (operand.lag > 0) {
                const int layer = program.slotTable[static_cast<std::size_t>(operand.slot)].layer;
                m_pullsOfLayer[static_cast<std::size_t>(layer)].push_back(m_operations[o].get());
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
    std::vector<bool> waits(program.slotTable.size(), false); ///< Slots that only the loop makes.
    for (int l = firstLayer; l < endLayer; ++l) {
        const Layer& layer = m_network->layers()[static_cast<std::size_t>(l)];
        StageLayer& stageLayer = stage.layers.emplace_back(StageLayer{l, {}});
        stage.isPulled = stage.isPulled || !m_pullsOfLayer[static_cast<std::size_t>(l)].empty();
        for (int o = layer.firstOperation; o < layer.endOperation; ++o) {
            const Operation& operation = program.operations[static_cast<std::size_t>(o)];
            LoopCall call{m_operations[static_cast<std::size_t>(o)].get(), false, false};
            for (const Operand operand : operandsOf(operation)) {
                call.delayed = call.delayed || operand.lag > 0;
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
        pulls.size() == 1 && pulls.front() == affine)
    {
        stage.loopAffine = affine;
        stage.loopActivation = activation;
    }
}

void Unfolding::clearState()
{
    for (SlotColumns& slot : m_slots) {
        std::fill_n(slot.value(0), slot.stride(), 0.0);
    }
}

void Unfolding::carryState(std::int64_t from)
{
    for (SlotColumns& slot : m_slots) {
        std::copy_n(slot.value(from), slot.stride(), slot.value(0));
    }
}

void Unfolding::setInput(std::int64_t t, std::span<const double> input)
{
    std::copy(input.begin(), input.end(), slot(m_network->inputSlot()).value(t));
}

void Unfolding::forward(const double* weights, Columns columns)
{
    for (Stage& stage : m_stages) {
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
        for (std::int64_t t = columns.first; t <= columns.last(); ++t) {
            for (const StageLayer& layer : stage.layers) {
                for (const LoopCall& call : layer.loop) {
                    if (call.sameStep) {
                        call.operation->forward(weights, {t, 1});
                    }
                    if (call.delayed) {
                        call.operation->forwardDelayed(weights, t);
                    }
                }
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
}

void Unfolding::clearDeltas(Columns window)
{
    for (const auto& operation : m_operations) {
        operation->beginBackward();
    }
    for (SlotColumns& slot : m_slots) {
        std::fill_n(slot.delta(window.first), slot.stride() * window.count, 0.0);
    }
}

void Unfolding::backward(const double* weights, Columns window)
{
    for (Stage& stage : std::views::reverse(m_stages)) {
        if (stage.loopAffine != nullptr) {
            stage.loopAffine->backwardLoop(weights, *stage.loopActivation, window);
        } else if (stage.isRecurrent || stage.isPulled) {
            for (std::int64_t t = window.last(); t >= window.first; --t) {
                for (auto layer = stage.layers.rbegin(); layer != stage.layers.rend(); ++layer) {
                    if (t < window.last()) {
                        for (BoundOperation* reader : m_pullsOfLayer[static_cast<std::size_t>(layer->layer)])
                        {
                            reader->backwardDelayed(weights, t);
                        }
                    }
                    for (auto call = layer->loop.rbegin(); call != layer->loop.rend(); ++call) {
                        if (call->sameStep) {
                            call->operation->backward(weights, {t, 1});
                        }
                    }
                }
            }
        }
        for (auto operation = stage.ahead.rbegin(); operation != stage.ahead.rend(); ++operation) {
            (*operation)->backward(weights, window);
        }
    }
}

void Unfolding::backwardLayer(const double* weights, int layer, std::int64_t t, Columns window)
{
    if (t < window.last()) {
        for (BoundOperation* reader : m_pullsOfLayer[static_cast<std::size_t>(layer)]) {
            reader->backwardDelayed(weights, t);
        }
    }
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
