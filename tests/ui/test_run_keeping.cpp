#include "core/experiment/experiment_io.h"
#include "tests/support/kept_window.h"
#include "ui/main_window/message_banner.h"
#include "ui/main_window/transport_bar.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTimer>

#include <cstdio>

using namespace chronograd;
using test::KeptWindow;
using test::Opened;
using test::patience;

/// Runs keep themselves while they train, whatever comes between.
class TestRunKeeping : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_library.renew(); }
    void aRunKeepsItselfWhileItTrains();
    void lookingIsNotTraining();
    void leavingKeepsTheLastSecond_data();
    void leavingKeepsTheLastSecond();
    void everyStartAndEveryCourseIsARowOfItsOwn();
    void aLockedLibraryStopsNothing();
    void aDamagedLibraryIsToldAndLeft();
    void withoutALibraryItSaysSo();
    void aKillLosesTheLastSecondAtMost();
    void keepingDoesNotHoldTheWindowUp();

private:
    test::TestLibrary m_library;
};

void TestRunKeeping::aRunKeepsItselfWhileItTrains()
{
    KeptWindow opened;
    opened.click("run");
    QVERIFY(QTest::qWaitFor([&] { return !m_library.kept().empty(); }, patience));
    const RunEntry first = m_library.kept().front();
    QVERIFY(QTest::qWaitFor([&] { return m_library.kept().front().update > first.update; }, patience));
    opened.click("run");
    QVERIFY(opened.waitForState(RunState::Paused));
    const std::int64_t end = opened.window.bridge().furthest();
    QVERIFY(m_library.waitForKept(end)); // by itself
    QCOMPARE(m_library.kept().size(), std::size_t{1});
    const RunEntry run = m_library.kept().front();
    QCOMPARE(run.id, first.id);
    QCOMPARE(run.name, QStringLiteral("Sunspots"));
    QCOMPARE(run.cell, QStringLiteral("elman"));
    QCOMPARE(run.units, 6);
    QCOMPARE(*run.loss, opened.frame().loss);
    QVERIFY(run.curve.size() > 10 && run.curve.size() <= 160);
    QCOMPARE(run.curve.back().x(), double(end));
    QVERIFY(run.file.endsWith(QStringLiteral("sunspots.chronograd.json")));
}

void TestRunKeeping::lookingIsNotTraining()
{
    {
        KeptWindow opened;
        opened.click("back");
        opened.openExperiment("echo-three-back");
        QTest::qWait(1000);
        opened.window.close();
    }
    QVERIFY(m_library.kept().empty());
}

void TestRunKeeping::leavingKeepsTheLastSecond_data()
{
    QTest::addColumn<int>("how");
    QTest::newRow("the window is closed") << 0;
    QTest::newRow("another experiment is opened") << 1;
    QTest::newRow("the run is restarted") << 2;
    QTest::newRow("training is taken back") << 3;
}

void TestRunKeeping::leavingKeepsTheLastSecond()
{
    QFETCH(int, how);
    {
        KeptWindow opened;
        opened.stepTo(7); // faster than runs are kept
        if (how == 0)
            opened.window.close();
        else if (how == 1)
            opened.openExperiment("echo-three-back");
        else if (how == 2)
            opened.window.transport().restart();
        else
            opened.window.transport().stepBack(Granularity::Update);
    }
    QCOMPARE(m_library.kept().size(), std::size_t{1});
    QCOMPARE(m_library.kept().front().update, 7);
}

void TestRunKeeping::everyStartAndEveryCourseIsARowOfItsOwn()
{
    KeptWindow opened;
    opened.stepTo(8);
    QVERIFY(m_library.waitForKept(8));
    opened.window.bridge().post(GoToCommand{4}); // only looked at
    QVERIFY(QTest::qWaitFor([&] { return opened.frame().position.update == 4; }, patience));
    QTest::qWait(1000);
    QCOMPARE(m_library.kept().front().update, 8);
    opened.type("k2", "3"); // and on another course from there
    opened.stepTo(6);
    QVERIFY(m_library.waitForKept(6));
    QCOMPARE(m_library.kept().size(), std::size_t{2});
    QCOMPARE(m_library.kept().front().k2, 3);
    QCOMPARE(m_library.kept().back().update, 8);
    opened.window.transport().restart();
    QVERIFY(QTest::qWaitFor([&] { return opened.frame().position.update == 0; }, patience));
    opened.stepTo(3);
    QVERIFY(m_library.waitForKept(3));
    QCOMPARE(m_library.kept().size(), std::size_t{3});
}

void TestRunKeeping::aLockedLibraryStopsNothing()
{
    KeptWindow opened;
    opened.stepTo(2);
    QVERIFY(m_library.waitForKept(2));
    const QString other = QStringLiteral("other");
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), other);
        database.setDatabaseName(m_library.file());
        QVERIFY(database.open());
        QSqlQuery(database).exec(QStringLiteral("BEGIN IMMEDIATE"));
        opened.click("run");
        QVERIFY(QTest::qWaitFor(
            [&] { return opened.window.banner().text().contains(QStringLiteral("is in use")); }, patience));
        const std::int64_t then = opened.window.bridge().furthest();
        QTRY_VERIFY(opened.window.bridge().furthest() > then); // training goes on
        QSqlQuery(database).exec(QStringLiteral("ROLLBACK"));
    }
    QSqlDatabase::removeDatabase(other);
    opened.click("run");
    QVERIFY(opened.waitForState(RunState::Paused));
    QVERIFY(m_library.waitForKept(opened.window.bridge().furthest())); // and nothing is missing in the end
    QCOMPARE(m_library.kept().size(), std::size_t{1});
}

void TestRunKeeping::aDamagedLibraryIsToldAndLeft()
{
    const QByteArray text = QByteArray("not a library at all\n").repeated(200);
    QFile out(m_library.file());
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(text);
    out.close();
    KeptWindow opened;
    QCOMPARE(opened.window.banner().text(), QString()); // nothing is to be kept yet
    opened.stepTo(4);
    QTRY_VERIFY_WITH_TIMEOUT(opened.window.banner().text().contains(QStringLiteral("is damaged")), patience);
    opened.openList();
    QVERIFY(opened.label("problem")->text().contains(QStringLiteral("is damaged")));
    QVERIFY(!opened.button("undo")->isEnabled() && !opened.button("reopen")->isEnabled());
    opened.stepTo(6);
    QFile in(m_library.file());
    QVERIFY(in.open(QIODevice::ReadOnly));
    QCOMPARE(in.readAll(), text);
}

void TestRunKeeping::withoutALibraryItSaysSo()
{
    Opened opened; // as pictures are taken: nothing is remembered
    opened.action("Run library…")->trigger();
    QVERIFY(opened.window.findChild<LibraryWindow*>() == nullptr);
    QVERIFY(opened.window.banner().text().contains(QStringLiteral("keeps no runs")));
    opened.window.bridge().post(StepCommand{Granularity::Update});
    QVERIFY(opened.waitForUpdate(2));
    QTest::qWait(1000);
    QVERIFY(!QFile::exists(m_library.file()));
}

void TestRunKeeping::aKillLosesTheLastSecondAtMost()
{
    constexpr qint64 promised = 1000;    // milliseconds
    constexpr qint64 slowMachine = 2000; // what a machine that is busy with other tests may add
    qint64 worst = 0;
    std::size_t runs = 0;
    for (const int lifetime : {1700, 2050, 2500, 2900}) {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--train")});
        QVERIFY(child.waitForStarted());
        QVERIFY(child.waitForReadyRead());
        QTest::qSleep(lifetime);
        ++runs;
        QTRY_COMPARE_WITH_TIMEOUT(m_library.kept().size(), runs, int(slowMachine));
        const qint64 killed = QDateTime::currentMSecsSinceEpoch();
        child.kill();
        QVERIFY(child.waitForFinished());
        const std::int64_t there = m_library.kept().empty() ? 0 : m_library.kept().front().update;
        QVERIFY(there > 1);
        qint64 lost = 0; // since the run was at what is left of it
        for (const QByteArray& line : child.readAllStandardOutput().split('\n'))
            if (line.count(' ') == 1 && line.split(' ')[1].toLongLong() > there && lost == 0)
                lost = killed - line.split(' ')[0].toLongLong();
        worst = std::max(worst, lost);
    }
    QCOMPARE(m_library.kept().size(), runs);
    QVERIFY2(worst < promised + slowMachine, qPrintable(QString::number(worst)));
    qInfo("a kill lost %lld ms at most", worst);
}

void TestRunKeeping::keepingDoesNotHoldTheWindowUp()
{
    KeptWindow opened;
    opened.openExperiment("jabberwocky");
    opened.window.bridge().post(SpeedCommand{});
    opened.click("run");
    QElapsedTimer all;
    all.start();
    qint64 longest = 0;
    while (all.elapsed() < 4000) {
        QElapsedTimer one;
        one.start();
        QApplication::processEvents();
        longest = std::max(longest, one.elapsed());
        QTest::qSleep(1);
    }
    opened.click("run");
    QVERIFY2(longest < 500, qPrintable(QString::number(longest)));
    qInfo("longest turn of the window: %lld ms; session %lld bytes", longest,
          m_library.kept().empty() ? 0
                                   : RunStore(m_library.file()).session(m_library.kept().front().id)->size());
}

/// Trains for ever; tells the time and the updates done, a line each.
static int train()
{
    KeptWindow opened;
    opened.window.bridge().open(readExperiment(
        CHRONOGRAD_SOURCE_DIR "/resources/experiments/sunspots.chronograd.json", {"training.updates=null"}));
    opened.window.bridge().post(SpeedCommand{});
    opened.window.bridge().post(RunCommand{});
    QTimer telling;
    QObject::connect(&telling, &QTimer::timeout, [&opened] {
        std::printf("%lld %lld\n", QDateTime::currentMSecsSinceEpoch(),
                    static_cast<long long>(opened.window.bridge().furthest()));
        std::fflush(stdout);
    });
    telling.start(20);
    return QApplication::exec();
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    if (argc == 2 && qstrcmp(argv[1], "--train") == 0)
        return train();
    TestRunKeeping test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_run_keeping.moc"
