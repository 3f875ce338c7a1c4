#include "core/explain/explain.h"
#include "tests/support/opened_window.h"
#include "ui/graph/graph_canvas.h"
#include "ui/graph/graph_view.h"
#include "ui/inspector/formula_view.h"
#include "ui/inspector/inspector_panel.h"
#include "ui/main_window/experiment_chooser.h"
#include "ui/theme/card.h"
#include "ui/worked/worked_model.h"
#include "ui/worked/worked_panel.h"

#include <QLabel>
#include <QListWidget>
#include <QTableView>
#include <QTest>

using namespace chronograd;
using test::Opened;
using test::patience;

namespace {

std::filesystem::path ready(const char* name)
{
    return std::filesystem::path(CHRONOGRAD_SOURCE_DIR) / "resources" / "experiments" /
           (std::string(name) + ".chronograd.json");
}

/// The window on the 2-3-2-1 example, before its first step.
struct Worked : Opened
{
    Worked()
    {
        window.open(ready("worked-2-3-2-1"));
        waitForUpdate(1);
        click("restart");
        reachedStart = QTest::qWaitFor([this] { return frame().position.phase == Phase::Ready; }, patience);
        table = find<QTableView>("bookValues");
        model = static_cast<const WorkedModel*>(table->model());
    }

    int rowOf(const char* alias) const
    {
        const auto& entries = model->example().entries();
        for (int row = 0; row < int(entries.size()); ++row)
            if (entries[std::size_t(row)].book.alias == alias)
                return row;
        return -1;
    }
    QString text(const char* alias, WorkedModel::Column column) const
    {
        return model->data(model->index(rowOf(alias), column), Qt::DisplayRole).toString();
    }
    QString details() { return find<QLabel>("details")->text(); }
    void choose(const char* alias)
    {
        const QModelIndex index = model->index(rowOf(alias), WorkedModel::Name);
        table->scrollTo(index);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(index).center());
    }
    bool step(Granularity granularity, Phase phase, int layer)
    {
        window.bridge().post(StepCommand{granularity});
        return QTest::qWaitFor(
            [&] { return frame().position.phase == phase && frame().position.layer == layer; }, patience);
    }

    bool reachedStart = false;
    QTableView* table = nullptr;
    const WorkedModel* model = nullptr;
};

} // namespace

class TestWorkedCard : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("CHRONOGRAD_RESOURCES", CHRONOGRAD_SOURCE_DIR "/resources"); }

    void theCardIsThereForWorkedExamplesOnly()
    {
        Opened opened;
        Card* card = opened.find<Card>("worked");
        QVERIFY(card->isHidden());
        QVERIFY(!card->toggleViewAction()->isVisible());
        opened.action("All cards at their places")->trigger();
        QVERIFY(card->isHidden());
        QVERIFY(opened.window.open(ready("worked-2-3-2-1")));
        QTRY_VERIFY(card->isVisible() && card->toggleViewAction()->isVisible());
        QVERIFY(opened.window.open(ready("echo-three-back")));
        QTRY_VERIFY(card->isHidden());
    }

    void marksComeWhileStepping()
    {
        Worked worked;
        QVERIFY(worked.reachedStart);
        QCOMPARE(worked.text("O3", WorkedModel::Engine), QString());
        QCOMPARE(worked.text("O3", WorkedModel::Book), QStringLiteral("0.52"));
        QVERIFY(worked.step(Granularity::Layer, Phase::Forward, 0));
        QTRY_COMPARE(worked.text("O3", WorkedModel::Engine), QStringLiteral("0.5250"));
        QCOMPARE(worked.text("O3", WorkedModel::MarkColumn), QStringLiteral("✓ agrees"));
        QCOMPARE(worked.text("O6", WorkedModel::Engine), QString());
        // what was computed last is marked, by a sign too
        QCOMPARE(worked.text("O3", WorkedModel::Name), QStringLiteral("▸ O3"));
        QVERIFY(worked.model->data(worked.model->index(worked.rowOf("O3"), 0), Qt::BackgroundRole).isValid());
        QVERIFY(worked.step(Granularity::Layer, Phase::Forward, 1));
        QTRY_COMPARE(worked.text("O3", WorkedModel::Name), QStringLiteral("O3"));
        QCOMPARE(worked.text("O6", WorkedModel::Name), QStringLiteral("▸ O6"));
        QCOMPARE(worked.text("I6", WorkedModel::MarkColumn), QStringLiteral("≈ rounded"));
        worked.window.bridge().post(StepCommand{Granularity::Update});
        QTRY_COMPARE(worked.text("new w13", WorkedModel::MarkColumn), QStringLiteral("↳ follows"));
        QCOMPARE(worked.text("δ3", WorkedModel::MarkColumn), QStringLiteral("✗ wrong"));
        QCOMPARE(worked.text("δ3", WorkedModel::Engine), QStringLiteral("0.008655"));
        QCOMPARE(worked.text("δ3", WorkedModel::Book), QStringLiteral("−0.0087"));
    }

    /// All 46 of the text, beside each its mark.
    void theMarksOfTheWholeExampleAreThere()
    {
        Worked worked;
        QVERIFY(worked.reachedStart);
        worked.click("step");
        QVERIFY(worked.waitForUpdate(1));
        const auto marked = [&worked](const char* mark) {
            int count = 0;
            for (int row = 0; row < worked.model->rowCount(); ++row)
                count += worked.model->index(row, WorkedModel::MarkColumn)
                             .data()
                             .toString()
                             .startsWith(QString::fromUtf8(mark));
            return count;
        };
        QCOMPARE(worked.model->rowCount(), 46);
        QTRY_COMPARE(marked("✓"), 28);
        QCOMPARE(marked("≈"), 13);
        QCOMPARE(marked("✗"), 1);
        QCOMPARE(marked("↳"), 4);
    }

    void aChosenNumberIsShownEverywhere()
    {
        Worked worked;
        worked.window.bridge().post(StepCommand{Granularity::Update});
        QVERIFY(worked.waitForUpdate(1));
        worked.choose("δ3");
        const Quantity delta = parseQuantity("h1.delta[1]@1", *worked.frame().network);
        QCOMPARE(worked.window.findChild<GraphView*>()->canvas().state().selection, std::optional(delta));
        auto* inspector = worked.window.findChild<InspectorPanel*>();
        bool isNamed = false;
        for (const QLabel* label : inspector->findChildren<QLabel*>())
            isNamed = isNamed || label->text() == QStringLiteral("h1 unit 1 at t = 1");
        QVERIFY(isNamed);
        QVERIFY(worked.details().contains(QStringLiteral("The engine has 0.008655")));
        QVERIFY(worked.details().contains(QStringLiteral("wrong sign"))); // the note of the file
        worked.choose("Δw13");
        QVERIFY(worked.details().contains(QStringLiteral("Wrong because δ3 is")));
        worked.window.select("h2.out[2]@1"); // chosen elsewhere, as in the graph
        QVERIFY(worked.details().contains(QStringLiteral("O7")));
        worked.choose("Δw13");
        QTest::keyClick(worked.table, Qt::Key_Up);
        QVERIFY(worked.details().contains(QStringLiteral("Δw23")));
    }

    void aNumberOfAnEarlierUpdateLeadsThere()
    {
        Worked worked;
        worked.window.bridge().post(StepCommand{Granularity::Update});
        QVERIFY(worked.waitForUpdate(1));
        worked.window.bridge().post(StepCommand{Granularity::Update});
        QVERIFY(worked.waitForUpdate(2));
        QCOMPARE(worked.text("O3", WorkedModel::MarkColumn), QStringLiteral("✓ agrees"));
        // as if update 1 had never been looked at
        auto* panel = worked.window.findChild<WorkedPanel*>();
        panel->forget();
        panel->showFrame(worked.frame());
        worked.choose("O3");
        auto* details = worked.find<QLabel>("details");
        QVERIFY(details->text().contains(QStringLiteral("<a href=\"1\">")));
        emit details->linkActivated(QStringLiteral("1"));
        QTRY_COMPARE(worked.frame().position.update, std::int64_t{1});
        QTRY_COMPARE(worked.text("O3", WorkedModel::MarkColumn), QStringLiteral("✓ agrees"));
    }

    /// Nothing is marked while the card is behind another; what was to be marked is not lost.
    void behindAnotherCardNothingIsDone()
    {
        Worked worked;
        QVERIFY(worked.reachedStart);
        worked.find<Card>("experiment")->raise();
        QTest::qWait(50); // the tabs change behind the event loop
        for (int update = 1; update <= 3; ++update) {
            worked.window.bridge().post(StepCommand{Granularity::Update});
            QVERIFY(worked.waitForUpdate(update));
        }
        QCOMPARE(worked.text("δ3", WorkedModel::MarkColumn), QStringLiteral("–"));
        worked.find<Card>("worked")->raise();
        QTRY_COMPARE(worked.text("δ3", WorkedModel::MarkColumn), QStringLiteral("✗ wrong"));
        QCOMPARE(worked.text("new w13", WorkedModel::MarkColumn), QStringLiteral("↳ follows"));
    }

    void aRowShowsTheSideItIsExplainedOn()
    {
        Worked worked;
        worked.window.bridge().post(StepCommand{Granularity::Update});
        QVERIFY(worked.waitForUpdate(1));
        const auto formula = [&] {
            for (const FormulaView* view :
                 worked.window.findChild<InspectorPanel*>()->findChildren<FormulaView*>())
                if (view->isVisible())
                    return view->formula().text();
            return QString();
        };
        worked.choose("δ3");
        QVERIFY(formula().startsWith(u'δ'));
        worked.choose("O3");
        QTRY_VERIFY(formula().contains(QStringLiteral("net")));
    }

    void theChooserSaysWhatTheyAreFor()
    {
        const ExperimentChooser chooser;
        const auto* list = chooser.findChild<QListWidget*>();
        QStringList worked;
        for (int row = 0; row < list->count(); ++row)
            for (int role = Qt::UserRole; role < Qt::UserRole + 4; ++role)
                if (const QString text = list->item(row)->data(role).toString();
                    text.contains(QStringLiteral("of a book")))
                    worked << list->item(row)->text();
        QCOMPARE(worked.size(), 3);
        for (const QString& name : worked)
            QVERIFY(name.startsWith(QStringLiteral("Worked example")));
    }
};

QTEST_MAIN(TestWorkedCard)
#include "test_worked_card.moc"
