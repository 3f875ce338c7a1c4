#include "core/session/fork_point.h"

#include "core/training/trainer.h"

#include <cassert>
#include <utility>

namespace chronograd {

ForkPoint forkPointOf(const Trainer& trainer, Experiment experiment, std::shared_ptr<const Dataset> data,
                      const Checkpoint* before)
{
    ForkPoint point;
    point.experiment = std::move(experiment);
    point.experiment.training.schedule = trainer.schedule();
    point.data = std::move(data);
    point.moment = trainer.moment();
    point.steps = trainer.stepsDone();
    point.position = trainer.position();
    point.settings = trainer.settings();
    for (const SettingChange& change : trainer.pending()) {
        apply(point.settings, change);
    }
    if (before != nullptr) {
        assert(before->ticks <= point.moment.ticks);
        point.checkpoint = *before;
        if (before->edited) { // another thread may edit what it does not share alone
            point.checkpoint->edited = std::make_shared<Dataset>(*before->edited);
        }
    }
    return point;
}

ForkPoint withSeed(ForkPoint point, std::uint64_t seed)
{
    point.experiment.network.init.seed = seed;
    point.experiment.session.reset();
    point.checkpoint.reset(); // what the other weights came to
    point.earlier.clear();
    return point;
}

ForkPoint beginningOf(Experiment experiment, std::shared_ptr<const Dataset> data)
{
    ForkPoint point;
    point.experiment = std::move(experiment);
    point.data = std::move(data);
    point.settings = point.experiment.training.start;
    return point;
}

void restoreCheckpoint(Trainer& trainer, const ForkPoint& point)
{
    if (!point.checkpoint) {
        return;
    }
    Checkpoint own = *point.checkpoint;
    if (own.edited) {
        own.edited = std::make_shared<Dataset>(*own.edited);
    }
    trainer.restore(own);
}

void replayTo(Trainer& trainer, const ForkPoint& point, const std::atomic<bool>& isCalledOff)
{
    trainer.setInterrupt(&isCalledOff);
    const auto goesOn = [&] { return !trainer.isFinished() && !isCalledOff; };
    while (trainer.position().update < point.position.update && goesOn()) {
        trainer.advance(Granularity::Update);
    }
    while (trainer.ticks() < point.moment.ticks && goesOn()) {
        trainer.advance(Granularity::Layer);
    }
    while (trainer.moment() < point.moment && goesOn()) { // inside a layer
        trainer.advance(Granularity::Term);
    }
    trainer.setInterrupt(nullptr);
}

} // namespace chronograd
