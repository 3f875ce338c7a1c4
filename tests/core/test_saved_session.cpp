#include "core/experiment/input_error.h"
#include "core/session/loss_curve.h"
#include "core/session/saved_session.h"
#include "core/session/session.h"
#include "core/session/timeline.h"
#include "tests/support/experiments.h"

#include <QElapsedTimer>
#include <QTest>

#include <array>
#include <random>

using namespace chronograd;

/// Saved and reopened: exactly where one was, and on from there as if nothing had been.
class TestSavedSession : public QObject
{
    Q_OBJECT

private slots:
    void anyMomentOfAnyRunComesBack();
    void whatTheCheckpointHolds_data();
    void whatTheCheckpointHolds();
    void aSessionGoesOnFromItsFile();
    void longRunsAreNear();
    void filesOfOnlyAnUpdateAreReplayed();
    void aCourseThatWasBegunIsSaved();
    void aSaveTellsWhatItIsOf();
    void fewerNumbersAreFewerCheckpoints();
    void whatDoesNotFitIsRefused_data();
    void whatDoesNotFitIsRefused();
    void spoiledSessionsDoNoHarm();
};

namespace {

/// A run with its checkpoints.
class Run : private TrainingObserver
{
public:
    explicit Run(const test::Prepared& prepared)
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
        m_timeline.goTo(m_trainer, session.update,
                        {*session.ticks, static_cast<int>(session.parameter), static_cast<int>(session.unit),
                         static_cast<int>(session.term)});
    }

private:
    void updated(const UpdateReport&) override {}
    void epochEnded(const EpochReport&) override {}
    void sequenceBegan(const Trainer& trainer) override { m_timeline.note(trainer); }

    const test::Prepared& m_prepared;
    Timeline m_timeline;
    Trainer m_trainer;
};

/// Empty: the same moment, bit for bit.
QString difference(Trainer& a, Trainer& b)
{
    const Frame one = test::wholeFrame(a);
    const Frame other = test::wholeFrame(b);
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

test::Prepared read(const std::string& text)
{
    return test::Prepared(parseExperiment(text, std::filesystem::path(CHRONOGRAD_SOURCE_DIR) /
                                                    "resources/data/saved.chronograd.json"));
}

std::string echo(const std::string& training, const std::string& cell = "elman")
{
    return R"({"chronograd": 1,
        "network": {"inputs": 1, "layers": [
            {"name": "hidden", "cell": ")" +
           cell + R"(", "units": 40}, {"name": "output", "cell": "dense", "units": 1}]},
        "task": {"kind": "echo", "delay": 2, "length": 30, "sequences": 6},
        "training": {"updates": null, )" +
           training + "}}";
}

} // namespace

void TestSavedSession::anyMomentOfAnyRunComesBack()
{
    for (unsigned seed = 1; seed <= 150; ++seed) {
        const test::Prepared prepared(test::RandomExperiment(seed).make());
        Run run(prepared);
        std::mt19937 random(seed);
        for (int updates = static_cast<int>(random() % 20); updates > 0; --updates)
            run.trainer().advance(Granularity::Update);
        for (int terms = static_cast<int>(random() % 30); terms > 0; --terms)
            run.trainer().advance(Granularity::Term);
        if (run.trainer().isFinished())
            continue;
        const test::Prepared reopened = read(run.file());
        Run again(reopened);
        again.resume();
        const QString wrong = difference(run.trainer(), again.trainer());
        QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("seed %1: ").arg(seed) + wrong));
    }
}

void TestSavedSession::whatTheCheckpointHolds_data()
{
    QTest::addColumn<std::string>("text");
    QTest::newRow("sgd") << echo(R"("k1": 5, "k2": 9)");
    QTest::newRow("adam") << echo(R"("k1": 5, "k2": 9, "optimizer": "adam", "learning_rate": 0.002)");
    QTest::newRow("rmsprop") << echo(R"("k1": 5, "k2": 9, "optimizer": "rmsprop", "learning_rate": 0.001)");
    QTest::newRow("carried state") << echo(R"("k1": 5, "k2": 9, "state": "carry")", "lstm");
    QTest::newRow("shuffled") << echo(R"("k1": 5, "k2": 9, "shuffle": true, "seed": 5)", "gru");
    QTest::newRow("chunks") << echo(R"("k1": 5, "k2": 9, "chunk": 7, "state": "carry")");
    QTest::newRow("chunks from an update on")
        << echo(R"("k1": 5, "k2": 9, "schedule": [{"update": 20, "set": {"chunk": 7}}])");
    QTest::newRow("a batch") << echo(R"("k1": 5, "k2": 9, "batch_size": 4)");
    QTest::newRow("settings of the schedule") << echo(
        R"("k1": 5, "k2": 9, "schedule": [{"update": 30, "set": {"k1": 3, "optimizer": "adam", "clip_norm": 0.1}}])");
    QTest::newRow("edits") << echo(R"("k1": 5, "k2": 9, "schedule": [
        {"update": 11, "edit": {"hidden.W_h[3,2]": 0.4, "input[1]@5#3": 0.1, "target[1]@9#2": 0.7}}])");
}

void TestSavedSession::whatTheCheckpointHolds()
{
    QFETCH(std::string, text);
    const test::Prepared prepared = test::prepareText(text);
    Run run(prepared);
    for (int i = 0; i < 75; ++i)
        run.trainer().advance(Granularity::Update);
    run.trainer().advance(Granularity::TimeStep);
    const test::Prepared reopened = read(run.file());
    QVERIFY(reopened.experiment.session->checkpoints.size() > 2);
    Run again(reopened);
    QCOMPARE(again.timeline().count(), reopened.experiment.session->checkpoints.size() + 1);
    const std::int64_t far = reopened.experiment.session->checkpoints.back().ticks;
    again.resume();
    QVERIFY(far > run.trainer().ticks() / 2); // it was used: the replay began there
    QCOMPARE(difference(run.trainer(), again.trainer()), QString());
    // Back to before the checkpoints, and to the end again.
    again.timeline().goToUpdate(again.trainer(), 3);
    Trainer straight = prepared.trainer();
    while (straight.position().update < 3)
        straight.advance(Granularity::Update);
    QVERIFY(straight.weights() == again.trainer().weights());
}

namespace {

SessionNews waitFor(TrainingSession& session, const std::function<bool(const SessionNews&)>& isThere)
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

SessionNews waitForUpdate(TrainingSession& session, std::int64_t update)
{
    return waitFor(session, [update](const SessionNews& news) {
        return news.frame->position.update == update && news.frame->updateDone;
    });
}

} // namespace

void TestSavedSession::aSessionGoesOnFromItsFile()
{
    const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9)"));
    TrainingSession session(prepared.experiment, prepared.data);
    for (int i = 0; i < 50; ++i)
        session.post(StepCommand{Granularity::Update});
    session.post(ChangeCommand{{Setting::LearningRate, 0.02}});
    session.post(StepCommand{Granularity::Update});
    session.post(StepCommand{Granularity::TimeStep});
    session.post(StepCommand{Granularity::Term});
    const SessionNews there =
        waitFor(session, [](const SessionNews& news) { return news.frame->position.isInside(); });
    const test::Prepared file = read(writeExperiment(session.saved()));

    TrainingSession reopened(file.experiment, file.data);
    const SessionNews here =
        waitFor(reopened, [](const SessionNews& news) { return news.frame->position.isInside(); });
    QVERIFY(here.frame->position == there.frame->position);
    QVERIFY(here.frame->before == there.frame->before);
    QCOMPARE(here.state, RunState::Paused);
    QVERIFY2(here.message.empty(), here.message.c_str());
    QCOMPARE(here.furthest, 51);
    QCOMPARE(here.curve->lastUpdate(), 51);
    QVERIFY(here.curve->losses().isExact());
    QCOMPARE(here.curve->marks().size(), std::size_t{1});
    for (TrainingSession* each : {&session, &reopened}) {
        for (int i = 0; i < 4; ++i)
            each->post(StepCommand{Granularity::Update});
    }
    QVERIFY(waitForUpdate(session, 55).frame->after == waitForUpdate(reopened, 55).frame->after);
    reopened.post(RestartCommand{});
    const SessionNews start =
        waitFor(reopened, [](const SessionNews& news) { return news.frame->position.phase == Phase::Ready; });
    QCOMPARE(start.furthest, 0);
}

void TestSavedSession::longRunsAreNear()
{
    const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9)"));
    Run run(prepared);
    while (run.trainer().position().update < 5000)
        run.trainer().advance(Granularity::Update);
    const std::string text = run.file();
    QVERIFY2(text.size() < 8'000'000, qPrintable(QString::number(text.size())));
    const test::Prepared reopened = read(text);
    const SavedSession& session = *reopened.experiment.session;
    QVERIFY(session.checkpoints.size() <= 41);
    QVERIFY(*session.ticks - session.checkpoints.back().ticks < *session.ticks / 100);
    QVERIFY(session.checkpoints.front().ticks < *session.ticks / 5); // going back is near too
    Run again(reopened);
    again.resume();
    QCOMPARE(difference(run.trainer(), again.trainer()), QString());
}

void TestSavedSession::filesOfOnlyAnUpdateAreReplayed()
{
    const test::Prepared prepared =
        read(R"({"session": {"update": 40}, )" + echo(R"("k1": 5, "k2": 9)").substr(1));
    TrainingSession session(prepared.experiment, prepared.data);
    const SessionNews there = waitForUpdate(session, 40);
    Trainer straight = prepared.trainer();
    while (straight.position().update < 40)
        straight.advance(Granularity::Update);
    QVERIFY(there.frame->after == straight.weights());
}

void TestSavedSession::aCourseThatWasBegunIsSaved()
{
    const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9)"));
    TrainingSession session(prepared.experiment, prepared.data);
    for (int i = 0; i < 30; ++i)
        session.post(StepCommand{Granularity::Update});
    session.post(GoToCommand{10});
    session.post(ChangeCommand{{Setting::Momentum, 0.5}});
    for (int i = 0; i < 5; ++i)
        session.post(StepCommand{Granularity::Update});
    const SessionNews there = waitForUpdate(session, 15);
    const test::Prepared file = read(writeExperiment(session.saved()));
    QCOMPARE(file.experiment.session->losses.size(), std::size_t{15});
    TrainingSession reopened(file.experiment, file.data);
    QVERIFY(waitForUpdate(reopened, 15).frame->after == there.frame->after);
}

void TestSavedSession::aSaveTellsWhatItIsOf()
{
    const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9)"));
    TrainingSession session(prepared.experiment, prepared.data);
    const auto save = [&session] {
        const auto promise = std::make_shared<std::promise<SavedRun>>();
        session.post(SaveCommand{promise});
        return promise->get_future().get();
    };
    for (int i = 0; i < 8; ++i)
        session.post(StepCommand{Granularity::Update});
    const SavedRun first = save();
    const SessionNews there = waitForUpdate(session, 8);
    QCOMPARE(first.experiment.session->update, 8);
    QVERIFY(first.isAtEnd);
    QCOMPARE(first.loss.value(), there.frame->loss);
    session.post(GoToCommand{5}); // looking back
    const SavedRun back = save();
    QVERIFY(!back.isAtEnd);
    QCOMPARE(back.course, first.course);
    session.post(ChangeCommand{{Setting::Momentum, 0.5}}); // another course
    const SavedRun other = save();
    QVERIFY(other.isAtEnd && other.run == first.run);
    QVERIFY(other.course != first.course);
    session.post(RestartCommand{});
    const SavedRun again = save();
    QVERIFY(again.run != first.run && again.isAtEnd && !again.loss);
    QCOMPARE(again.experiment.session->update, 0);
}

void TestSavedSession::fewerNumbersAreFewerCheckpoints()
{
    const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9)"));
    Run run(prepared);
    for (int i = 0; i < 3000; ++i)
        run.trainer().advance(Granularity::Update);
    const auto count = [&run](std::size_t mostNumbers) {
        return savedSession(run.trainer(), run.timeline(), nullptr, mostNumbers).checkpoints.size();
    };
    QVERIFY(count(SaveCommand::usualNumbers) > 5);
    QVERIFY(count(500) < count(SaveCommand::usualNumbers));
    QVERIFY(count(0) >= 1 && count(0) <= 2);
}

void TestSavedSession::whatDoesNotFitIsRefused_data()
{
    QTest::addColumn<QString>("replace");
    QTest::addColumn<QString>("with");
    QTest::addColumn<QString>("told");
    const auto row = [](const char* name, const char* replace, const char* with, const char* told) {
        QTest::newRow(name) << QString::fromUtf8(replace) << QString::fromUtf8(with)
                            << QString::fromUtf8(told);
    };
    row("a place that is not there", "\"place\": 2", "\"place\": 6",
        "/session/checkpoints: place 6 is not where a sequence begins; there are 6");
    row("an order without shuffle", "\"place\": 2", "\"place\": 2, \"order\": [2, 1, 3, 4, 5, 6]",
        "/session/checkpoints: order must name each of the 6 sequences once, and only with shuffle");
    row("a parameter left out", "\"hidden.b\"", "\"hidden.W_x\"", "");
    row("values of another size", "\"random\"", "\"values\": {\"hidden.out\": [[1, 2]]}, \"random\"",
        "/session/checkpoints: values/hidden.out must be 40 × 1");
    row("not in the order of time", "\"ticks\": 332", "\"ticks\": 332000",
        "/session/checkpoints: must be in the order of time");
    row("an epoch of 0", "\"epoch\": 1", "\"epoch\": 0",
        "/session/checkpoints/0/epoch: must be a whole number from 1");
    row("losses that go back", "\"update\": 60", "\"losses\": [[2, 0.1], [1, 0.2]], \"update\": 60",
        "/session/losses/1/0: must be a whole number from 3");
}

void TestSavedSession::whatDoesNotFitIsRefused()
{
    QFETCH(QString, replace);
    QFETCH(QString, with);
    QFETCH(QString, told);
    const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9)"));
    Run run(prepared);
    for (int i = 0; i < 60; ++i)
        run.trainer().advance(Granularity::Update);
    QString text = QString::fromStdString(run.file());
    const qsizetype session = text.indexOf(QStringLiteral("\"session\""));
    const qsizetype from = text.indexOf(QStringLiteral("\"checkpoints\""), session);
    qsizetype at = text.indexOf(replace, from);
    if (at < 0)
        at = text.indexOf(replace, session);
    QVERIFY2(at > 0, qPrintable(replace));
    text.replace(at, replace.size(), with);
    try {
        const test::Prepared spoiled = read(text.toStdString());
        TrainingSession reopened(spoiled.experiment, spoiled.data);
        QFAIL("must be refused");
    } catch (const InputError& error) {
        QVERIFY2(QString::fromUtf8(error.what()).contains(told), error.what());
    }
}

/// Whatever is in the file: a sentence, or a run.
void TestSavedSession::spoiledSessionsDoNoHarm()
{
    std::vector<std::string> texts;
    for (unsigned seed : {3U, 8U, 21U, 40U, 55U}) {
        const test::Prepared prepared(test::RandomExperiment(seed).make());
        Run run(prepared);
        for (int i = 0; i < 9; ++i)
            run.trainer().advance(Granularity::Update);
        texts.push_back(run.file());
        // The checkpoints are the interesting part, and short runs have few.
        QVERIFY(texts.back().find("\"session\"") != std::string::npos);
    }
    texts.push_back([] {
        const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9, "shuffle": true)"));
        Run run(prepared);
        for (int i = 0; i < 20; ++i)
            run.trainer().advance(Granularity::Update);
        return run.file();
    }());
    constexpr std::array<const char*, 9> numbers{"0",   "-1",   "1",     "7",    "1e308",
                                                 "2.5", "null", "99999", "\"x\""};
    std::mt19937 random(7);
    int refused = 0;
    int trained = 0;
    for (int round = 0; round < 400; ++round) {
        std::string text = texts[random() % texts.size()];
        const std::size_t session = text.find("\"session\"");
        for (int change = 0; change < 2; ++change) { // a number becomes another
            const std::size_t begin =
                text.find_first_of("0123456789", session + 10 + random() % (text.size() - session - 10));
            if (begin == std::string::npos)
                continue;
            const std::size_t end = text.find_first_not_of("0123456789.e+-", begin);
            text.replace(begin, end - begin, numbers[random() % numbers.size()]);
        }
        try {
            const test::Prepared spoiled = read(text);
            Run run(spoiled);
            for (const auto& checkpoint : run.timeline().before({INT64_MAX}, 100)) {
                run.trainer().restore(*checkpoint);
                for (int i = 0; i < 3 && !run.trainer().isFinished(); ++i)
                    run.trainer().advance(Granularity::Update);
                test::wholeFrame(run.trainer());
                ++trained;
            }
        } catch (const InputError&) {
            ++refused;
        }
    }
    QVERIFY2(refused > 50 && trained > 100, qPrintable(QStringLiteral("%1 %2").arg(refused).arg(trained)));
}

QTEST_APPLESS_MAIN(TestSavedSession)
#include "test_saved_session.moc"
