#include "core/experiment/edit_target.h"
#include "core/experiment/input_error.h"
#include "core/training/checkpoint.h"
#include "core/training/datum_place.h"
#include "core/training/trainer.h"

#include <algorithm>
#include <iterator>
#include <numeric>

/// Checkpoints in files: nothing that depends on how memory is laid out, and nothing that is believed unseen.

namespace chronograd {

namespace {

[[noreturn]] void refuse(const std::string& what)
{
    throw InputError(what);
}

std::string slotName(const Network& network, SlotId id)
{
    const Slot& slot = network.program().slotTable[static_cast<std::size_t>(id)];
    return slot.layer < 0
               ? slot.name
               : network.layers()[static_cast<std::size_t>(slot.layer)].spec.name + "." + slot.name;
}

} // namespace

std::map<std::string, Matrix> Trainer::namedParameters(const Vector& flat) const
{
    std::map<std::string, Matrix> named;
    for (const ParameterView& view : m_network->parameters().views()) {
        named[view.name] = matrixOf(view, flat);
    }
    return named;
}

SavedCheckpoint Trainer::saved(const Checkpoint& kept) const
{
    SavedCheckpoint saved;
    saved.ticks = kept.ticks;
    saved.steps = kept.stepsDone;
    saved.update = kept.position.update;
    saved.epoch = kept.position.epoch;
    saved.place = static_cast<std::int64_t>(kept.inEpoch);
    saved.updatesInEpoch = kept.updatesInEpoch;
    saved.epochLoss = kept.epochLoss;
    saved.loss = kept.loss;
    saved.gradientNorm = kept.gradientNorm;
    saved.isUpdated = kept.position.phase == Phase::Updated;
    saved.at = kept.position.at;
    saved.layer = kept.position.layer;
    saved.state = kept.settings.state;
    saved.chunk = kept.settings.chunk;
    saved.random = kept.shuffle.state();
    if (m_training.shuffle) {
        std::ranges::transform(kept.order, std::back_inserter(saved.order),
                               [](std::size_t place) { return static_cast<std::int64_t>(place) + 1; });
    }
    const OptimizerState::Memory memory = kept.optimizer.memory();
    saved.optimizerSteps = memory.steps;
    saved.parameters = namedParameters(kept.weights);
    saved.velocity = memory.first.isZero(0.0) ? decltype(saved.velocity)() : namedParameters(memory.first);
    saved.squares = memory.second.isZero(0.0) ? decltype(saved.squares)() : namedParameters(memory.second);
    for (std::size_t id = 0; id < kept.state.size(); ++id) {
        const SlotColumns& slot = m_unfolding->slot(static_cast<SlotId>(id));
        if (kept.state[id].isZero(0.0)) {
            continue;
        }
        Matrix& rows = saved.values[slotName(*m_network, static_cast<SlotId>(id))];
        rows.resize(slot.units(), kept.state[id].cols());
        for (int unit = 0; unit < slot.units(); ++unit) {
            rows.row(unit) = kept.state[id].row(slot.row(unit));
        }
    }
    return saved;
}

/// The entries of the schedule that are in force after update `update`.
std::size_t Trainer::entriesBefore(std::int64_t update) const
{
    return static_cast<std::size_t>(std::ranges::count_if(
        m_schedule, [update](const ScheduleEntry& entry) { return entry.update <= update + 1; }));
}

void Trainer::adoptSettings(const SavedCheckpoint& saved, Checkpoint& kept) const
{
    kept.nextEntry = entriesBefore(saved.update);
    kept.nextEpoch = m_training.start;
    for (std::size_t entry = 0; entry < kept.nextEntry; ++entry) {
        for (const SettingChange& change : m_schedule[entry].set) {
            if (isInEffect(change.setting)) {
                apply(kept.nextEpoch, change);
            }
        }
    }
    kept.settings = kept.nextEpoch;
    kept.settings.state = saved.state;
    kept.settings.chunk = saved.chunk;
    const bool runsOnState =
        m_network->needsWholeSequence() || m_training.shuffle || m_training.batchSize != 1;
    if (runsOnState && saved.state != m_training.start.state) {
        refuse("the state rule must be that of the training");
    }
}

void Trainer::adoptOrder(const SavedCheckpoint& saved, Checkpoint& kept) const
{
    const std::size_t count = cutIntoChunks(m_data->training, saved.chunk).size();
    const auto batch = std::min(
        static_cast<std::size_t>(m_training.batchSize.value_or(static_cast<std::int64_t>(count))), count);
    if (static_cast<std::size_t>(saved.place) >= count || static_cast<std::size_t>(saved.place) % batch != 0)
    {
        refuse("place " + std::to_string(saved.place) + " is not where a sequence begins; there are " +
               std::to_string(count));
    }
    kept.order.resize(count);
    std::iota(kept.order.begin(), kept.order.end(), std::size_t{0});
    if (!saved.order.empty()) {
        std::vector<std::size_t> order;
        std::ranges::transform(saved.order, std::back_inserter(order),
                               [](std::int64_t place) { return static_cast<std::size_t>(place) - 1; });
        if (!m_training.shuffle || !std::ranges::is_permutation(order, kept.order)) {
            refuse("order must name each of the " + std::to_string(count) +
                   " sequences once, and only with shuffle");
        }
        kept.order = std::move(order);
    }
    for (Matrix& columns : kept.state) {
        columns = Matrix::Zero(columns.rows(), static_cast<Eigen::Index>(batch));
    }
    kept.inEpoch = static_cast<std::size_t>(saved.place);
    kept.position.sequences = static_cast<std::int64_t>(count);
}

Vector Trainer::adoptedParameters(const std::map<std::string, Matrix>& from, const char* key,
                                  bool needsAll) const
{
    Vector flat = Vector::Zero(m_weights.size());
    for (const ParameterView& view : m_network->parameters().views()) {
        const auto found = from.find(view.name);
        if (found == from.end()) {
            if (needsAll) {
                refuse(std::string(key) + " must have \"" + view.name + "\"");
            }
            continue;
        }
        if (found->second.rows() != view.rows || found->second.cols() != view.columns) {
            refuse(std::string(key) + "/" + view.name + " must be " + std::to_string(view.rows) + " × " +
                   std::to_string(view.columns));
        }
        setMatrix(view, flat, found->second);
    }
    return flat;
}

/// What was given with the edits of data that the first entries of the schedule made; null when there are
/// none.
std::shared_ptr<Dataset> Trainer::dataAfter(std::size_t entries) const
{
    std::shared_ptr<Dataset> data;
    for (std::size_t entry = 0; entry < entries; ++entry) {
        for (const Edit& edit : m_schedule[entry].edits) {
            const EditTarget target = *parseEditTarget(edit.of);
            if (!target.isDatum()) {
                continue;
            }
            if (!data) {
                data = std::make_shared<Dataset>(*m_givenData);
            }
            setDatum(*data, target, *datumPlace(target, data->training, m_training.start.chunk), edit.value);
        }
    }
    return data;
}

Checkpoint Trainer::adopted(const SavedCheckpoint& saved) const
{
    Checkpoint kept = presentState(); // of a run that may have ended before it began
    kept.ticks = saved.ticks;
    kept.stepsDone = saved.steps;
    kept.position.phase = saved.isUpdated ? Phase::Updated : Phase::Forward;
    kept.position.update = saved.update;
    kept.position.epoch = saved.epoch;
    kept.position.at = saved.at;
    kept.position.layer = static_cast<int>(std::min<std::int64_t>(saved.layer, lastLayer()));
    kept.updatesInEpoch = saved.updatesInEpoch;
    kept.epochLoss = saved.epochLoss;
    kept.loss = saved.loss;
    kept.gradientNorm = saved.gradientNorm;
    adoptSettings(saved, kept);
    adoptOrder(saved, kept);
    kept.edited = dataAfter(kept.nextEntry);
    kept.shuffle.setState(saved.random);
    kept.weights = adoptedParameters(saved.parameters, "parameters", true);
    kept.optimizer.setMemory({adoptedParameters(saved.velocity, "velocity", false),
                              adoptedParameters(saved.squares, "squares", false), saved.optimizerSteps});
    kept.weightBound = kept.weights.cwiseAbs().maxCoeff();
    kept.velocityBound = kept.optimizer.velocity().cwiseAbs().maxCoeff();
    for (std::size_t id = 0; id < kept.state.size(); ++id) {
        const auto found = saved.values.find(slotName(*m_network, static_cast<SlotId>(id)));
        if (found == saved.values.end()) {
            continue;
        }
        const SlotColumns& slot = m_unfolding->slot(static_cast<SlotId>(id));
        if (found->second.rows() != slot.units() || found->second.cols() != kept.state[id].cols()) {
            refuse("values/" + found->first + " must be " + std::to_string(slot.units()) + " × " +
                   std::to_string(kept.state[id].cols()));
        }
        for (int unit = 0; unit < slot.units(); ++unit) {
            kept.state[id].row(slot.row(unit)) = found->second.row(unit);
        }
    }
    return kept;
}

} // namespace chronograd
