#include "core/session/saved_parts.h"

#include "core/experiment/input_error.h"
#include "core/training/trainer.h"

#include <algorithm>
#include <limits>

namespace chronograd {

namespace {

Bucket bucketOf(const SavedLoss& loss)
{
    return {loss.first, loss.last, loss.count, loss.least, loss.greatest, loss.mean};
}

bool isGiven(const std::vector<ScheduleEntry>& given, std::int64_t update, const SettingChange& change)
{
    return std::ranges::any_of(given, [&](const ScheduleEntry& entry) {
        return entry.update == update && std::ranges::find(entry.set, change) != entry.set.end();
    });
}

} // namespace

std::size_t numbersOfCheckpoint(const Trainer& trainer)
{
    constexpr std::size_t vectors = 3;
    return trainer.network().parameters().count() * vectors + 1;
}

std::vector<SavedLoss> savedLosses(const BoundedSeries& series)
{
    constexpr std::size_t mostLosses = 2000;
    constexpr std::size_t mostNewest = 500;
    const auto buckets = series.buckets();
    const std::size_t newest = std::min(buckets.size(), mostNewest);
    const std::size_t older = buckets.size() - newest;
    const std::size_t width =
        std::max<std::size_t>(1, (older + mostLosses - mostNewest - 1) / (mostLosses - mostNewest));
    std::vector<SavedLoss> losses;
    for (std::size_t begin = 0; begin < buckets.size();) {
        const std::size_t count = begin < older ? std::min(width, older - begin) : 1;
        const Bucket all = merged(buckets.subspan(begin, count));
        losses.push_back({all.first, all.last, all.count, all.min, all.mean, all.max});
        begin += count;
    }
    return losses;
}

LossCurve savedCurve(const std::vector<SavedLoss>& losses, const std::vector<SavedLoss>& testLosses,
                     const std::vector<ScheduleEntry>& schedule, const std::vector<ScheduleEntry>& given,
                     std::int64_t last)
{
    LossCurve curve;
    for (const SavedLoss& loss : losses) {
        if (loss.last <= last) {
            curve.append(bucketOf(loss));
        }
    }
    for (const SavedLoss& loss : testLosses) {
        if (loss.last <= last) {
            curve.appendTest(bucketOf(loss));
        }
    }
    for (const ScheduleEntry& entry : schedule) {
        for (const SettingChange& change : entry.set) {
            if (entry.update <= last + 1 || !isGiven(given, entry.update, change)) {
                curve.append(ChangeMark{entry.update, change});
            }
        }
    }
    return curve;
}

std::int64_t sharedUntil(const std::vector<ScheduleEntry>& a, const std::vector<ScheduleEntry>& b)
{
    constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
    const auto [one, other] = std::ranges::mismatch(a, b);
    const std::int64_t first =
        std::min(one == a.end() ? never : one->update, other == b.end() ? never : other->update);
    return first == never ? never : first - 2; // an entry acts at the end of the update before its own
}

void checkEdits(const Trainer& trainer, const std::vector<ScheduleEntry>& schedule)
{
    for (const ScheduleEntry& entry : schedule) {
        for (const Edit& edit : entry.edits) {
            if (const std::string problem = trainer.problemOf(edit); !problem.empty()) {
                throw InputError(problem);
            }
        }
    }
}

void checkEdits(const Trainer& trainer, const UndoList& list)
{
    for (const UndoEntry& entry : list.entries) {
        if (const auto* edit = std::get_if<Edit>(&entry.after)) { // of the same number as before
            checkEdits(trainer, {ScheduleEntry{.set = {}, .edits = {*edit}}});
        }
    }
}

std::string nameOfFile(const Experiment& experiment)
{
    return experiment.file.empty() ? "experiment" : experiment.file.string();
}

} // namespace chronograd
