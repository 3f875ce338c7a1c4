#include "core/sweep/sweep_plan.h"

#include "core/experiment/experiment_io.h"
#include "core/experiment/json_document.h"
#include "core/math/random.h"
#include "core/tasks/task.h"
#include "core/training/trainer.h"

#include <algorithm>

namespace chronograd {
namespace {

constexpr std::string_view ofAssignment = "--set ";

/// What is wrong with an assignment, as the reader says it: "training.k2=0: /training/k2: must be …"; the
/// place is the one that is assigned to, and need not be told twice.
std::string withPlaceOnce(std::string_view what, std::string_view path)
{
    std::string place = ": /" + std::string(path);
    std::ranges::replace(place, '.', '/');
    std::string once(what);
    if (const std::size_t at = once.find(place + ": "); at != once.npos)
        once.erase(at, place.size());
    return once;
}

/// The name of a data file without its folder: the same sweep may be told from another place.
Experiment withoutFolders(Experiment experiment)
{
    experiment.session.reset();
    experiment.expected.clear();
    const auto strip = [](std::string& path) { path = std::filesystem::path(path).filename().string(); };
    if (auto* csv = std::get_if<CsvTask>(&experiment.task))
        strip(csv->path);
    if (auto* text = std::get_if<TextTask>(&experiment.task))
        strip(text->path);
    return experiment;
}

bool editsData(const Experiment& experiment)
{
    const auto isOfDatum = [](const Edit& edit) {
        const std::optional<EditTarget> target = parseEditTarget(edit.of);
        return target && target->isDatum();
    };
    return std::ranges::any_of(experiment.training.schedule, [&](const ScheduleEntry& entry) {
        return std::ranges::any_of(entry.edits, isOfDatum);
    });
}

} // namespace

std::uint64_t seedOfRepeat(std::uint64_t seed, int repeat)
{
    return repeat == 1 ? seed : Random(seed, "repeat " + std::to_string(repeat)).bits();
}

SweepPlan::SweepPlan(Experiment base, std::vector<SweepAxis> axes, int repeats)
    : m_base(std::move(base))
    , m_axes(std::move(axes))
    , m_repeats(repeats)
{
    m_base.session.reset(); // every run begins at the beginning
    m_base.expected.clear();
    m_baseText = writeExperiment(m_base);
    if (m_axes.empty() || m_axes.size() > mostAxes)
        throw InputError("--vary: " + std::to_string(m_axes.size()) + " settings; must be from 1 to " +
                         std::to_string(mostAxes));
    if (m_repeats < 1 || m_repeats > mostRuns)
        throw InputError("--repeats: must be from 1 to " + std::to_string(mostRuns) + ", is " +
                         std::to_string(m_repeats));
    for (std::size_t i = 0; i < m_axes.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j)
            if (m_axes[j].path == m_axes[i].path)
                throw InputError("--vary " + m_axes[i].path + ": is there twice; put all values into one");
        m_combinations *= static_cast<std::int64_t>(m_axes[i].values.size());
        if (runs() > mostRuns)
            throw InputError("--vary: more than " + std::to_string(mostRuns) +
                             " runs; must be fewer values or repeats");
    }
    for (const SweepAxis& axis : m_axes)
        if (axis.path == "training.chunk" && editsData(m_base))
            throw InputError("--vary training.chunk: the schedule edits inputs or targets, whose names count "
                             "chunks; must be without these edits, or with one chunk");
    checkValues();
}

void SweepPlan::checkValues() const
{
    std::vector<std::size_t> places(m_axes.size(), 0);
    for (std::size_t axis = 0; axis < m_axes.size(); ++axis) {
        for (places[axis] = axis == 0 ? 0 : 1; places[axis] < m_axes[axis].values.size(); ++places[axis]) {
            try {
                Experiment experiment = experimentOf(runOf(combinationAt(places), 1));
                const auto data = std::make_shared<const Dataset>(makeDataset(experiment));
                const Trainer trainer(experiment, data, {});
                if (!experiment.training.updates && !experiment.training.stopLoss)
                    throw InputError(m_base.file.string() + ": /training/updates: is null, so that no run "
                                                            "would end; must be a number of updates");
            } catch (const InputError& error) {
                const std::string_view what = error.what();
                if (what.substr(0, ofAssignment.size()) == ofAssignment)
                    throw InputError("--vary " +
                                     withPlaceOnce(what.substr(ofAssignment.size()), m_axes[axis].path));
                throw InputError("--vary " + m_axes[axis].path + '=' + m_axes[axis].values[places[axis]] +
                                 ": " + std::string(what));
            }
        }
        places[axis] = 0;
    }
}

std::vector<std::size_t> SweepPlan::placesOf(std::int64_t combination) const
{
    std::vector<std::size_t> places(m_axes.size());
    auto rest = static_cast<std::size_t>(combination);
    for (std::size_t axis = m_axes.size(); axis-- > 0;) {
        places[axis] = rest % m_axes[axis].values.size();
        rest /= m_axes[axis].values.size();
    }
    return places;
}

std::int64_t SweepPlan::combinationAt(const std::vector<std::size_t>& places) const
{
    std::size_t combination = 0;
    for (std::size_t axis = 0; axis < m_axes.size(); ++axis)
        combination = combination * m_axes[axis].values.size() + places[axis];
    return static_cast<std::int64_t>(combination);
}

std::vector<std::string> SweepPlan::assignmentsOf(std::int64_t combination) const
{
    const std::vector<std::size_t> places = placesOf(combination);
    std::vector<std::string> assignments;
    for (std::size_t axis = 0; axis < m_axes.size(); ++axis)
        assignments.push_back(m_axes[axis].path + '=' + m_axes[axis].values[places[axis]]);
    return assignments;
}

Experiment SweepPlan::experimentOf(std::int64_t run) const
{
    Experiment experiment = parseExperiment(m_baseText, m_base.file, assignmentsOf(combinationOf(run)));
    experiment.network.init.seed = seedOfRepeat(experiment.network.init.seed, repeatOf(run));
    experiment.training.seed = seedOfRepeat(experiment.training.seed, repeatOf(run));
    return experiment;
}

std::string SweepPlan::identityOf(const Experiment& base, const std::vector<SweepAxis>& axes, int repeats)
{
    std::string text = writeExperiment(withoutFolders(base));
    for (const SweepAxis& axis : axes) {
        text += axis.path + '=';
        for (const std::string& value : axis.values)
            text += value + ',';
        text += '\n';
    }
    return text + std::to_string(repeats) + '\n';
}

} // namespace chronograd
