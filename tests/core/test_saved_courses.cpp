#include "core/session/loss_curve.h"
#include "tests/support/saved_runs.h"

#include <cmath>
#include <numeric>
#include <random>

using namespace chronograd;
using test::echo;
using test::read;
using test::waitForUpdate;

/// Saved and reopened: the courses that were left, and what is not in force yet.
class TestSavedCourses : public QObject
{
    Q_OBJECT

private slots:
    void aCourseThatWasBegunIsSaved();
    void theOtherCoursesComeBack();
    void coursesOfAnyRunComeBack();
    void aRunTakenBackKeepsItsEnd();
    void whatIsPendingIsPendingStill_data();
    void whatIsPendingIsPendingStill();
    void changesByHandStayWithTheirCourse();
    void aDatumIsTheSameHoweverTheChunksAreCut_data();
    void aDatumIsTheSameHoweverTheChunksAreCut();
    void changesAndEditsOfAnyRunComeBack();
};

void TestSavedCourses::aCourseThatWasBegunIsSaved()
{
    const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9)"));
    TrainingSession session(prepared.experiment, prepared.data);
    for (int i = 0; i < 30; ++i)
        session.post(StepCommand{Granularity::Update});
    session.post(GoToCommand{10});
    session.post(ChangeCommand{{Setting::Momentum, 0.5}});
    for (int i = 0; i < 5; ++i)
        session.post(StepCommand{Granularity::Update});
    session.post(ViewCommand{});
    const test::Prepared file = read(writeExperiment(session.saved()));
    QCOMPARE(file.experiment.session->losses.size(), std::size_t{15});
    const SessionNews there = waitForUpdate(session, 15); // not of the way to 30: the save came behind that
    TrainingSession reopened(file.experiment, file.data);
    QVERIFY(waitForUpdate(reopened, 15).frame->after == there.frame->after);
}

namespace {

/// A session whose news are kept together.
class Watched
{
public:
    explicit Watched(const test::Prepared& prepared)
        : m_session(prepared.experiment, prepared.data)
    {}

    void post(Command command) { m_session.post(std::move(command)); }
    void step(int updates)
    {
        for (int i = 0; i < updates; ++i)
            post(StepCommand{Granularity::Update});
    }
    /// As it is when everything that was posted has been obeyed: a save is answered behind it.
    const SessionNews& news()
    {
        post(ViewCommand{});
        m_session.saved();
        SessionNews next = m_session.take();
        next.otherCourses = next.otherCourses ? next.otherCourses : m_news.otherCourses;
        next.curve = next.curve ? next.curve : m_news.curve;
        return m_news = std::move(next);
    }
    test::Prepared reread() { return read(writeExperiment(m_session.saved())); }

private:
    TrainingSession m_session;
    SessionNews m_news;
};

QString courseDifference(const Course& one, const Course& other)
{
    if (one.number != other.number || one.forkedAfter != other.forkedAfter || one.change != other.change)
        return QStringLiteral("its name");
    if (one.furthest != other.furthest)
        return QStringLiteral("how far it was computed");
    const auto marks = [](const Course& course) { // of several changes at once the last counts
        std::map<std::pair<std::int64_t, Setting>, std::string> last;
        for (const ChangeMark& mark : course.curve->marks())
            last[{mark.update, mark.change.setting}] = settingText(mark.change);
        QStringList texts;
        for (const auto& [of, text] : last)
            texts << QStringLiteral("%1: %2").arg(of.first).arg(QString::fromStdString(text));
        return texts.join(u' ');
    };
    if (marks(one) != marks(other))
        return QStringLiteral("marks: %1 / %2").arg(marks(one), marks(other));
    return std::ranges::equal(one.curve->losses().buckets(), other.curve->losses().buckets())
               ? QString()
               : QStringLiteral("the curve");
}

/// What waits, in whatever order it was asked for: of several changes of a setting the last counts.
std::map<Setting, std::string> waiting(const Frame& frame)
{
    std::map<Setting, std::string> last;
    for (const SettingChange& change : frame.pending)
        last[change.setting] = settingText(change);
    return last;
}

/// Both stand at the same moment of the same course, and have the same other ones with the same ends.
QString sessionDifference(Watched& one, Watched& other)
{
    const SessionNews here = one.news();
    const SessionNews there = other.news();
    if (here.course != there.course || here.furthest != there.furthest)
        return QStringLiteral("the present course: %1 / %2, furthest %3 / %4")
            .arg(here.course)
            .arg(there.course)
            .arg(here.furthest)
            .arg(there.furthest);
    if (!(here.frame->position == there.frame->position) || here.frame->before != there.frame->before)
        return QStringLiteral("where it stands");
    const std::vector<Course> none;
    const auto& ours = here.otherCourses ? *here.otherCourses : none;
    const auto& theirs = there.otherCourses ? *there.otherCourses : none;
    if (ours.size() != theirs.size())
        return QStringLiteral("%1 and %2 courses").arg(ours.size()).arg(theirs.size());
    for (std::size_t i = 0; i < ours.size(); ++i)
        if (const QString wrong = courseDifference(ours[i], theirs[i]); !wrong.isEmpty())
            return QStringLiteral("course %1: ").arg(ours[i].number) + wrong;
    for (const Course& course : ours) {
        one.post(CourseCommand{course.number});
        other.post(CourseCommand{course.number});
        const SessionNews end = one.news();
        const SessionNews same = other.news();
        if (!(end.frame->position == same.frame->position) || end.frame->before != same.frame->before ||
            waiting(*end.frame) != waiting(*same.frame))
            return QStringLiteral("the end of course %1").arg(course.number);
    }
    return {};
}

} // namespace

void TestSavedCourses::theOtherCoursesComeBack()
{
    const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9)"));
    Watched session(prepared);
    session.step(60);
    session.post(GoToCommand{20});
    session.post(ChangeCommand{{Setting::Momentum, 0.5}}); // course 2
    session.step(30);
    session.post(GoToCommand{0});
    session.post(ChangeCommand{{Setting::LearningRate, 0.01}}); // course 3, from the very beginning
    session.step(12);
    session.post(GoToCommand{5});
    session.post(EditCommand{{"hidden.W_h[3,2]", 0.4}}); // course 4
    session.step(3);
    session.post(StepCommand{Granularity::TimeStep});
    session.post(CourseCommand{2});
    const test::Prepared file = session.reread();
    QCOMPARE(file.experiment.session->course.number, 2);
    QCOMPARE(file.experiment.session->otherCourses.size(), std::size_t{3});
    Watched reopened(file);
    QCOMPARE(sessionDifference(session, reopened), QString());
    QCOMPARE(reopened.news().course, 4);
    // Another one, begun now, is the fifth; saved again, nothing is lost.
    for (Watched* each : {&session, &reopened}) {
        each->post(GoToCommand{6});
        each->post(ChangeCommand{{Setting::K2, StepCount(3)}});
        each->post(StepCommand{Granularity::Update});
        QCOMPARE(each->news().course, 5);
    }
    const test::Prepared again = reopened.reread();
    Watched twice(again);
    QCOMPARE(sessionDifference(session, twice), QString());
}

void TestSavedCourses::coursesOfAnyRunComeBack()
{
    for (unsigned seed = 1; seed <= 25; ++seed) {
        const test::Prepared prepared(test::RandomExperiment(seed).make());
        Watched session(prepared);
        std::mt19937 random(seed);
        for (int doing = 0; doing < 12; ++doing) {
            switch (random() % 5) {
            case 0:
                session.post(GoToCommand{static_cast<std::int64_t>(random() % 8)});
                break;
            case 1:
                session.post(ChangeCommand{{Setting::Momentum, 0.1 * static_cast<double>(random() % 9)}});
                break;
            case 2:
                session.post(CourseCommand{static_cast<std::int64_t>(random() % 4)});
                break;
            default:
                session.step(4);
                session.post(StepCommand{Granularity::Layer});
            }
        }
        const test::Prepared file = session.reread();
        Watched reopened(file);
        const QString wrong = sessionDifference(session, reopened);
        QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("seed %1: ").arg(seed) + wrong));
    }
}

void TestSavedCourses::aRunTakenBackKeepsItsEnd()
{
    const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9)"));
    Watched session(prepared);
    session.step(30);
    session.post(GoToCommand{10});
    const test::Prepared file = session.reread();
    QCOMPARE(file.experiment.session->moment.update, 10);
    Watched reopened(file);
    const SessionNews here = reopened.news();
    QCOMPARE(here.frame->position.update, 10);
    QCOMPARE(here.furthest, 30);
    QCOMPARE(here.curve->lastUpdate(), 30);
    reopened.post(StepCommand{Granularity::Update});
    QVERIFY(reopened.news().points.empty()); // it is known
    reopened.post(GoToCommand{30});
    session.post(GoToCommand{30});
    QVERIFY(reopened.news().frame->after == session.news().frame->after);
}

void TestSavedCourses::whatIsPendingIsPendingStill_data()
{
    QTest::addColumn<Granularity>("granularity");
    QTest::addColumn<SettingChange>("change");
    QTest::newRow("changed between two updates")
        << Granularity::Update << SettingChange{Setting::K2, StepCount(4)};
    QTest::newRow("changed while an update is gathered")
        << Granularity::TimeStep << SettingChange{Setting::LearningRate, 0.01};
    QTest::newRow("for the next epoch") << Granularity::Update << SettingChange{Setting::Chunk, StepCount(7)};
}

void TestSavedCourses::whatIsPendingIsPendingStill()
{
    QFETCH(Granularity, granularity);
    QFETCH(SettingChange, change);
    const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9)"));
    Watched session(prepared);
    session.step(7);
    session.post(StepCommand{granularity});
    session.post(ChangeCommand{change});
    const test::Prepared file = session.reread();
    Watched reopened(file);
    for (Watched* each : {&session, &reopened}) {
        const auto pending = each->news().frame->pending;
        QCOMPARE(pending.size(), std::size_t{1});
        QVERIFY(pending.front() == change);
    }
    reopened.post(StepCommand{Granularity::Epoch});
    QVERIFY(reopened.news().frame->pending.empty() == (change.setting != Setting::Chunk));
    reopened.post(StepCommand{Granularity::Update});
    const auto frame = reopened.news().frame;
    QVERIFY(frame->pending.empty());
    QVERIFY(settingValue(frame->settings, change.setting) == change.value);
}

/// Another course goes on with the file's own schedule, not with what was changed by hand on the one it left;
/// that does not become the file's own by saving it.
void TestSavedCourses::changesByHandStayWithTheirCourse()
{
    const test::Prepared prepared =
        test::prepareText(echo(R"("k1": 5, "k2": 9, "schedule": [{"update": 18, "set": {"k1": 3}}])"));
    Watched session(prepared);
    session.step(12);
    session.post(ChangeCommand{{Setting::Momentum, 0.5}}); // in force for update 13
    session.post(StepCommand{Granularity::Update});
    const test::Prepared file = session.reread();
    Watched reopened(file);
    for (Watched* each : {&session, &reopened}) {
        each->post(GoToCommand{4});
        each->post(ChangeCommand{{Setting::LearningRate, 0.02}});
        each->step(16);
        const auto settings = each->news().frame->settings;
        QCOMPARE(settings.learningRate, 0.02);
        QCOMPARE(settings.momentum, 0.9);
        QVERIFY(settings.k1 == StepCount(3));
    }
    QVERIFY(session.news().frame->after == reopened.news().frame->after);
}

void TestSavedCourses::aDatumIsTheSameHoweverTheChunksAreCut_data()
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
void TestSavedCourses::aDatumIsTheSameHoweverTheChunksAreCut()
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
void TestSavedCourses::changesAndEditsOfAnyRunComeBack()
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

QTEST_APPLESS_MAIN(TestSavedCourses)
#include "test_saved_courses.moc"
