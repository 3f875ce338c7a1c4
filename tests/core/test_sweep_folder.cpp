#include "core/experiment/experiment_io.h"
#include "core/sweep/sweep_folder.h"
#include "tests/support/sweeps.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace chronograd;
using test::echoPlan;

/// A sweep on the disk: resumed, cut off, told from others, put together from parts.
class TestSweepFolder : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void whatIsThereIsNotRunAgain();
    void aTornRowIsMadeAgain();
    void thePlanReadsBack();
    void dataFilesAreFoundFromTheFolder();
    void otherFoldersAreRefused_data();
    void otherFoldersAreRefused();
    void anUnfinishedFolderIsBegunAgain();
    void partsAreTheWhole_data();
    void partsAreTheWhole();
    void contradictionsAreRefused();
    void missingRunsAreNamed();
    void partsAreRead_data();
    void partsAreRead();

private:
    std::filesystem::path path(const char* name) const
    {
        return std::filesystem::path(m_folder->path().toStdString()) / name;
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

QByteArray contentOf(const std::filesystem::path& file)
{
    QFile opened(QString::fromStdString(file.string()));
    return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
}

void writeTo(const std::filesystem::path& file, const QByteArray& content)
{
    QFile opened(QString::fromStdString(file.string()));
    QVERIFY(opened.open(QIODevice::WriteOnly));
    opened.write(content);
}

/// Makes the runs of a part that are missing, at most so many. \returns how many it made
int go(const std::filesystem::path& place, const SweepPlan& plan, SweepPart part = {}, int most = 1000)
{
    SweepFolder folder(place, plan);
    folder.beginRows(part);
    int made = 0;
    for (const std::int64_t run : missingRuns(plan, folder.readResults(), part)) {
        if (made == most)
            return made;
        folder.append(*trainRun(plan, run, {}));
        ++made;
    }
    if (part.isWhole())
        folder.writeResults(folder.readResults());
    return made;
}

QString refusal(const std::function<void()>& work)
{
    try {
        work();
    } catch (const InputError& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

} // namespace

void TestSweepFolder::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestSweepFolder::whatIsThereIsNotRunAgain()
{
    const SweepPlan plan = echoPlan({"training.k1=1,2,3"}, 2);
    QCOMPARE(go(path("at once"), plan), 6);
    QCOMPARE(go(path("sweep"), plan, {}, 2), 2);
    QVERIFY(contentOf(path("sweep/results.csv")).isEmpty());
    QCOMPARE(go(path("sweep"), plan, {}, 3), 3);
    QCOMPARE(go(path("sweep"), plan), 1);
    QCOMPARE(contentOf(path("sweep/results.csv")), contentOf(path("at once/results.csv")));
    QVERIFY(contentOf(path("sweep/results.csv")).count('\n') == 7);
    QVERIFY(!std::filesystem::exists(path("sweep/runs.csv")));
    QCOMPARE(go(path("sweep"), plan), 0);
}

void TestSweepFolder::aTornRowIsMadeAgain()
{
    const SweepPlan plan = echoPlan({"training.k1=1,2,3"});
    go(path("at once"), plan);
    go(path("sweep"), plan, {}, 2);
    const QByteArray whole = contentOf(path("sweep/runs.csv"));
    const auto lastRow = whole.size() - whole.lastIndexOf('\n', -2) - 1;
    for (qsizetype cut = 1; cut <= lastRow; ++cut) { // killed after any byte of the last row
        writeTo(path("sweep/runs.csv"), whole.chopped(cut));
        std::filesystem::remove(path("sweep/results.csv"));
        QCOMPARE(go(path("sweep"), plan), 2);
        QCOMPARE(contentOf(path("sweep/results.csv")), contentOf(path("at once/results.csv")));
    }
}

void TestSweepFolder::thePlanReadsBack()
{
    const SweepPlan plan = echoPlan({"training.k1=1,\"n\"", "network.init={\"seed\":1},{\"seed\":2}"}, 5);
    const SweepFolder folder(path("deep/er/sweep"), plan);
    const SweepPlan read = SweepFolder::readPlan(folder.path());
    QCOMPARE(read.identity(), plan.identity());
    QCOMPARE(read.axes(), plan.axes());
    QCOMPARE(read.repeats(), 5);
}

void TestSweepFolder::dataFilesAreFoundFromTheFolder()
{
    const std::filesystem::path file =
        std::filesystem::path(CHRONOGRAD_SOURCE_DIR) / "resources/experiments/sunspots.chronograd.json";
    const SweepPlan plan(readExperiment(file, {"training.updates=3"}), {parseAxis("training.k1=1,2")}, 1);
    QCOMPARE(go(path("sweep"), plan, {}, 1), 1);
    const SweepPlan read = SweepFolder::readPlan(path("sweep"));
    QCOMPARE(go(path("sweep"), read), 1);
    QVERIFY(contentOf(path("sweep/results.csv")).contains("\n2,2,1,"));
}

void TestSweepFolder::otherFoldersAreRefused_data()
{
    QTest::addColumn<QString>("make");
    QTest::addColumn<QString>("says");
    QTest::newRow("other values") << QStringLiteral("values") << QStringLiteral("holds another sweep");
    QTest::newRow("other repeats") << QStringLiteral("repeats") << QStringLiteral("holds another sweep");
    QTest::newRow("another experiment")
        << QStringLiteral("experiment") << QStringLiteral("holds another sweep");
    QTest::newRow("a folder in use") << QStringLiteral("files") << QStringLiteral("holds other files");
    QTest::newRow("a file") << QStringLiteral("file") << QStringLiteral("cannot be made");
    QTest::newRow("rows of something else")
        << QStringLiteral("rows") << QStringLiteral("runs-1-of-2.csv: line 2");
    QTest::newRow("a spoilt plan") << QStringLiteral("plan") << QStringLiteral("sweep.json: line 1");
}

void TestSweepFolder::otherFoldersAreRefused()
{
    QFETCH(QString, make);
    QFETCH(QString, says);
    const SweepPlan plan = echoPlan({"training.k1=1,2"}, 2);
    const auto place = path("sweep");
    if (make == QStringLiteral("values"))
        SweepFolder(place, echoPlan({"training.k1=1,3"}, 2));
    else if (make == QStringLiteral("repeats"))
        SweepFolder(place, echoPlan({"training.k1=1,2"}, 3));
    else if (make == QStringLiteral("experiment")) {
        Experiment other = plan.base();
        other.training.start.momentum = 0;
        SweepFolder(place, SweepPlan(other, plan.axes(), 2));
    } else if (make == QStringLiteral("files")) {
        std::filesystem::create_directory(place);
        writeTo(place / "thesis.tex", "mine");
    } else if (make == QStringLiteral("file")) {
        writeTo(place, "mine");
    } else {
        SweepFolder(place, plan);
        writeTo(place / (make == QStringLiteral("plan") ? "sweep.json" : "runs-1-of-2.csv"),
                make == QStringLiteral("plan") ? QByteArray("{")
                                               : QByteArray(resultHeader(plan).c_str()) + "\n7\n");
    }
    const QString told = refusal([&] { go(place, plan); });
    QVERIFY2(told.contains(says) && !told.contains(u'\n'), qPrintable(told));
}

void TestSweepFolder::anUnfinishedFolderIsBegunAgain()
{
    const SweepPlan plan = echoPlan({"training.k1=1,2"});
    std::filesystem::create_directory(path("sweep"));
    writeTo(path("sweep/sweep.chronograd.json"), "{\"chron");
    writeTo(path("sweep/sweep.json.part"), "{");
    QCOMPARE(go(path("sweep"), plan), 2);
}

void TestSweepFolder::partsAreTheWhole_data()
{
    QTest::addColumn<int>("parts");
    for (const int parts : {1, 2, 3, 7, 16})
        QTest::addRow("%d parts", parts) << parts;
}

void TestSweepFolder::partsAreTheWhole()
{
    QFETCH(int, parts);
    const SweepPlan plan = test::mixedPlan(2);
    go(path("whole"), plan);
    int made = 0;
    for (int part = parts; part >= 1; --part) { // in one folder
        made += go(path("sweep"), plan, {part, parts});
        QCOMPARE(go(path("sweep"), plan, {part, parts}), 0);
    }
    QCOMPARE(made, int(plan.runs()));
    QCOMPARE(go(path("sweep"), plan), 0); // only puts them together
    QCOMPARE(contentOf(path("sweep/results.csv")), contentOf(path("whole/results.csv")));
}

void TestSweepFolder::contradictionsAreRefused()
{
    const SweepPlan plan = echoPlan({"training.k1=1,2"});
    SweepResult result = *trainRun(plan, 1, {});
    std::vector<SweepResult> results{*trainRun(plan, 2, {}), result, result};
    QCOMPARE(mergedResults(results).size(), std::size_t(2));
    QCOMPARE(mergedResults(results).front().run, 1);
    result.loss = std::nextafter(*result.loss, 1.0);
    results.push_back(result);
    QVERIFY(refusal([&] { mergedResults(results); }).startsWith(QStringLiteral("run 1 came to two")));
}

void TestSweepFolder::missingRunsAreNamed()
{
    const SweepPlan plan = echoPlan({"training.k1=1,2,3,4,5", "training.k2=1,2,3,4,5,6"});
    std::vector<SweepResult> results;
    for (const int run : {2, 4, 5, 9, 11, 13, 15, 17, 19, 21})
        results.emplace_back().run = run;
    const auto missing = missingRuns(plan, results);
    QCOMPARE(missing.size(), std::size_t(20));
    QCOMPARE(QString::fromStdString(runsText(missing)),
             QStringLiteral("1, 3, 6–8, 10, 12, 14, 16, 18 and 10 more"));
    QCOMPARE(missingRuns(plan, results, {2, 10}), (std::vector<std::int64_t>{12, 22}));
    QCOMPARE(QString::fromStdString(runsText(std::vector<std::int64_t>{4, 5})), QStringLiteral("4, 5"));
}

void TestSweepFolder::partsAreRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isGood");
    const auto row = [](const char* text, bool isGood) { QTest::newRow(text) << QByteArray(text) << isGood; };
    row("1/1", true);
    row("3/16", true);
    row("16/16", true);
    row("0/16", false);
    row("17/16", false);
    row("3", false);
    row("3/", false);
    row("/3", false);
    row("a/b", false);
    row("1/2/3", false);
    row("-1/2", false);
}

void TestSweepFolder::partsAreRead()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isGood);
    QCOMPARE(refusal([&] { parsePart(text.toStdString()); }).isEmpty(), isGood);
}

QTEST_APPLESS_MAIN(TestSweepFolder)
#include "test_sweep_folder.moc"
