#include "tests/support/kept_window.h"
#include "tests/support/run_records.h"
#include "ui/compare/compare_panel.h"

#include <QImage>

using namespace chronograd;
using test::KeptWindow;
using test::patience;

/// The list of kept runs: searched, sorted, named, tagged, deleted and back.
class TestLibraryWindow : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_library.renew(); }
    void runsAreSearchedSortedTaggedDeletedAndBack();
    void theKeyboardDoesItToo();
    void typingGoesOnWhileTheRunTrains();
    void everyColumnHoldsItsWords();
    void picturesAreDrawn();

private:
    test::TestLibrary m_library;
};

void TestLibraryWindow::runsAreSearchedSortedTaggedDeletedAndBack()
{
    {
        RunStore store(m_library.file());
        test::addThreeRuns(store);
    }
    KeptWindow opened;
    opened.stepTo(5);
    opened.openList(); // keeps what is not kept yet
    QCOMPARE(opened.label("count")->text(), QStringLiteral("4 runs"));
    QCOMPARE(opened.cell(0, LibraryModel::Updates), QStringLiteral("5")); // the newest is on top
    // Search
    auto* search = opened.list().findChild<QLineEdit*>(QStringLiteral("search"));
    QTest::keyClicks(search, QStringLiteral("elman k2=2"));
    QCOMPARE(opened.label("count")->text(), QStringLiteral("1 of 4 runs"));
    QCOMPARE(opened.cell(0, LibraryModel::Name), QStringLiteral("Echo"));
    QTest::keyClicks(search, QStringLiteral(" nowhere"));
    QVERIFY(opened.label("empty")->isVisible() && !opened.table().isVisible());
    search->clear();
    // Sort
    opened.sortBy(LibraryModel::Loss);
    QCOMPARE(opened.cell(0, LibraryModel::Name), QStringLiteral("Verse"));
    QCOMPARE(opened.cell(3, LibraryModel::Loss), QStringLiteral("diverged"));
    opened.sortBy(LibraryModel::Loss);
    QCOMPARE(opened.cell(0, LibraryModel::Loss), QStringLiteral("diverged"));
    // Tag and name
    opened.clickRow(0);
    opened.press("tag");
    opened.typeIntoCell("too fast, 2nd try");
    opened.press("rename");
    opened.typeIntoCell("The one that diverged");
    QTest::keyClicks(search, QStringLiteral("2nd"));
    QCOMPARE(opened.cell(0, LibraryModel::Name), QStringLiteral("The one that diverged"));
    search->clear();
    // The run that is marked, though another was clicked last
    opened.clickRow(0);
    opened.clickRow(1, Qt::ControlModifier);
    opened.clickRow(1, Qt::ControlModifier);
    const QString other = opened.cell(1, LibraryModel::Name);
    opened.press("rename");
    opened.typeIntoCell("Renamed");
    QCOMPARE(opened.cell(0, LibraryModel::Name), QStringLiteral("Renamed"));
    QCOMPARE(opened.cell(1, LibraryModel::Name), other);
    // Delete and undo
    opened.clickRow(0);
    opened.clickRow(1, Qt::ControlModifier);
    QVERIFY(!opened.button("reopen")->isEnabled() && !opened.button("undo")->isEnabled());
    opened.press("delete");
    QCOMPARE(opened.table().model()->rowCount(), 2);
    QCOMPARE(m_library.kept().size(), std::size_t{2});
    opened.press("undo");
    QCOMPARE(opened.table().model()->rowCount(), 4);
    QVERIFY(!opened.button("undo")->isEnabled());
    QCOMPARE(m_library.kept().size(), std::size_t{4});
}

void TestLibraryWindow::theKeyboardDoesItToo()
{
    {
        RunStore store(m_library.file());
        test::addThreeRuns(store);
    }
    KeptWindow opened;
    opened.openList();
    auto* search = opened.list().findChild<QLineEdit*>(QStringLiteral("search"));
    QVERIFY(search->hasFocus());
    QTest::keyClicks(search, QStringLiteral("echo"));
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(opened.table().hasFocus());
    QTest::keyClick(&opened.table(), Qt::Key_F2);
    opened.typeIntoCell("My echo");
    QTest::keyClick(&opened.table(), Qt::Key_T, Qt::ControlModifier);
    opened.typeIntoCell("a tag");
    QCOMPARE(opened.cell(0, LibraryModel::Name), QStringLiteral("My echo"));
    QCOMPARE(opened.cell(0, LibraryModel::Tags), QStringLiteral("a tag"));
    QTest::keyClick(&opened.table(), Qt::Key_Delete);
    QCOMPARE(m_library.kept().size(), std::size_t{2});
    QTest::keyClick(&opened.list(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(m_library.kept().size(), std::size_t{3});
    QTest::keyClick(&opened.list(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(search->hasFocus());
    for (const QWidget* each : opened.list().findChildren<QPushButton*>())
        QVERIFY(!each->toolTip().isEmpty());
}

void TestLibraryWindow::typingGoesOnWhileTheRunTrains()
{
    KeptWindow opened;
    opened.stepTo(3);
    opened.click("run");
    opened.openList();
    opened.clickRow(0);
    opened.press("tag");
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("slow"));
    const QString then = opened.cell(0, LibraryModel::Updates);
    QTRY_VERIFY_WITH_TIMEOUT(opened.cell(0, LibraryModel::Updates) != then, patience); // kept again
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("ly"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(opened.cell(0, LibraryModel::Tags), QStringLiteral("slowly"));
    QTest::qWait(1000);
    QCOMPARE(m_library.kept().front().tags, QStringList{QStringLiteral("slowly")});
    // Deleted while it trains, it does not come back by itself.
    opened.press("delete");
    QTest::qWait(1500);
    QVERIFY(m_library.kept().empty());
    QCOMPARE(opened.table().model()->rowCount(), 0);
    opened.press("undo");
    QCOMPARE(m_library.kept().size(), std::size_t{1});
}

void TestLibraryWindow::everyColumnHoldsItsWords()
{
    KeptWindow opened;
    opened.stepTo(3);
    opened.openList();
    for (const qreal magnification : {1.0, 1.35}) {
        applyTheme(*qApp, ThemeKind::Light, magnification);
        const QTableView& table = opened.table();
        const int padding = 2 * 8;
        const auto width = [&table](const char* words) {
            return table.fontMetrics().horizontalAdvance(QString::fromUtf8(words));
        };
        QVERIFY(table.columnWidth(LibraryModel::Loss) >= width("diverged") + padding);
        QVERIFY(table.columnWidth(LibraryModel::Loss) >= width("1.0·10⁻⁷") + padding);
        QVERIFY(table.columnWidth(LibraryModel::Kept) >= width("2026-11-28 02:16") + padding);
        QVERIFY(table.rowHeight(0) >= table.fontMetrics().height() + padding);
    }
    applyTheme(*qApp, ThemeKind::Light);
}

void TestLibraryWindow::picturesAreDrawn()
{
    const QString folder = qEnvironmentVariable("CHRONOGRAD_PICTURES");
    KeptWindow opened;
    for (const char* name : {"sunspots", "echo-three-back", "temporal-xor", "two-layers", "anbn"}) {
        opened.openExperiment(name);
        opened.window.bridge().post(SpeedCommand{});
        opened.window.bridge().post(RunCommand{{.kind = StopCondition::Kind::Update, .update = 400}});
        QVERIFY(QTest::qWaitFor([&] { return opened.window.bridge().furthest() >= 400; }, patience));
    }
    opened.openList();
    opened.list().resize(1280, 720);
    opened.clickRow(1);
    opened.press("tag");
    opened.typeIntoCell("class 3b, stable");
    for (const ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark}) {
        applyTheme(*qApp, kind);
        QTest::qWait(50);
        const QImage picture = opened.list().grab().toImage();
        QCOMPARE(picture.width(), 1280);
        const QString name =
            kind == ThemeKind::Dark ? QStringLiteral("/library-dark.png") : QStringLiteral("/library.png");
        if (!folder.isEmpty())
            picture.save(folder + name);
    }
    opened.clickRow(0, Qt::ControlModifier);
    opened.press("compare");
    const auto& lanes = opened.window.lanes().comparison()->lanes();
    QVERIFY(QTest::qWaitFor([&] { return lanes[0]->frame() && lanes[1]->frame(); }, patience));
    QTest::qWait(200);
    if (!folder.isEmpty())
        opened.window.grab().save(folder + QStringLiteral("/library-compared.png"));
    applyTheme(*qApp, ThemeKind::Light);
}

QTEST_MAIN(TestLibraryWindow)
#include "test_library_window.moc"
