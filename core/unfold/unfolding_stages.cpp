#include "core/network/parameter_use.h"
#include "core/unfold/slot_bounds.h"
#include "core/unfold/unfolding.h"

#include <algorithm>

/// What an unfolding finds out once: which layers wait for one another.

namespace chronograd {

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
        m_stageOfLayer.resize(end, m_stages.size());
        makeStage(static_cast<int>(first), static_cast<int>(end));
        first = end;
    }
    findOverwrites();
    findSetDeltas();
    makeStepCalls();
    findBounds();
    m_usesWeightsOnce = findWeightsUsedOnce();
    m_canTrainOneStep =
        m_usesWeightsOnce && m_batch == 1 && std::ranges::all_of(m_stages, [](const Stage& stage) {
            return stage.affine != nullptr && stage.isOutOverwritten;
        });
    for (const BoundAffine* affine : m_affines) {
        if (affine->isTrainable()) {
            m_trained.insert(m_trained.end(), affine->trained().begin(), affine->trained().end());
        }
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
    joinLayerCalls(stage);
}

void Unfolding::findBounds()
{
    SlotBounds bounds(m_slots.size());
    for (const Operation& operation : m_network->program().operations) {
        if (const double bound = bounds.add(operation); bound >= 0.0) {
            setBound(resultOf(operation), bound);
        }
    }
}

/// No value of the slot is beyond ±`bound`.
void Unfolding::setBound(SlotId id, double bound)
{
    for (BoundAffine* affine : m_affines) {
        affine->setBound(slot(id), bound);
    }
}

bool Unfolding::findWeightsUsedOnce() const
{
    for (std::size_t id = 0; id < m_network->parameters().views().size(); ++id) {
        const std::vector<ParameterUse> uses = usesOf(*m_network, static_cast<ParameterId>(id));
        for (std::size_t i = 0; i < uses.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (uses[i].contains(uses[j].firstRow) || uses[j].contains(uses[i].firstRow)) {
                    return false;
                }
            }
        }
    }
    return true;
}

} // namespace chronograd
