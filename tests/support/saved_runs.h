#pragma once

#include "core/session/saved_session.h"
#include "core/session/session.h"
#include "core/session/timeline.h"
#include "tests/support/experiments.h"

#include <QElapsedTimer>
#include <QTest>

#include <functional>

/// For tests of saved sessions: runs that keep checkpoints, files made of them, and sessions to wait for.
namespace chronograd::test {

/// A run with its checkpoints.
class Run : private TrainingObserver
{
public:
    explicit Run(const Prepared& prepared)
        : m_prepared(prepared)
        , m_trainer(prepared.trainer())
    {
        m_timeline.note(m_trainer);
        if (prepared.experiment.session) {
            adoptCheckpoints(m_timeline, m_trainer, prepared.experiment);
        }
        m_trainer.setObserver(this);
    }

    Trainer& trainer() { return m_trainer; }
    const Timeline& timeline() const { return m_timeline; }
    std::string file() const
    {
        Experiment experiment = m_prepared.experiment;
        experiment.training.schedule = m_trainer.schedule();
        experiment.session = savedSession(m_trainer, m_timeline, nullptr);
        return writeExperiment(experiment);
    }
    void resume()
    {
        const SavedSession& session = *m_prepared.experiment.session;
        goTo(m_timeline, m_trainer, session.moment);
    }

private:
    void updated(const UpdateReport&) override {}
    void epochEnded(const EpochReport&) override {}
    void sequenceBegan(const Trainer& trainer) override { m_timeline.note(trainer); }

    const Prepared& m_prepared;
    Timeline m_timeline;
    Trainer m_trainer;
};

/// Empty: the same moment, bit for bit.
inline QString difference(Trainer& a, Trainer& b)
{
    const Frame one = wholeFrame(a);
    const Frame other = wholeFrame(b);
    if (!(one.position == other.position))
        return QStringLiteral("the position");
    if (!(one.before == other.before) || !(one.velocityBefore == other.velocityBefore))
        return QStringLiteral("weights or velocity");
    if (!(one.settings == other.settings))
        return QStringLiteral("the settings");
    for (std::size_t slot = 0; slot < one.values.size(); ++slot)
        if (!(one.values[slot] == other.values[slot]))
            return QStringLiteral("values of slot %1").arg(slot);
    for (int i = 0; i < 6 && !a.isFinished(); ++i) {
        a.advance(Granularity::Update);
        b.advance(Granularity::Update);
    }
    if (a.isFinished() != b.isFinished() || a.ticks() != b.ticks())
        return QStringLiteral("how it ends");
    return a.weights() == b.weights() ? QString() : QStringLiteral("the weights later");
}

inline Prepared read(const std::string& text)
{
    return Prepared(parseExperiment(text, std::filesystem::path(CHRONOGRAD_SOURCE_DIR) /
                                              "resources/data/saved.chronograd.json"));
}

inline std::string echo(const std::string& training, const std::string& cell = "elman")
{
    return R"({"chronograd": 1,
        "network": {"inputs": 1, "layers": [
            {"name": "hidden", "cell": ")" +
           cell + R"(", "units": 40}, {"name": "output", "cell": "dense", "units": 1}]},
        "task": {"kind": "echo", "delay": 2, "length": 30, "sequences": 6},
        "training": {"updates": null, )" +
           training + "}}";
}

inline SessionNews waitFor(TrainingSession& session, const std::function<bool(const SessionNews&)>& isThere)
{
    QElapsedTimer timer;
    timer.start();
    SessionNews last;
    do {
        SessionNews news = session.take();
        if (!news.frame)
            news.frame = last.frame;
        if (!news.curve)
            news.curve = last.curve;
        last = std::move(news);
        if (last.frame && isThere(last))
            return last;
        QTest::qSleep(1);
    } while (timer.elapsed() < 20'000);
    qWarning("waited in vain");
    return last;
}

inline SessionNews waitForUpdate(TrainingSession& session, std::int64_t update)
{
    return waitFor(session, [update](const SessionNews& news) {
        return news.frame->position.update == update && news.frame->updateDone;
    });
}

} // namespace chronograd::test
