#include "core/session/saved_session.h"

#include "core/experiment/input_error.h"
#include "core/session/loss_curve.h"
#include "core/session/timeline.h"

#include <algorithm>

namespace chronograd {

namespace {

constexpr std::size_t mostCheckpoints = 40;
constexpr std::size_t mostLosses = 2000;

std::size_t numbersOf(const Trainer& trainer)
{
    constexpr std::size_t vectors = 3;
    return trainer.network().parameters().count() * vectors + 1;
}

/// One point for so many neighbouring updates that all fit; single updates as long as they do.
std::vector<SavedLoss> thinnedOut(const BoundedSeries& series, std::int64_t until)
{
    const auto buckets = series.buckets();
    const std::size_t width = (buckets.size() + mostLosses - 1) / mostLosses;
    std::vector<SavedLoss> losses;
    for (std::size_t begin = 0; begin < buckets.size(); begin += width) {
        const auto group = buckets.subspan(begin, std::min(width, buckets.size() - begin));
        if (group.back().last > until) {
            break;
        }
        double sum = 0.0;
        std::int64_t count = 0;
        for (const Bucket& bucket : group) {
            sum += bucket.mean * static_cast<double>(bucket.count);
            count += bucket.count;
        }
        losses.push_back(
            {group.back().last, count == 1 ? group.back().mean : sum / static_cast<double>(count)});
    }
    return losses;
}

} // namespace

SavedSession savedSession(const Trainer& trainer, const Timeline& timeline, const LossCurve* curve,
                          std::size_t mostNumbers)
{
    SavedSession session;
    session.update = trainer.position().update;
    const Moment moment = trainer.moment();
    session.ticks = moment.ticks;
    session.parameter = moment.parameter;
    session.unit = moment.unit;
    session.term = moment.term;
    for (const ParameterView& view : trainer.network().parameters().views()) {
        session.parameters[view.name] = matrixOf(view, trainer.weights());
    }
    // Two at least: the one that the last update was computed from may be the last but one.
    const std::size_t most = std::clamp<std::size_t>(mostNumbers / numbersOf(trainer), 2, mostCheckpoints);
    for (const auto& checkpoint : timeline.before(moment, most)) {
        if (checkpoint->ticks > 0) {
            session.checkpoints.push_back(trainer.saved(*checkpoint));
        }
    }
    if (curve != nullptr) {
        session.losses = thinnedOut(curve->losses(), session.update);
        session.testLosses = thinnedOut(curve->testLosses(), session.update);
    }
    return session;
}

void adoptCheckpoints(Timeline& timeline, const Trainer& trainer, const Experiment& experiment)
{
    const std::string file = experiment.file.empty() ? "experiment" : experiment.file.string();
    try {
        for (const SavedCheckpoint& saved : experiment.session->checkpoints) {
            if (!timeline.add(trainer.adopted(saved))) {
                throw InputError("/session/checkpoints: must be in the order of time");
            }
        }
    } catch (const InputError& error) {
        throw InputError(file + ": " + error.what());
    }
}

LossCurve savedCurve(const SavedSession& session)
{
    LossCurve curve;
    for (const SavedLoss& loss : session.losses) {
        if (loss.update <= session.update) {
            curve.append(LossPoint{loss.update, loss.loss, 0.0, std::nullopt});
        }
    }
    for (const SavedLoss& loss : session.testLosses) {
        if (loss.update <= session.update) {
            curve.appendTest(loss.update, loss.loss);
        }
    }
    return curve;
}

bool hasWeightsOf(const Trainer& trainer, const SavedSession& session)
{
    const auto& views = trainer.network().parameters().views();
    return std::ranges::all_of(views, [&](const ParameterView& view) {
        const auto saved = session.parameters.find(view.name);
        return saved == session.parameters.end() || saved->second == matrixOf(view, trainer.weights());
    });
}

} // namespace chronograd
