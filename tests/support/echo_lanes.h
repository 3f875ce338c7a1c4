#pragma once

#include "core/compare/comparison.h"
#include "core/experiment/input_error.h"
#include "tests/support/experiment_text.h"
#include "tests/support/experiments.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>

/// Lanes of an echo that share a fork point.
namespace chronograd::test {

inline const char* const echo = R"({
    "chronograd": 1, "name": "Echo",
    "network": {"inputs": 1, "layers": [
        {"name": "hidden", "cell": "elman", "units": 4},
        {"name": "output", "cell": "dense", "units": 1}]},
    "task": {"kind": "echo", "delay": 2, "length": 12, "sequences": 3},
    "training": {"k1": 3, "k2": 6, "updates": null}})";

inline Comparison compareEcho(Measure measure = Measure::Updates)
{
    const Prepared prepared = prepareText(echo);
    return Comparison(beginningOf(prepared.experiment, prepared.data), measure);
}

inline SettingChange rate(double value)
{
    return {Setting::LearningRate, value};
}

inline SettingChange k1(std::int64_t steps)
{
    return {Setting::K1, StepCount(steps)};
}

/// Ticks, as a window does, until `done`.
template<typename Done>
bool tickUntil(Comparison& comparison, Done done)
{
    QElapsedTimer timer;
    timer.start();
    do {
        comparison.tick();
        if (done())
            return true;
        QTest::qSleep(1);
    } while (timer.elapsed() < 20'000);
    return false;
}

inline bool areStill(const Comparison& comparison)
{
    return std::ranges::none_of(comparison.lanes(),
                                [](const auto& lane) { return lane->state() == RunState::Running; });
}

/// Until no lane has moved for a while.
inline bool settle(Comparison& comparison)
{
    QElapsedTimer still;
    still.start();
    return tickUntil(comparison, [&] {
        if (!areStill(comparison))
            still.restart();
        return still.elapsed() > 60;
    });
}

/// The run of an experiment, as it is saved after so many updates.
inline Prepared savedAfter(const char* text, std::int64_t updates)
{
    const Prepared prepared = prepareText(text);
    TrainingSession session(prepared.experiment, prepared.data);
    for (std::int64_t i = 0; i < updates; ++i)
        session.post(StepCommand{Granularity::Update});
    return prepareText(writeExperiment(session.saved()));
}

inline std::unique_ptr<Lane> laneOf(const Prepared& saved, std::string name)
{
    return std::make_unique<Lane>(LaneSpec{.name = std::move(name)}, saved.experiment, saved.data);
}

inline std::shared_ptr<const ForkPoint> forkAfter(TrainingSession& run, std::int64_t update)
{
    run.post(RunCommand{.until = {.kind = StopCondition::Kind::Update, .update = update}});
    if (!QTest::qWaitFor([&] { return run.take().furthest == update; }))
        return nullptr;
    run.post(ForkCommand{});
    std::shared_ptr<const ForkPoint> point;
    const bool hasCome = QTest::qWaitFor([&] {
        point = run.take().fork;
        return point != nullptr;
    });
    return hasCome ? point : nullptr;
}

} // namespace chronograd::test
