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

namespace {

/// f(x) = x: result and argument are one slot with two names.
void shareIdentities(const StepProgram& program, std::vector<SlotColumns>& slots)
{
    for (const Operation& operation : program.operations) {
        const auto* activate = std::get_if<Activate>(&operation);
        if (activate != nullptr && activate->function.kind == Activation::Identity &&
            program.slotTable[static_cast<std::size_t>(activate->argument)].blocks == 1)
        {
            slots[static_cast<std::size_t>(activate->result)] =
                slots[static_cast<std::size_t>(activate->argument)];
        }
    }
}

} // namespace

Unfolding::Unfolding(std::shared_ptr<const Network> network, std::int64_t steps, int batch)
    : m_network(std::move(network))
    , m_steps(steps)
    , m_batch(batch)
    , m_output(m_network->layers().back().output)
    , m_outputNet(m_network->layers().back().net)
{
    refuseTooLarge(*m_network, steps, batch);
    const StepProgram& program = m_network->program();
    m_slots.reserve(program.slotTable.size());
    for (const Slot& slot : program.slotTable) {
        m_slots.emplace_back(slot, steps, batch, m_window);
    }
    shareIdentities(program, m_slots);
    for (const Operation& operation : program.operations) {
        m_operations.push_back(bind(operation, m_network->parameters(), m_slots));
        if (auto* affine = dynamic_cast<BoundAffine*>(m_operations.back().get())) {
            m_affines.push_back(affine);
        }
    }
    m_lengths.reserve(static_cast<std::size_t>(batch));
    m_slotsOfLayer.resize(m_network->layers().size());
    for (std::size_t id = 1; id < m_slots.size(); ++id) {
        m_slotsOfLayer[static_cast<std::size_t>(program.slotTable[id].layer)].push_back(
            static_cast<SlotId>(id));
    }
    makeStages();
}

void Unfolding::clearState()
{
    if (m_isStateZero) {
        return;
    }
    for (SlotColumns& slot : m_slots) {
        std::fill_n(slot.value(0), slot.stepStride(), 0.0);
    }
    m_isStateZero = true;
}

void Unfolding::carryState(std::int64_t from)
{
    for (SlotColumns& slot : m_slots) {
        std::copy_n(slot.value(from), slot.stepStride(), slot.value(0));
    }
    m_isStateZero = false;
}

void Unfolding::setState(SlotId id, const double* columns)
{
    std::copy_n(columns, slot(id).stepStride(), slot(id).value(0));
    m_isStateZero = false;
}

void Unfolding::setStarts(std::span<const std::int64_t> lengths)
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
void Unfolding::clearEndedMembers(int layer, std::int64_t t)
{
    if (m_network->layers()[static_cast<std::size_t>(layer)].direction() > 0) {
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
    const std::int64_t column = t * m_batch;
    for (const StageLayer& layer : stage.layers) {
        for (const StepCall& call : layer.forward) {
            if (call.product != nullptr) {
                call.run(*call.product, column, m_batch);
            } else if (call.chain != nullptr) {
                call.chain->forward({column, 0, m_batch});
            } else if (call.isDelayed) {
                call.operation->forwardDelayed(weights, t);
            } else {
                call.operation->forward(weights, {t, 1});
            }
        }
        clearEnded(layer.layer, t);
    }
}

void Unfolding::forwardStage(const double* weights, const Stage& stage, Columns columns)
{
    for (BoundOperation* operation : stage.ahead) {
        operation->forward(weights, columns);
    }
    if (!stage.isRecurrent) {
        return;
    }
    for (BoundAffine* affine : stage.ofLoop) {
        affine->prepareForwardProducts(weights);
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

void Unfolding::forward(const double* weights, Columns columns)
{
    for (const Stage& stage : m_stages) {
        if (stage.affine != nullptr) {
            stage.affine->forwardLayer(weights, columns);
        } else {
            forwardStage(weights, stage, columns);
        }
    }
}

void Unfolding::forwardLayer(const double* weights, int layer, std::int64_t t)
{
    const Stage& stage = m_stages[m_stageOfLayer[static_cast<std::size_t>(layer)]];
    if (stage.affine != nullptr) {
        stage.affine->forwardLayer(weights, {t, 1});
        return;
    }
    const Layer& which = m_network->layers()[static_cast<std::size_t>(layer)];
    for (int o = which.firstOperation; o < which.endOperation; ++o) {
        BoundOperation& operation = *m_operations[static_cast<std::size_t>(o)];
        operation.forward(weights, {t, 1});
        operation.forwardDelayed(weights, t);
    }
    clearEnded(layer, t);
}

} // namespace chronograd
