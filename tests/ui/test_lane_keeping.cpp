#include "tests/support/compared_window.h"
#include "tests/support/kept_window.h"
#include "ui/library/run_record.h"

using namespace chronograd;
using test::Compared;

/// Lanes in the run library, where they are kept like runs.
class TestLaneKeeping : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_library.renew(); }
    void lanesKeepThemselvesInTheLibrary();
    void aNumberEditedInALaneIsKept();
    void aLaneThatEvolvesIsKeptAsACurve();

private:
    /// What is kept of the lane with such an end of its name; without an id: nothing.
    RunEntry entryOf(const char* name) const
    {
        const auto runs = m_library.kept();
        const auto found = std::ranges::find_if(
            runs, [name](const RunEntry& run) { return run.name.endsWith(QString::fromUtf8(name)); });
        return found == runs.end() ? RunEntry() : *found;
    }
    Experiment experimentKept(const RunEntry& run) const
    {
        return experimentOf(run, *RunStore(m_library.file(), RunStore::Check::Quick).session(run.id));
    }

    test::TestLibrary m_library;
};

void TestLaneKeeping::lanesKeepThemselvesInTheLibrary()
{
    {
        Compared opened(MainWindow::Memory::Kept);
        opened.forkWith("k2", "2");
        QTest::qWait(1000);
        QVERIFY(m_library.kept().empty()); // a lane that has not trained is not worth keeping
        const std::int64_t ofRun = opened.frame().position.update;
        for (int step = 1; step <= 4; ++step) {
            opened.click("stepLanes");
            QVERIFY(opened.areAll(ofRun + step));
        }
        QVERIFY(opened.waitFor(
            [&] { return entryOf("→ 2").update == ofRun + 4 && entryOf("as it is").update == ofRun + 4; }));
        const RunEntry run = entryOf("→ 2");
        QVERIFY(run.name.startsWith(QStringLiteral("Sunspots: ")));
        QCOMPARE(run.k2, 2);
        QVERIFY(run.tags.contains(QStringLiteral("lane")) && run.curve.size() > 1);
        // Left within a second: what it came to is kept first, then the lane ends.
        opened.click("stepLanes");
        QVERIFY(opened.areAll(run.update + 1));
        QTest::mouseClick(opened.buttonOf(1, "laneRemove"), Qt::LeftButton);
        QVERIFY(opened.waitFor([&] { return entryOf("→ 2").update == run.update + 1; }));
        opened.click("stepLanes");
        QVERIFY(opened.areAll(run.update + 2));
        opened.window.close();
    }
    QCOMPARE(m_library.kept().size(), std::size_t{2}); // the run itself was only looked at
    const RunEntry reference = entryOf("as it is");
    QCOMPARE(reference.update, entryOf("→ 2").update + 1);
    // Back in the window as any other run.
    QCOMPARE(experimentKept(reference).session->moment.update, reference.update);
}

void TestLaneKeeping::aNumberEditedInALaneIsKept()
{
    Compared opened(MainWindow::Memory::Kept);
    opened.forkWith("k2", "2");
    opened.click("stepLanes");
    QVERIFY(opened.areAll(2));
    QVERIFY(opened.waitFor([&] { return entryOf("→ 2").update == 2; }));
    const auto edits = [this] {
        std::size_t all = 0;
        for (const ScheduleEntry& entry : experimentKept(entryOf("→ 2")).training.schedule)
            all += entry.edits.size();
        return all;
    };
    QCOMPARE(edits(), std::size_t{0});
    QVERIFY(opened.window.select("hidden.W_h[1,2]"));
    opened.action("Change the number shown")->trigger();
    auto* value = opened.find<QLineEdit>("value");
    QTest::keyClicks(value, QStringLiteral("0.75"));
    QTest::keyClick(value, Qt::Key_Return);
    QVERIFY(opened.waitFor([&] { return edits() == 1; })); // though it does not train
}

void TestLaneKeeping::aLaneThatEvolvesIsKeptAsACurve()
{
    Compared opened(MainWindow::Memory::Kept);
    opened.openForkDialog();
    opened.inDialog<QAbstractButton>("forkDialog", "forkEvolves")->click();
    QTest::mouseClick(opened.inDialog<QPushButton>("forkDialog", "forkAccept"), Qt::LeftButton);
    QVERIFY(opened.waitFor([&] { return opened.panel().comparison() != nullptr; }));
    for (int generation = 1; generation <= 3; ++generation) {
        opened.click("stepLanes");
        QVERIFY(opened.waitFor([&] { // both: one that is ahead waits
            return std::ranges::all_of(opened.lanes().lanes(), [generation](const auto& each) {
                return each->updates() == each->firstUpdate() + generation;
            });
        }));
    }
    opened.panel().clear(); // left before its turn
    opened.action("Run library…")->trigger();
    auto* list = opened.window.findChild<QDialog*>(QStringLiteral("runLibrary"));
    QVERIFY(list != nullptr);
    const auto runs = m_library.kept();
    const auto kept = std::ranges::find_if(runs, &RunEntry::isCurveOnly);
    QVERIFY(kept != runs.end());
    QVERIFY(kept->curve.size() == 3 && kept->loss && kept->seed != 0 && kept->update >= 3);
    QVERIFY(kept->tags.contains(QStringLiteral("evolution")) &&
            kept->name.startsWith(QStringLiteral("Sunspots")));
    auto* search = list->findChild<QLineEdit*>(QStringLiteral("search"));
    QTest::keyClicks(search, QStringLiteral("evolution"));
    QTest::keyClick(search, Qt::Key_Return);
    list->findChild<QPushButton*>(QStringLiteral("reopen"))->click();
    const QString words = list->findChild<QLabel*>(QStringLiteral("problem"))->text();
    QVERIFY2(words.contains(QStringLiteral("no session to go on with")), qPrintable(words));
    list->findChild<QPushButton*>(QStringLiteral("compare"))->click();
    QVERIFY(opened.panel().comparison() == nullptr);
}

QTEST_MAIN(TestLaneKeeping)
#include "test_lane_keeping.moc"
