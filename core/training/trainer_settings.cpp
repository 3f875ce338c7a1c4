#include "core/experiment/edit_target.h"
#include "core/experiment/input_error.h"
#include "core/training/datum_place.h"
#include "core/training/trainer.h"

#include <algorithm>
#include <cmath>

namespace chronograd {

/// Settings and edits: what changes while training, and when it comes into force.

/// A chain against time begins at the end of the sequence: there is nothing to choose.
bool Trainer::isInEffect(Setting setting) const
{
    const bool isTruncation = setting == Setting::K1 || setting == Setting::K2;
    return !m_network->needsWholeSequence() || !(isTruncation || setting == Setting::State);
}

void Trainer::put(const SettingChange& change)
{
    if (!isInEffect(change.setting)) {
        return;
    }
    const bool nextEpoch = settingSpec(change.setting).nextEpoch && m_position.epoch > 0;
    const Optimizer before = m_settings.optimizer;
    apply(nextEpoch ? m_nextEpoch : m_settings, change);
    if (settingSpec(change.setting).nextEpoch && !nextEpoch) {
        apply(m_nextEpoch, change);
    }
    if (m_settings.optimizer != before) {
        beginOptimizer(before);
    }
    findSingleSteps();
}

/// A change of optimizer zeroes its state. Changed back before anything is trained it has its state again:
/// the schedule does not tell of changes that came to nothing.
void Trainer::beginOptimizer(Optimizer before)
{
    if (!m_leftOptimizer || m_leftOptimizer->ticks != m_ticks) {
        m_leftOptimizer = {m_ticks, before, m_optimizer, m_velocityBound};
    }
    if (m_settings.optimizer == m_leftOptimizer->kind) {
        m_optimizer = m_leftOptimizer->state;
        m_velocityBound = m_leftOptimizer->velocityBound;
    } else {
        m_optimizer.reset();
        m_velocityBound = 0;
    }
}

void Trainer::applySchedule()
{
    while (isScheduled()) {
        for (const SettingChange& change : m_schedule[m_nextEntry].set) {
            put(change);
        }
        for (const Edit& edit : m_schedule[m_nextEntry].edits) {
            put(edit);
        }
        ++m_nextEntry;
    }
}

/// Where a sequence has begun after an update, what carries its state over has been done with what was in
/// force: only before the first step of all nothing has.
bool Trainer::standsBetweenUpdates() const
{
    return m_position.sinceUpdate == 0 && m_layer == 0 && m_group == 0 &&
           (m_next == Next::Forward || m_next == Next::NewSequence) &&
           (m_position.phase == Phase::Updated || moment() == Moment{});
}

std::int64_t Trainer::nextChangeableUpdate() const
{
    return m_position.update + (standsBetweenUpdates() ? 1 : 2);
}

/// Of the schedule: that of the first update that something changed now can be in force for.
ScheduleEntry& Trainer::nextEntry()
{
    const std::int64_t update = nextChangeableUpdate();
    auto entry = std::find_if(m_schedule.begin(), m_schedule.end(),
                              [&](const ScheduleEntry& each) { return each.update >= update; });
    if (entry == m_schedule.end() || entry->update != update) {
        entry = m_schedule.insert(entry, ScheduleEntry{update, {}, {}});
    }
    return *entry;
}

/// It has been put already; between two updates there is nothing to wait for.
void Trainer::nextEntryIsInForce()
{
    const auto after = std::find_if(m_schedule.begin(), m_schedule.end(), [&](const ScheduleEntry& each) {
        return each.update > m_position.update + 1;
    });
    m_nextEntry = std::max(m_nextEntry, static_cast<std::size_t>(after - m_schedule.begin()));
}

void Trainer::change(const SettingChange& change)
{
    ScheduleEntry& entry = nextEntry();
    std::erase_if(entry.set, [&](const SettingChange& each) { return each.setting == change.setting; });
    entry.set.push_back(change);
    if (!standsBetweenUpdates()) {
        return;
    }
    const bool isOfFirstEpoch = moment() == Moment{} && settingSpec(change.setting).nextEpoch;
    if (isOfFirstEpoch) {
        m_position.epoch = 0; // as the schedule finds it
    }
    put(change);
    nextEntryIsInForce();
    if (isOfFirstEpoch) {
        beginFirstEpoch();
    }
}

std::vector<SettingChange> Trainer::pending() const
{
    std::vector<SettingChange> waiting;
    for (std::size_t entry = m_nextEntry;
         entry < m_schedule.size() && m_schedule[entry].update <= nextChangeableUpdate(); ++entry)
    {
        waiting.insert(waiting.end(), m_schedule[entry].set.begin(), m_schedule[entry].set.end());
    }
    return waiting;
}

void Trainer::edit(const Edit& edit)
{
    ScheduleEntry& entry = nextEntry();
    std::erase_if(entry.edits, [&](const Edit& each) { return each.of == edit.of; });
    entry.edits.push_back(edit);
    if (!standsBetweenUpdates()) {
        return;
    }
    put(edit);
    nextEntryIsInForce();
    if (m_options.recordWeights) {
        m_history.replaceFrom(m_position.t + 1, m_weights, windowAt(m_position.t).from);
    }
}

/// Made since an update: in force for the next one, or waiting for it.
std::vector<Edit> Trainer::editsAfter(std::int64_t update) const
{
    std::vector<Edit> edits = m_lateEdits;
    for (const ScheduleEntry& entry : m_schedule) {
        if (entry.update > update && entry.update <= nextChangeableUpdate()) {
            edits.insert(edits.end(), entry.edits.begin(), entry.edits.end());
        }
    }
    return edits;
}

namespace {

std::string datumProblem(const Edit& edit, const EditTarget& target, const std::vector<Sequence>& sequences,
                         std::optional<std::int64_t> chunk)
{
    const auto place = chunkPlace(*target.sequence, sequences, chunk);
    if (!place) {
        return "the edit \"" + edit.of + "\" names a sequence that is not there; there are " +
               std::to_string(countChunks(sequences, chunk));
    }
    if (*target.t > place->length) {
        return "the edit \"" + edit.of + "\" names a step that is not there; the sequence has " +
               std::to_string(place->length);
    }
    const Sequence& sequence = sequences[place->sequence];
    const Eigen::Index columns = target.name == "input" ? sequence.inputs.rows() : sequence.targets.rows();
    if (target.row > columns) {
        return "the edit \"" + edit.of + "\" names a column that is not there; there are " +
               std::to_string(columns);
    }
    return {};
}

} // namespace

std::string Trainer::problemOf(const Edit& edit) const
{
    const std::optional<EditTarget> target = parseEditTarget(edit.of);
    if (!target) {
        return "\"" + edit.of + "\" is not a weight, an input or a target";
    }
    if (target->isDatum()) {
        return datumProblem(edit, *target, m_data->training, m_training.start.chunk);
    }
    const auto parameter = m_network->parameters().find(target->name);
    if (!parameter) {
        return "\"" + edit.of + "\" is not a weight, an input or a target";
    }
    const ParameterView& view = m_network->parameters()[*parameter];
    const bool isThere = target->row <= view.rows && target->column.value_or(1) <= view.columns &&
                         target->column.has_value() != view.isBias;
    return isThere ? "" : "\"" + edit.of + "\" names a weight that is not there";
}

/// What the file's edits name has to be there.
void Trainer::prepareEdits(const Experiment& experiment)
{
    const std::string file = experiment.file.empty() ? "experiment" : experiment.file.string();
    for (std::size_t entry = 0; entry < m_schedule.size(); ++entry) {
        for (const Edit& edit : m_schedule[entry].edits) {
            if (const std::string problem = problemOf(edit); !problem.empty()) {
                throw InputError(file + ": /training/schedule/" + std::to_string(entry) +
                                 "/edit: " + problem);
            }
        }
    }
}

void Trainer::put(const Edit& edit)
{
    const EditTarget target = *parseEditTarget(edit.of);
    if (target.isDatum()) {
        putDatum(edit, target);
        return;
    }
    const ParameterView& view = m_network->parameters()[*m_network->parameters().find(target.name)];
    const auto column = static_cast<int>(target.column.value_or(1)) - 1;
    m_weights[static_cast<Eigen::Index>(view.at(static_cast<int>(target.row) - 1, column))] = edit.value;
    m_weightBound = std::max(m_weightBound, std::abs(edit.value));
}

/// The step of the sequences being trained that a step of the data is; absent: of none of them.
std::optional<Trainer::RunningStep> Trainer::runningStep(const DatumPlace& place) const
{
    if (m_position.t >= m_position.sequenceLength) { // at their end, or before the first
        return std::nullopt;
    }
    for (std::size_t member = 0; member < m_batch.size(); ++member) {
        const SequenceView& view = m_batch[member];
        const std::int64_t t = place.step - view.offset + 1;
        if (view.sequence == &m_data->training[place.sequence] && t >= 1 && t <= view.length) {
            return RunningStep{static_cast<int>(member), t};
        }
    }
    return std::nullopt;
}

void Trainer::putDatum(const Edit& edit, const EditTarget& target)
{
    const DatumPlace place = *datumPlace(target, m_data->training, m_training.start.chunk);
    const std::optional<RunningStep> running = runningStep(place);
    if (running && running->t <= m_position.t) {
        m_lateEdits.push_back(edit);
        return;
    }
    ownEditedData();
    setDatum(*m_editedData, target, place, edit.value);
    if (target.name != "input") {
        return;
    }
    if (m_unfolding) {
        m_unfolding->raiseInputBound(std::abs(edit.value));
    }
    if (running) {
        const SequenceView& view = m_batch[static_cast<std::size_t>(running->member)];
        m_unfolding->setInput(running->t, view.input(running->t), running->member);
    }
}

/// What was given stays as it was, and so do the data that checkpoints keep: what they share is not written
/// to.
void Trainer::ownEditedData()
{
    constexpr long ours = 2; ///< m_editedData and m_data.
    m_evaluator.reset();     // it looks at the data
    if (m_editedData && m_editedData.use_count() <= ours) {
        return;
    }
    const std::shared_ptr<const Dataset> shared = m_data;
    m_editedData = std::make_shared<Dataset>(*shared);
    m_data = m_editedData;
    for (std::vector<SequenceView>* views : {&m_sequences, &m_batch}) {
        for (SequenceView& view : *views) {
            view.sequence = m_data->training.data() + (view.sequence - shared->training.data());
        }
    }
}

void Trainer::putLateEdits()
{
    std::vector<Edit> edits;
    edits.swap(m_lateEdits);
    for (const Edit& edit : edits) {
        putDatum(edit, *parseEditTarget(edit.of));
    }
}

} // namespace chronograd
