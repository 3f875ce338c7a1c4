#pragma once

#include "core/experiment/experiment_io.h"
#include "core/session/session.h"
#include "tests/support/experiments.h"

#include <QElapsedTimer>
#include <QTest>

/// For tests of sessions: commands in, news out.
namespace chronograd::test {

inline const char* const sunspots = R"({
    "chronograd": 1,
    "network": {"inputs": 1, "layers": [
        {"name": "hidden", "cell": "elman", "units": 8},
        {"name": "output", "cell": "dense", "units": 1}]},
    "task": {"kind": "csv", "path": "sunspots-yearly.csv", "inputs": ["SUNACTIVITY"], "targets": ["SUNACTIVITY"],
             "normalise": true, "test_fraction": 0.2},
    "training": {"k1": 4, "k2": 12, "learning_rate": 0.01, "momentum": 0.5, "updates": null}})";

inline Prepared prepareSunspots()
{
    return Prepared(parseExperiment(sunspots, std::filesystem::path(CHRONOGRAD_SOURCE_DIR) /
                                                  "resources/data/sunspots.chronograd.json"));
}

/// Takes news until `done` likes the sum of them.
template<typename Done>
SessionNews takeUntil(TrainingSession& session, Done done)
{
    SessionNews all;
    QElapsedTimer timer;
    timer.start();
    do {
        SessionNews news = session.take();
        news.points.insert(news.points.begin(), all.points.begin(), all.points.end());
        news.changes.insert(news.changes.begin(), all.changes.begin(), all.changes.end());
        if (!news.frame) {
            news.frame = all.frame;
        }
        if (!news.fork) {
            news.fork = all.fork;
        }
        if (!news.prediction) {
            news.prediction = all.prediction;
        }
        all = std::move(news);
        if (done(all)) {
            return all;
        }
        QTest::qSleep(1);
    } while (timer.elapsed() < 20'000);
    qWarning("waited in vain");
    return all;
}

inline SessionNews takeUntilUpdate(TrainingSession& session, std::int64_t update)
{
    return takeUntil(session, [=](const SessionNews& news) {
        return news.frame && news.frame->position.update >= update && news.frame->updateDone;
    });
}

/// Posts a command and takes news until one of them has a frame.
inline SessionNews after(TrainingSession& session, Command command)
{
    session.take();
    session.post(std::move(command));
    return takeUntil(session, [](const SessionNews& news) { return news.frame != nullptr; });
}

inline void stepUpdates(TrainingSession& session, int updates)
{
    for (int i = 0; i < updates; ++i)
        after(session, StepCommand{Granularity::Update});
}

} // namespace chronograd::test
