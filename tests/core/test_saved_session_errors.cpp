#include "core/experiment/input_error.h"
#include "core/session/kept_course.h"
#include "tests/support/saved_runs.h"

#include <array>
#include <random>

using namespace chronograd;
using test::echo;
using test::read;
using test::Run;

/// Files that do not fit are refused with a sentence; spoiled ones do no harm.
class TestSavedSessionErrors : public QObject
{
    Q_OBJECT

private slots:
    void whatDoesNotFitIsRefused_data();
    void whatDoesNotFitIsRefused();
    void spoiledSessionsDoNoHarm();
};

void TestSavedSessionErrors::whatDoesNotFitIsRefused_data()
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
    row("a stretch of losses of more updates than it has", "\"update\": 60",
        "\"losses\": [[1, 3, 4, 0.1, 0.2, 0.3]], \"update\": 60",
        "/session/losses/0/2: must be a whole number from 2 to 3");
    row("a loss of three numbers", "\"update\": 60", "\"losses\": [[1, 3, 4]], \"update\": 60",
        "/session/losses/0: must be [update, loss] or [first, last, count, least, mean, greatest]");
    row("a course twice", "\"number\": 2,\n", "\"number\": 1,\n",
        "/session/other_courses/1/number: must be greater than that of the course before, 1, is 1");
    row("a course that training was on and was not", "\"number\": 2,\n", "\"number\": 3,\n",
        "/session/other_courses/1/number: is that of the course that training was on; must be another");
    row("a course without its end", "\"end\"", "\"losses\"", "/session/other_courses/0");
    row("a course whose end is only an update", "\"end\": {", "\"end\": {\"update\": 60}, \"x\": {",
        "/session/other_courses/0");
    row("a course begun by two settings", "\"set\": {\"momentum\": 0.5}",
        "\"set\": {\"momentum\": 0.5, \"k1\": 2}", "/session/other_courses/1/set: must be one setting");
    row("a loss that does not fit, on another course", "\"set\": {\"momentum\": 0.5}}\n",
        "\"set\": {\"loss\": \"cross_entropy\"}}\n",
        "/session/other_courses/1/schedule/0/set/loss: cross_entropy needs a last layer");
    row("an edit of a step that is not there, on another course", "\"set\": {\"momentum\": 0.5}}\n",
        "\"edit\": {\"input[1]@5#900\": 1}}\n",
        "/session/other_courses/1: the edit \"input[1]@5#900\" names a sequence that is not there");
    row("a checkpoint of another course that does not fit", "\"end\": {",
        "\"checkpoints\": [{\"place\": 9}], \"end\": {", "/session/other_courses/0/checkpoints");
    row("an end of the course that is only an update", "\"furthest\": {",
        "\"furthest\": {\"update\": 8}, \"y\": {", "/session/furthest");
    row("courses that are no list", "\"other_courses\": [", "\"other_courses\": 3, \"z\": [",
        "/session/other_courses");
    row("a list of choices that is none", "\"undo\": {", "\"undo\": 3, \"z\": {",
        "/session/undo: must be an object, is 3");
    row("choices of which nobody tells how many are done", "\"done\": 2,", "", "/session/undo/done: missing");
    row("more choices done than there are", "\"done\": 2", "\"done\": 4",
        "/session/undo/done: must be a whole number from 0 to 3");
    row("a choice that nothing takes back", "{\"before\": {\"course\": 2}, ", "{",
        "/session/undo/entries/2/before: missing");
    row("a choice of two kinds", "{\"course\": 2}", "{\"course\": 2, \"set\": {\"k1\": 3}}",
        "/session/undo/entries/2/before: must be one of {\"set\": …}, {\"edit\": …} and {\"course\": …}");
    row("a choice of no setting", "{\"set\": {\"k1\": 5}}", "{\"set\": {}}",
        "/session/undo/entries/0/before/set: must be at least one setting");
    row("a choice that another would take back", "{\"set\": {\"k1\": 5}}", "{\"set\": {\"k2\": 5}}",
        "/session/undo/entries/0/after: must be a choice of what \"before\" is one of: k2");
    row("a setting out of its range, to be undone", "{\"set\": {\"k1\": 5}}", "{\"set\": {\"k1\": 0}}",
        "/session/undo/entries/0/before/set/k1: must be a whole number from 1");
    row("a loss that does not fit, to be undone", "{\"k1\": 5}", "{\"loss\": \"cross_entropy\"}",
        "/session/undo/entries/0/before/set/loss: cross_entropy needs a last layer");
    row("two numbers in one choice", "{\"input[1]@5#3\": 0.5}",
        "{\"input[1]@5#3\": 0.5, \"input[1]@6#3\": 1}",
        "/session/undo/entries/1/before/edit: must be one number");
    row("a weight that is not there, to be undone", "{\"input[1]@5#3\": 0.5}", "{\"hidden.b[99]\": 0.5}",
        "/session/undo/entries/1/before/edit/hidden.b[99]: outside the parameter");
    row("an edit of a step that is not there, to be undone", "input[1]@5#3", "input[1]@5#900",
        "/session/undo: the edit \"input[1]@5#900\" names a sequence that is not there");
    row("a course that the session does not have, to be undone", "{\"course\": 2}", "{\"course\": 9}",
        "/session/undo/entries/2/before/course: must be the number of a course of this session, is 9");
}

namespace {

/// Of a session with two other courses, the first with checkpoints of its own, and choices made by hand.
std::string fileWithCourses()
{
    const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9)"));
    TrainingSession session(prepared.experiment, prepared.data);
    const auto step = [&session](int updates) {
        for (int i = 0; i < updates; ++i)
            session.post(StepCommand{Granularity::Update});
    };
    step(60);
    session.post(GoToCommand{3});
    session.post(ChangeCommand{{Setting::Momentum, 0.5}});
    step(60);
    session.post(GoToCommand{0});
    session.post(EditCommand{{"hidden.W_h[3,2]", 0.4}});
    step(8);
    session.post(GoToCommand{6});
    const std::vector<SettingChange> five{{Setting::K1, StepCount(5)}};
    const std::vector<SettingChange> four{{Setting::K1, StepCount(4)}};
    const UndoList list{{{five, four},
                         {Edit{"input[1]@5#3", 0.5}, Edit{"input[1]@5#3", 0.25}},
                         {CourseChoice{2}, CourseChoice{1}}},
                        2};
    return writeExperiment(session.saved(list));
}

} // namespace

void TestSavedSessionErrors::whatDoesNotFitIsRefused()
{
    QFETCH(QString, replace);
    QFETCH(QString, with);
    QFETCH(QString, told);
    const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9)"));
    Run run(prepared);
    for (int i = 0; i < 60; ++i)
        run.trainer().advance(Granularity::Update);
    const bool isOfCourses = told.contains(QStringLiteral("course")) ||
                             told.contains(QStringLiteral("furthest")) ||
                             told.contains(QStringLiteral("undo"));
    QString text = QString::fromStdString(isOfCourses ? fileWithCourses() : run.file());
    const qsizetype session = text.indexOf(QStringLiteral("\"session\""));
    const qsizetype from = text.indexOf(QStringLiteral("\"checkpoints\""), session);
    qsizetype at = text.indexOf(replace, isOfCourses ? session : from);
    if (at < 0)
        at = text.indexOf(replace, session);
    QVERIFY2(at > 0, qPrintable(replace));
    if (with.contains(QStringLiteral("#900"))) // a number, wherever it is
        text.replace(replace, with);
    else
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
void TestSavedSessionErrors::spoiledSessionsDoNoHarm()
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
    texts.push_back(fileWithCourses());
    constexpr std::array<const char*, 9> numbers{"0",   "-1",   "1",     "7",    "1e308",
                                                 "2.5", "null", "99999", "\"x\""};
    std::mt19937 random(7);
    int refused = 0;
    int trained = 0;
    int returned = 0;
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
            for (const KeptCourse& course :
                 adoptedCourses(run.trainer(), run.timeline(), spoiled.experiment, spoiled.data))
            {
                run.trainer().setSchedule(course.schedule);
                course.timeline.goTo(run.trainer(), std::min<std::int64_t>(course.course.furthest, 70),
                                     course.end);
                test::wholeFrame(run.trainer());
                ++returned;
            }
        } catch (const InputError&) {
            ++refused;
        }
    }
    QVERIFY2(refused > 50 && trained > 80 && returned > 10,
             qPrintable(QStringLiteral("%1 %2 %3").arg(refused).arg(trained).arg(returned)));
}

QTEST_APPLESS_MAIN(TestSavedSessionErrors)
#include "test_saved_session_errors.moc"
