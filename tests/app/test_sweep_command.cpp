#include <QDir>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

/// `chronograd sweep` as a user calls it: files, exit statuses, one line for every error.
class TestSweepCommand : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void everyCombinationIsTrained();
    void jobsAndPartsChangeNothing();
    void partsOfOtherFoldersAreMerged();
    void anInterruptedSweepGoesOn();
    void aKilledSweepGoesOn();
    void everyNumberOfSettingsHasAPicture_data();
    void everyNumberOfSettingsHasAPicture();
    void badCallsAreTwoAndOneLine_data();
    void badCallsAreTwoAndOneLine();

private:
    struct Result
    {
        int status;
        QString out;
        QString err;
    };
    Result call(const QString& arguments) const;
    QByteArray contentOf(const char* name) const;
    bool isInterrupted(const QString& arguments, int signal, qsizetype rows) const;
    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

const QString echo =
    QStringLiteral(CHRONOGRAD_SOURCE_DIR "/resources/experiments/echo-three-back.chronograd.json");
const QString program = QStringLiteral(CHRONOGRAD_BINARY_DIR "/chronograd");

/// In words, as typed in a shell.
QString sweepOf(const char* rest, int updates = 20)
{
    return QStringLiteral("sweep %1 --set training.updates=%2 %3")
        .arg(echo)
        .arg(updates)
        .arg(QLatin1String(rest));
}

constexpr const char* twelve =
    "--vary training.k1=1,5 --vary training.learning_rate=0.01,0.1,1e9 --repeats 2";

} // namespace

void TestSweepCommand::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

TestSweepCommand::Result TestSweepCommand::call(const QString& arguments) const
{
    QProcess process;
    process.setWorkingDirectory(m_folder->path());
    process.start(program, arguments.split(u' ', Qt::SkipEmptyParts));
    if (!process.waitForFinished(120'000))
        return {-1, {}, QStringLiteral("did not finish")};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

QByteArray TestSweepCommand::contentOf(const char* name) const
{
    QFile file(m_folder->filePath(QString::fromLatin1(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Sweeps into a new or continued s/ and sends the signal after that many lines of its rows.
/// False, and s/ is gone: it ended by itself before.
bool TestSweepCommand::isInterrupted(const QString& arguments, int signal, qsizetype rows) const
{
    QProcess process;
    process.setWorkingDirectory(m_folder->path());
    process.start(program, (arguments + QStringLiteral(" --out s")).split(u' '));
    const auto isUnderWay = [&] { return contentOf("s/runs.csv").count('\n') > rows; };
    while (process.state() != QProcess::NotRunning && !isUnderWay())
        process.waitForFinished(2);
    if (process.state() != QProcess::NotRunning) {
        ::kill(static_cast<pid_t>(process.processId()), signal);
        process.waitForFinished(20'000);
    }
    if (process.exitStatus() == QProcess::CrashExit ? signal == SIGKILL : process.exitCode() == 130)
        return true;
    QDir(m_folder->filePath(QStringLiteral("s"))).removeRecursively();
    return false;
}

void TestSweepCommand::everyCombinationIsTrained()
{
    const Result result = call(sweepOf(twelve) + QStringLiteral(" --out s"));
    QCOMPARE(result.status, 0); // diverged runs are results
    QVERIFY2(result.err.isEmpty(), qPrintable(result.err));
    const QRegularExpression line(QStringLiteral("^12 of 12 runs, 4 diverged, 0 refused; best loss [0-9.]+ "
                                                 "at training.k1=. training.learning_rate=[0-9.]+\n$"));
    QVERIFY2(line.match(result.out).hasMatch(), qPrintable(result.out));
    const QByteArrayList rows = contentOf("s/results.csv").trimmed().split('\n');
    QCOMPARE(rows.size(), 13);
    QCOMPARE(rows[0],
             QByteArray("run,training.k1,training.learning_rate,repeat,init_seed,training_seed,outcome,"
                        "updates,loss,test_loss,accuracy,message"));
    QVERIFY2(rows[8].startsWith("8,5,0.01,2,") && rows[8].contains(",finished,20,0."), rows[8].constData());
    QVERIFY2(rows[12].startsWith("12,5,1e9,2,") && rows[12].contains(",diverged,"), rows[12].constData());
    QVERIFY(QDir(m_folder->filePath(QStringLiteral("s"))).entryList({QStringLiteral("*.part")}).isEmpty());
}

void TestSweepCommand::jobsAndPartsChangeNothing()
{
    QCOMPARE(call(sweepOf(twelve) + QStringLiteral(" --jobs 1 --out one")).status, 0);
    QCOMPARE(call(sweepOf(twelve) + QStringLiteral(" --jobs 7 --out seven")).status, 0);
    for (const char* part : {"3/3", "1/3", "2/3"}) {
        const Result result =
            call(sweepOf(twelve) + QStringLiteral(" --out parts --part ") + QLatin1String(part));
        QCOMPARE(result.status, 0);
        QVERIFY(contentOf("parts/results.csv").isEmpty());
    }
    QCOMPARE(call(sweepOf(twelve) + QStringLiteral(" --out parts")).status, 0);
    QVERIFY(contentOf("one/results.csv").size() > 500);
    QCOMPARE(contentOf("seven/results.csv"), contentOf("one/results.csv"));
    QCOMPARE(contentOf("parts/results.csv"), contentOf("one/results.csv"));
}

void TestSweepCommand::partsOfOtherFoldersAreMerged()
{
    QCOMPARE(call(sweepOf(twelve) + QStringLiteral(" --out whole")).status, 0);
    for (const char* part : {"1", "2", "3"})
        QCOMPARE(
            call(sweepOf(twelve) + QStringLiteral(" --out p%1 --part %1/3").arg(QLatin1String(part))).status,
            0);
    const Result missing = call(QStringLiteral("sweep --merge p1 p3 --out merged"));
    QCOMPARE(missing.status, 1);
    QCOMPARE(missing.err, QStringLiteral("merged: 4 of 12 runs are missing: 2, 5, 8, 11\n"));
    QCOMPARE(contentOf("merged/results.csv").count('\n'), 9);
    QCOMPARE(call(QStringLiteral("sweep --merge p2 --out merged")).status, 0);
    QCOMPARE(contentOf("merged/results.csv"), contentOf("whole/results.csv"));
    QCOMPARE(call(sweepOf("--vary training.k1=1,6 --out other")).status, 0);
    const Result mixed = call(QStringLiteral("sweep --merge p1 other --out mixed"));
    QCOMPARE(mixed.status, 2);
    QVERIFY2(mixed.err.startsWith(QStringLiteral("other: holds another sweep")) &&
                 mixed.err.count(u'\n') == 1,
             qPrintable(mixed.err));
}

void TestSweepCommand::anInterruptedSweepGoesOn()
{
    const auto arguments = [](int updates) {
        return sweepOf("--vary training.k1=1,2,3,4,5,6,7,8 --repeats 3 --jobs 2", updates);
    };
    int updates = 20'000;
    qsizetype before = 25;
    for (;; updates *= 4) { // on a fast machine, or a busy one, it may have ended before
        QVERIFY(updates < 2'000'000);
        if (isInterrupted(arguments(updates), SIGINT, 2))
            before = contentOf("s/results.csv").count('\n');
        if (before < 25)
            break;
        QDir(m_folder->filePath(QStringLiteral("s"))).removeRecursively();
    }
    QVERIFY2(before > 2, qPrintable(QString::number(before)));
    QVERIFY(!contentOf("s/results.png").isEmpty());
    QCOMPARE(call(arguments(updates) + QStringLiteral(" --out s")).status, 0);
    QCOMPARE(call(arguments(updates) + QStringLiteral(" --out whole")).status, 0);
    QCOMPARE(contentOf("s/results.csv"), contentOf("whole/results.csv"));
}

void TestSweepCommand::aKilledSweepGoesOn()
{
    const QString arguments = sweepOf("--vary training.k1=1,2,3,4,5,6,7,8 --repeats 3 --jobs 2", 2000);
    for (int kills = 0; kills < 4; ++kills) {
        const auto rows = contentOf("s/runs.csv").count('\n');
        if (!isInterrupted(arguments, SIGKILL, rows + 1))
            break;                                            // it ended before
        QVERIFY(contentOf("s/runs.csv").count('\n') > rows || // nothing is lost, or all of it was done
                !contentOf("s/results.csv").isEmpty());
    }
    QCOMPARE(call(arguments + QStringLiteral(" --out s")).status, 0);
    QCOMPARE(call(arguments + QStringLiteral(" --out whole")).status, 0);
    QCOMPARE(contentOf("s/results.csv"), contentOf("whole/results.csv"));
}

void TestSweepCommand::everyNumberOfSettingsHasAPicture_data()
{
    QTest::addColumn<QString>("vary");
    QTest::addColumn<QString>("says"); ///< In the SVG.
    const auto row = [](const char* name, const char* vary, const char* says) {
        QTest::newRow(name) << QString::fromUtf8(vary) << QString::fromUtf8(says);
    };
    row("one", "--vary training.k1=1,2,3", "k1 steps per update");
    row("two, with medians", "--vary training.k1=1,2 --vary training.momentum=0,0.5 --repeats 2",
        "Median loss of 2 repeats");
    row("three", "--vary training.k1=1,2 --vary training.k2=1,2 --vary network.layers.0.units=1,2",
        "units of hidden");
    row("by updates", "--vary training.k1=1,2 --measure updates", "Updates");
}

void TestSweepCommand::everyNumberOfSettingsHasAPicture()
{
    QFETCH(QString, vary);
    QFETCH(QString, says);
    const Result result = call(sweepOf("", 5) + vary + QStringLiteral(" --out s"));
    QVERIFY2(result.status == 0 && result.err.isEmpty(), qPrintable(result.err));
    const QImage image(m_folder->filePath(QStringLiteral("s/results.png")));
    QVERIFY(image.width() >= 1000 && image.height() >= 600);
    const QString svg = QString::fromUtf8(contentOf("s/results.svg"));
    QVERIFY(svg.contains(says) && svg.trimmed().endsWith(QStringLiteral("</svg>")));
}

void TestSweepCommand::badCallsAreTwoAndOneLine_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const QString& arguments, const char* says) {
        QTest::newRow(name) << arguments << QString::fromUtf8(says);
    };
    row("no file", QStringLiteral("sweep --vary training.k1=1 --out s"), "FILE is missing");
    row("nothing varied", sweepOf("--out s"), "0 settings; must be from 1 to 4");
    row("no folder", sweepOf("--vary training.k1=1,2"), "--out");
    row("a value out of range", sweepOf("--vary training.k1=1,0 --out s"), "--vary training.k1=0: must be");
    row("an unknown setting", sweepOf("--vary training.rate=1,2 --out s"), "unknown key");
    row("a setting without its section", sweepOf("--vary k2=1,2 --out s"),
        "--vary k2=1: unknown key, perhaps training.k2 is meant");
    row("an empty value", sweepOf("--vary training.k1=1, --out s"), "a value is missing");
    row("no such part", sweepOf("--vary training.k1=1,2 --part 4/3 --out s"), "--part: must be I/N");
    row("no repeats", sweepOf("--vary training.k1=1,2 --repeats 0 --out s"), "--repeats");
    row("an unknown measure", sweepOf("--vary training.k1=1,2 --measure beauty --out s"), "beauty");
    row("a folder in use", sweepOf("--vary training.k1=1,2 --out ."), "holds other files");
    row("a folder that cannot be made", sweepOf("--vary training.k1=1,2 --out /proc/s"),
        "/proc/s: cannot be made");
    row("a missing experiment", QStringLiteral("sweep none.json --vary training.k1=1,2 --out s"),
        "none.json");
    row("merging no sweep", QStringLiteral("sweep --merge . --out s"), "is no folder of a sweep");
    row("merging and training", sweepOf("--merge . --out s"), "--merge takes the sweep from the folders");
}

void TestSweepCommand::badCallsAreTwoAndOneLine()
{
    QFETCH(QString, arguments);
    QFETCH(QString, says);
    QFile(m_folder->filePath(QStringLiteral("mine.txt"))).open(QIODevice::WriteOnly);
    const Result result = call(arguments);
    QCOMPARE(result.status, 2);
    QVERIFY2(result.err.contains(says), qPrintable(result.err));
    QVERIFY2(result.err.endsWith(u'\n') && result.err.count(u'\n') == 1, qPrintable(result.err));
}

QTEST_GUILESS_MAIN(TestSweepCommand)
#include "test_sweep_command.moc"
