#include "tests/support/watched_session.h"

#include <numeric>
#include <random>

using namespace chronograd;
using test::echo;
using test::sessionDifference;
using test::Watched;

/// Saved and reopened: numbers and settings that were changed by hand, whenever it was.
class TestSavedEdits : public QObject
{
    Q_OBJECT

private slots:
    void aDatumIsTheSameHoweverTheChunksAreCut_data();
    void aDatumIsTheSameHoweverTheChunksAreCut();
    void changesAndEditsOfAnyRunComeBack();
};

void TestSavedEdits::aDatumIsTheSameHoweverTheChunksAreCut_data()
{
    QTest::addColumn<QString>("chunk");
    QTest::addColumn<Granularity>("granularity");
    QTest::addColumn<int>("steps"); ///< Of it, between the change of the chunk and the edits.
    QTest::newRow("uncut at first, while the old chunk is in force") << "null" << Granularity::Update << 1;
    QTest::newRow("uncut at first, when the new chunk is in force") << "null" << Granularity::Epoch << 1;
    QTest::newRow("while an update is gathered") << "null" << Granularity::TimeStep << 152;
    QTest::newRow("at the end of an epoch") << "null" << Granularity::Epoch << 2;
    QTest::newRow("other chunks at first") << "4" << Granularity::Epoch << 1;
    QTest::newRow("longer chunks at first") << "11" << Granularity::Sequence << 20;
}

/// The chunk is changed, then numbers of the sequence on screen; reopened, with and without checkpoints, and
/// after another change of the chunk, they are the same numbers.
void TestSavedEdits::aDatumIsTheSameHoweverTheChunksAreCut()
{
    QFETCH(QString, chunk);
    QFETCH(Granularity, granularity);
    QFETCH(int, steps);
    const test::Prepared prepared =
        test::prepareText(echo(R"("k1": 5, "k2": 9, "chunk": )" + chunk.toStdString()));
    Watched session(prepared);
    session.step(3);
    session.post(ChangeCommand{{Setting::Chunk, StepCount(7)}});
    for (int step = 0; step < steps; ++step)
        session.post(StepCommand{granularity});
    const auto shown = session.news().frame;
    const std::int64_t t = std::min<std::int64_t>(3, shown->position.sequenceLength);
    session.post(EditCommand{{"input[1]" + shown->dataNames.at(1), 0.25}});
    session.post(EditCommand{{"target[1]" + shown->dataNames.at(t), -0.75}});
    QVERIFY(session.news().frame->pendingEdits.size() >= 2);
    session.post(StepCommand{Granularity::Epoch});
    session.post(ChangeCommand{{Setting::Chunk, StepCount(10)}});
    session.post(StepCommand{Granularity::Epoch});
    session.post(StepCommand{Granularity::Epoch});

    const test::Prepared file = session.reread();
    QVERIFY(file.experiment.session->checkpoints.size() > 1);
    test::Prepared withoutCheckpoints = file;
    withoutCheckpoints.experiment.session->checkpoints.clear();
    Watched reopened(file);
    Watched replayed(withoutCheckpoints);
    const auto there = session.news().frame;
    for (Watched* each : {&reopened, &replayed}) {
        QVERIFY(each->news().frame->position == there->position);
        QVERIFY(each->news().frame->before == there->before);
    }
    for (Watched* each : {&session, &reopened, &replayed}) {
        each->post(StepCommand{Granularity::Epoch});
        each->post(StepCommand{Granularity::TimeStep});
    }
    QVERIFY(reopened.news().frame->before == session.news().frame->before);
    QVERIFY(replayed.news().frame->before == session.news().frame->before);
}

namespace {

/// Changes of settings that fit every network, and edits of any number, in any order and at any moment.
class Tinkering
{
public:
    Tinkering(Watched& session, const test::Prepared& prepared, unsigned seed)
        : m_session(session)
        , m_random(seed)
    {
        m_kinds = prepared.trainer().network().needsWholeSequence() ? 4
                  : prepared.experiment.training.batchSize != 1     ? 6
                                                                    : 7;
    }

    void doSomething()
    {
        switch (below(9)) {
        case 0:
            m_session.post(GoToCommand{below(12)});
            break;
        case 1:
            m_session.post(StepBackCommand{static_cast<Granularity>(below(8))});
            break;
        case 2:
            m_session.post(CourseCommand{below(4)});
            break;
        case 3:
        case 4:
            m_session.post(ChangeCommand{change()});
            break;
        case 5:
        case 6:
            edit();
            break;
        default:
            for (int steps = 1 + below(6); steps > 0; --steps)
                m_session.post(StepCommand{static_cast<Granularity>(below(8))});
        }
    }

private:
    int below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(m_random); }

    SettingChange change()
    {
        switch (below(m_kinds)) {
        case 0:
            return {Setting::Chunk, below(4) == 0 ? SettingValue(NoValue{}) : StepCount(1 + below(9))};
        case 1:
            return {Setting::Momentum, 0.1 * below(9)};
        case 2:
            return {Setting::Optimizer, below(4)};
        case 3:
            return {Setting::History, below(2)};
        case 4:
            return {Setting::K1, StepCount(1 + below(6))};
        case 5:
            return {Setting::K2, StepCount(1 + below(9))};
        default:
            return {Setting::State, below(2)};
        }
    }

    void edit()
    {
        const auto frame = m_session.news().frame;
        const Network& network = *frame->network;
        const auto weight = network.parameters().views()[static_cast<std::size_t>(
            below(static_cast<int>(network.parameters().views().size())))];
        const std::string row = std::to_string(1 + below(weight.rows));
        const std::string column = std::to_string(1 + below(weight.columns));
        const std::string datum =
            "[1]" + frame->dataNames.at(1 + below(static_cast<int>(frame->position.sequenceLength)));
        const std::string names[] = {weight.name + "[" + row + (weight.isBias ? "]" : "," + column + "]"),
                                     "input" + datum, "target" + datum};
        m_session.post(EditCommand{{names[below(3)], 0.1 * (below(21) - 10)}});
    }

    Watched& m_session;
    int m_kinds; ///< Of settings that fit the network.
    std::mt19937 m_random;
};

} // namespace

/// Whatever was changed when: the file leads to the same moment and on from there to the same numbers, on
/// every course; by its checkpoints, and by replaying all of it.
void TestSavedEdits::changesAndEditsOfAnyRunComeBack()
{
    std::vector<unsigned> seeds(60);
    std::iota(seeds.begin(), seeds.end(), 1U);
    // An optimizer that is changed and changed back at once; steps back out of an update that explodes.
    seeds.insert(seeds.end(), {1349, 6965, 16077});
    for (const unsigned seed : seeds) {
        const test::Prepared prepared(test::RandomExperiment(seed).make());
        Watched session(prepared);
        Tinkering tinkering(session, prepared, seed);
        for (int doing = 0; doing < 30; ++doing)
            tinkering.doSomething();
        const test::Prepared file = session.reread();
        test::Prepared withoutCheckpoints = file;
        withoutCheckpoints.experiment.session->checkpoints.clear();
        for (SavedCourse& course : withoutCheckpoints.experiment.session->otherCourses)
            course.checkpoints.clear();
        Watched reopened(file);
        Watched replayed(withoutCheckpoints);
        QString wrong = sessionDifference(reopened, replayed);
        QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("seed %1, reopened: ").arg(seed) + wrong));
        Watched again(file);
        wrong = sessionDifference(session, again);
        QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("seed %1, saved: ").arg(seed) + wrong));
        for (Watched* each : {&session, &reopened, &replayed})
            each->step(6);
        QVERIFY2(reopened.news().frame->before == session.news().frame->before &&
                     replayed.news().frame->before == session.news().frame->before,
                 qPrintable(QStringLiteral("seed %1: what comes later").arg(seed)));
    }
}

QTEST_APPLESS_MAIN(TestSavedEdits)
#include "test_saved_edits.moc"
