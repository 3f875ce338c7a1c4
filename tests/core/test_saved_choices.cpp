#include "tests/support/saved_runs.h"

#include <cmath>
#include <future>
#include <random>

using namespace chronograd;
using test::echo;
using test::read;

/// Saved and reopened: the list of what was chosen by hand, for undo and redo.
class TestSavedChoices : public QObject
{
    Q_OBJECT

private slots:
    void choicesByHandComeBack();
    void choicesThatNoFileCanTellAreLeftOut();
};

namespace {

/// Of three courses, the present one the third.
TrainingSession& onThirdCourse(TrainingSession& session)
{
    for (int course = 0; course < 3; ++course) {
        session.post(StepCommand{Granularity::Update});
        session.post(StepCommand{Granularity::Update});
        if (course < 2) {
            session.post(GoToCommand{1});
            session.post(ChangeCommand{{Setting::Momentum, 0.1 * (course + 1)}});
        }
    }
    return session;
}

UndoEntry anyEntry(std::mt19937& random)
{
    const auto number = [&random] { return static_cast<double>(random()) / 7e9 + 1e-6; };
    const auto steps = [&random] {
        return random() % 4 == 0 ? StepCount::wholeSequence()
                                 : StepCount(1 + static_cast<std::int64_t>(random() % 90));
    };
    const auto course = [&random] { return CourseChoice{1 + static_cast<std::int64_t>(random() % 3)}; };
    switch (random() % 4) {
    case 0:
        return {std::vector<SettingChange>{{Setting::K1, steps()}, {Setting::K2, steps()}},
                std::vector<SettingChange>{{Setting::K1, steps()}, {Setting::K2, steps()}}};
    case 1: {
        const auto norm = [&]() -> SettingValue {
            return random() % 2 == 0 ? SettingValue(NoValue{}) : SettingValue(number());
        };
        return {std::vector<SettingChange>{{Setting::ClipNorm, norm()}},
                std::vector<SettingChange>{{Setting::ClipNorm, norm()}}};
    }
    case 2: {
        const std::string of = random() % 2 == 0 ? "hidden.W_h[3,2]" : "target[1]@5#3";
        return {Edit{of, -number()}, Edit{of, number()}};
    }
    default:
        return {course(), course()};
    }
}

} // namespace

void TestSavedChoices::choicesByHandComeBack()
{
    const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9)"));
    TrainingSession session(prepared.experiment, prepared.data);
    onThirdCourse(session);
    for (unsigned seed = 1; seed <= 60; ++seed) {
        std::mt19937 random(seed);
        UndoList list;
        for (auto entries = random() % 9; entries > 0; --entries)
            list.entries.push_back(anyEntry(random));
        list.done = random() % (list.entries.size() + 1);
        const test::Prepared file = read(writeExperiment(session.saved(list)));
        QCOMPARE(file.experiment.session->course.number, 3);
        QVERIFY2(file.experiment.session->undo == list, qPrintable(QString::number(seed)));
        const TrainingSession reopened(file.experiment, file.data); // and nothing is said against it
    }
}

/// Of a course that is not kept any more, or that a kept run leaves out, and of numbers that are not finite.
void TestSavedChoices::choicesThatNoFileCanTellAreLeftOut()
{
    const test::Prepared prepared = test::prepareText(echo(R"("k1": 5, "k2": 9)"));
    TrainingSession session(prepared.experiment, prepared.data);
    onThirdCourse(session);
    const auto momentum = [](double value) { return std::vector<SettingChange>{{Setting::Momentum, value}}; };
    const UndoEntry setting{momentum(0.9), momentum(0.8)};
    const UndoEntry later{momentum(0.8), momentum(0.7)};
    const UndoEntry known{CourseChoice{1}, CourseChoice{3}};
    const UndoEntry diverged{Edit{"hidden.b[1]", std::nan("")}, Edit{"hidden.b[1]", 0.0}};
    const UndoList list{{setting, {CourseChoice{1}, CourseChoice{7}}, diverged, known, later}, 4};
    QVERIFY(session.saved(list).session->undo == (UndoList{{setting, known, later}, 2}));

    const auto promise = std::make_shared<std::promise<SavedRun>>();
    session.post(SaveCommand{.to = promise, .what = SaveCommand::What::Course, .undo = list});
    QVERIFY(promise->get_future().get().experiment.session->undo == (UndoList{{setting, later}, 1}));
}

QTEST_APPLESS_MAIN(TestSavedChoices)
#include "test_saved_choices.moc"
