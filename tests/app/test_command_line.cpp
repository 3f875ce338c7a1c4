#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

/// The program as a user calls it: every sub-command, every exit status, one line for every error.
class TestCommandLine : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void runTrainsAndSaysHowItWent();
    void runSaysHowManyStepsAreRight();
    void runLetsTheNetworkGoOn();
    void metricsHaveARowForEveryUpdate();
    void savedRunsReadBack();
    void setChangesTheFileFirst();
    void divergenceIsOneAndLeavesWhatWasWritten();
    void interruptedRunsWriteTheirFiles();
    void traceWritesTheUpdateAsked();
    void checkPassesAndExplainsItself();
    void explainPrintsEveryFormat_data();
    void explainPrintsEveryFormat();
    void explainShowsTheSequenceOfABatchThatIsAskedFor();
    void explainOpensAVelocityUp();
    void exportWritesAScript();
    void validateMarksTheNumbersOfABook();
    void validateSaysWhichNumbersNeverCome();
    void badCallsAreTwoAndOneLine_data();
    void badCallsAreTwoAndOneLine();
    void withoutADisplayTheWindowSaysSo();
    void versionNamesTheKernels();
    void nothingHalfWrittenIsLeft();

private:
    struct Result
    {
        int status;
        QString out;
        QString err;
    };
    Result call(const QStringList& arguments, const QStringList& withoutVariables = {}) const;
    QString path(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

const QString source = QStringLiteral(CHRONOGRAD_SOURCE_DIR);
const QString reference = source + QStringLiteral("/tests/reference/");
const QString elman = reference + QStringLiteral("elman-tbptt-3-7-stored.chronograd.json");
const QString ready = source + QStringLiteral("/resources/experiments/");
const QString sunspots = source + QStringLiteral("/resources/experiments/sunspots.chronograd.json");

QString program()
{
    return QStringLiteral(CHRONOGRAD_BINARY_DIR "/chronograd");
}

QString contentOf(const QString& file)
{
    QFile opened(file);
    return opened.open(QIODevice::ReadOnly) ? QString::fromUtf8(opened.readAll()) : QString();
}

void writeTo(const QString& file, const QByteArray& content)
{
    QFile opened(file);
    QVERIFY(opened.open(QIODevice::WriteOnly));
    opened.write(content);
}

} // namespace

void TestCommandLine::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

TestCommandLine::Result TestCommandLine::call(const QStringList& arguments,
                                              const QStringList& withoutVariables) const
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& variable : withoutVariables) {
        environment.remove(variable);
    }
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(m_folder->path());
    process.start(program(), arguments);
    if (!process.waitForFinished(120'000)) {
        return {-1, {}, QStringLiteral("did not finish")};
    }
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

void TestCommandLine::runTrainsAndSaysHowItWent()
{
    const Result result =
        call({QStringLiteral("run"), sunspots, QStringLiteral("--updates"), QStringLiteral("500")});
    QCOMPARE(result.status, 0);
    const QRegularExpression line(QStringLiteral(
        "^500 updates, loss [0-9.e-]+, test loss [0-9.e-]+, [0-9.e+]+ time steps per second\n$"));
    QVERIFY2(line.match(result.out).hasMatch(), qPrintable(result.out + result.err));
}

void TestCommandLine::runSaysHowManyStepsAreRight()
{
    const Result result = call({QStringLiteral("run"), ready + QStringLiteral("latch.chronograd.json")});
    QCOMPARE(result.status, 0);
    QVERIFY2(result.out.contains(QStringLiteral(", accuracy 100 %, ")), qPrintable(result.out));
}

void TestCommandLine::runLetsTheNetworkGoOn()
{
    const QString poem = ready + QStringLiteral("jabberwocky.chronograd.json");
    const QStringList arguments{QStringLiteral("run"),        poem,
                                QStringLiteral("--updates"),  QStringLiteral("3000"),
                                QStringLiteral("--generate"), QStringLiteral("24"),
                                QStringLiteral("--start"),    QStringLiteral("'Twas ")};
    const Result likeliest =
        call(arguments + QStringList{QStringLiteral("--temperature"), QStringLiteral("0")});
    QCOMPARE(likeliest.status, 0);
    QVERIFY2(likeliest.out.startsWith(QStringLiteral("'Twas brillig, and the ")), qPrintable(likeliest.out));
    const QStringList hot = arguments + QStringList{QStringLiteral("--temperature"), QStringLiteral("2")};
    const QString text = call(hot).out.section(u'\n', 0, -3);
    QVERIFY(text.startsWith(QStringLiteral("'Twas ")) && text != likeliest.out.section(u'\n', 0, 0));
    QCOMPARE(call(hot).out.section(u'\n', 0, -3), text); // the same seed
}

void TestCommandLine::metricsHaveARowForEveryUpdate()
{
    const Result result = call({QStringLiteral("run"), sunspots, QStringLiteral("--updates"),
                                QStringLiteral("200"), QStringLiteral("--metrics"), QStringLiteral("m.csv")});
    QCOMPARE(result.status, 0);
    const QStringList lines = contentOf(path("m.csv")).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 201);
    QCOMPARE(lines.front(),
             QStringLiteral("update,epoch,sequence,t,loss,gradient_norm,k1,k2,learning_rate,momentum,"
                            "test_loss"));
    int testLosses = 0;
    for (int i = 1; i < lines.size(); ++i) {
        const QStringList cells = lines[i].split(u',');
        QCOMPARE(cells.size(), 11);
        QCOMPARE(cells[0].toInt(), i);
        QVERIFY(cells[4].toDouble() >= 0 && cells[5].toDouble() >= 0);
        testLosses += cells[10].isEmpty() ? 0 : 1;
    }
    QVERIFY(testLosses >= 1 && testLosses < 100); // at the end of each epoch only
}

void TestCommandLine::savedRunsReadBack()
{
    QCOMPARE(call({QStringLiteral("run"), elman, QStringLiteral("--updates"), QStringLiteral("3"),
                   QStringLiteral("--save"), QStringLiteral("saved.chronograd.json")})
                 .status,
             0);
    QCOMPARE(call({QStringLiteral("validate"), QStringLiteral("saved.chronograd.json")}).status, 0);
    const QJsonObject saved =
        QJsonDocument::fromJson(contentOf(path("saved.chronograd.json")).toUtf8()).object();
    QCOMPARE(saved[QStringLiteral("session")][QStringLiteral("update")].toInt(), 3);
    QCOMPARE(saved[QStringLiteral("session")][QStringLiteral("losses")].toArray().size(), 3);
}

void TestCommandLine::setChangesTheFileFirst()
{
    const Result result =
        call({QStringLiteral("run"), elman, QStringLiteral("--set"), QStringLiteral("training.updates=2"),
              QStringLiteral("--set"), QStringLiteral("training.k1=1")});
    QCOMPARE(result.status, 0);
    QVERIFY(result.out.startsWith(QStringLiteral("2 updates")));
}

void TestCommandLine::divergenceIsOneAndLeavesWhatWasWritten()
{
    const Result result = call({QStringLiteral("run"), sunspots, QStringLiteral("--set"),
                                QStringLiteral("training.learning_rate=1e250"), QStringLiteral("--metrics"),
                                QStringLiteral("m.csv")});
    QCOMPARE(result.status, 1);
    QVERIFY2(result.err.contains(QStringLiteral("training stopped at update")), qPrintable(result.err));
    QCOMPARE(result.err.count(u'\n'), 1);
    QVERIFY(contentOf(path("m.csv")).startsWith(QStringLiteral("update,")));
}

void TestCommandLine::interruptedRunsWriteTheirFiles()
{
    QProcess process;
    process.setWorkingDirectory(m_folder->path());
    process.start(program(),
                  {QStringLiteral("run"), sunspots, QStringLiteral("--set"),
                   QStringLiteral("training.updates=null"), QStringLiteral("--metrics"),
                   QStringLiteral("m.csv"), QStringLiteral("--save"), QStringLiteral("s.chronograd.json")});
    QVERIFY(process.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(path("m.csv.part")).size() > 1000, 20'000);
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitCode(), 130);
    QVERIFY(contentOf(path("m.csv")).endsWith(u'\n'));
    QVERIFY(!QFile::exists(path("m.csv.part")));
    QCOMPARE(call({QStringLiteral("validate"), QStringLiteral("s.chronograd.json")}).status, 0);
}

void TestCommandLine::traceWritesTheUpdateAsked()
{
    const Result printed =
        call({QStringLiteral("trace"), elman, QStringLiteral("--update"), QStringLiteral("2")});
    QCOMPARE(printed.status, 0);
    const QJsonObject trace = QJsonDocument::fromJson(printed.out.toUtf8()).object();
    QCOMPARE(trace[QStringLiteral("update")].toInt(), 2);
    QCOMPARE(trace[QStringLiteral("chronograd_trace")].toInt(), 1);
    QVERIFY(trace[QStringLiteral("parameters")].toObject().contains(QStringLiteral("hidden.W_h")));
    const Result written = call({QStringLiteral("trace"), elman, QStringLiteral("--update"),
                                 QStringLiteral("2"), QStringLiteral("--out"), QStringLiteral("t.json")});
    QCOMPARE(written.status, 0);
    QCOMPARE(contentOf(path("t.json")), printed.out);
}

void TestCommandLine::checkPassesAndExplainsItself()
{
    const Result result =
        call({QStringLiteral("check"), elman, QStringLiteral("--update"), QStringLiteral("3")});
    QCOMPARE(result.status, 0);
    QVERIFY(result.out.contains(QStringLiteral("passed")));
    QVERIFY(result.out.contains(QStringLiteral("hidden.W_h")));
    QVERIFY(result.out.contains(QStringLiteral("stored history"))); // the window reaches across an update
}

void TestCommandLine::explainPrintsEveryFormat_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("contains");
    QTest::newRow("text") << QStringLiteral("text") << QStringLiteral("hidden");
    QTest::newRow("latex") << QStringLiteral("latex") << QStringLiteral("\\delta");
    QTest::newRow("json") << QStringLiteral("json") << QStringLiteral("\"terms\"");
}

void TestCommandLine::explainPrintsEveryFormat()
{
    QFETCH(QString, format);
    QFETCH(QString, contains);
    const Result result = call({QStringLiteral("explain"), elman, QStringLiteral("--update"),
                                QStringLiteral("2"), QStringLiteral("--of"),
                                QStringLiteral("hidden.delta[2]@5"), QStringLiteral("--format"), format});
    QCOMPARE(result.status, 0);
    QVERIFY2(result.out.contains(contains), qPrintable(result.out));
}

void TestCommandLine::explainShowsTheSequenceOfABatchThatIsAskedFor()
{
    const auto input = [this](const char* of) {
        return call({QStringLiteral("explain"), ready + QStringLiteral("echo-three-back.chronograd.json"),
                     QStringLiteral("--set"), QStringLiteral("training.batch_size=2"), QStringLiteral("--of"),
                     QString::fromLatin1(of)});
    };
    const Result first = input("input[1]@3");
    const Result second = input("input[1]@3#2");
    QCOMPARE(first.status, 0);
    QCOMPARE(second.status, 0);
    QCOMPARE(input("input[1]@3#1").out, first.out);
    QVERIFY(second.out != first.out);
    QCOMPARE(input("input[1]@3#9").status, 2);
    QVERIFY(input("input[1]@3#9").err.contains(QStringLiteral("is of sequence 1, 2")));
    QCOMPARE(input("input[1]@3#two").status, 2);
}

void TestCommandLine::explainOpensAVelocityUp()
{
    const Result result =
        call({QStringLiteral("explain"), elman, QStringLiteral("--update"), QStringLiteral("4"),
              QStringLiteral("--of"), QStringLiteral("hidden.W_h[2,1].velocity_before")});
    QCOMPARE(result.status, 0);
    for (const char* update : {"from update 3\n", "from update 2\n", "from update 1\n"})
        QVERIFY2(result.out.contains(QLatin1String(update)), qPrintable(result.out));
}

void TestCommandLine::exportWritesAScript()
{
    const QStringList arguments{QStringLiteral("export"), elman,
                                QStringLiteral("--set"),  QStringLiteral("training.history=recomputed"),
                                QStringLiteral("--to"),   QStringLiteral("pytorch")};
    const Result printed = call(arguments);
    QCOMPARE(printed.status, 0);
    QVERIFY(printed.out.startsWith(QStringLiteral("#!/usr/bin/env python3\n")));
    QVERIFY(printed.out.contains(QStringLiteral("class Elman:")));
    const Result written = call(arguments + QStringList{QStringLiteral("--out"), QStringLiteral("s.py")});
    QCOMPARE(written.status, 0);
    QCOMPARE(contentOf(path("s.py")), printed.out);
}

void TestCommandLine::validateMarksTheNumbersOfABook()
{
    const Result result =
        call({QStringLiteral("validate"), ready + QStringLiteral("worked-2-3-2-1.chronograd.json")});
    QCOMPARE(result.status, 0); // the file is good; it is the book that is wrong
    QVERIFY(result.out.contains(QStringLiteral(": valid: 2 inputs")));
    const auto line = [&](const char* pattern) {
        const QRegularExpression row(QString::fromUtf8(pattern), QRegularExpression::MultilineOption);
        return row.match(result.out).hasMatch();
    };
    QVERIFY(line("^O3 +h1\\.out\\[1\\]@1 +0\\.52 +0\\.5250 +✓ agrees$"));
    QVERIFY(line("^I6 .* 0\\.158 +0\\.1750\\d+ +≈ .* they give 0\\.1584$"));
    QVERIFY(line("^δ3 .* -0\\.0087 +0\\.00865\\d+ +✗ wrong$"));
    QVERIFY(line("^Δw13 .* -0\\.00157 +0\\.00155\\d+ +↳ .* from δ3$"));
    QVERIFY(
        result.out.endsWith(QStringLiteral("28 agree, 13 right for the book's rounded numbers, 1 wrong, 4 "
                                           "follow from a wrong number\n")));
}

void TestCommandLine::validateSaysWhichNumbersNeverCome()
{
    QByteArray text = contentOf(ready + QStringLiteral("worked-2-3-2-1.chronograd.json")).toUtf8();
    text.replace("\"of\": \"h1.net[1]@1\"", "\"of\": \"h1.net[1]@2\"");
    writeTo(path("late.chronograd.json"), text);
    const Result result = call({QStringLiteral("validate"), QStringLiteral("late.chronograd.json")});
    QCOMPARE(result.status, 0);
    QVERIFY(result.out.contains(QStringLiteral("not computed")));
    QVERIFY(result.out.contains(QStringLiteral("the sequence has 1 time step")));
    const Result none = call({QStringLiteral("validate"), QStringLiteral("late.chronograd.json"),
                              QStringLiteral("--set"), QStringLiteral("training.updates=0")});
    QCOMPARE(none.status, 0);
    QVERIFY(none.out.endsWith(QStringLiteral("46 not computed yet\n")));
}

void TestCommandLine::badCallsAreTwoAndOneLine_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const QStringList& arguments, const char* says) {
        QTest::newRow(name) << arguments << QString::fromUtf8(says);
    };
    const QString run = QStringLiteral("run");
    row("no file", {run}, "FILE");
    row("a file that is not there", {run, QStringLiteral("none.json")}, "none.json");
    row("an unknown option", {run, elman, QStringLiteral("--fast")}, "--fast");
    row("a negative number of updates", {run, elman, QStringLiteral("--updates"), QStringLiteral("-1")},
        "--updates");
    row("no JSON", {QStringLiteral("validate"), QStringLiteral("broken.json")}, "line 1");
    row("k1 = 0", {run, elman, QStringLiteral("--set"), QStringLiteral("training.k1=0")}, "/training/k1");
    row("an unknown key by --set", {run, elman, QStringLiteral("--set"), QStringLiteral("training.k9=0")},
        "k9");
    row("an update that does not exist",
        {QStringLiteral("trace"), elman, QStringLiteral("--update"), QStringLiteral("100000")},
        "there is no update 100000");
    row("a quantity of no layer",
        {QStringLiteral("explain"), elman, QStringLiteral("--of"), QStringLiteral("middle.net[1]@1")},
        "middle");
    row("a unit that is not there",
        {QStringLiteral("explain"), elman, QStringLiteral("--of"), QStringLiteral("hidden.net[9]@1")},
        "hidden.net[9]@1");
    row("a book value of a layer that is not there",
        {QStringLiteral("validate"), ready + QStringLiteral("worked-2-3-2-1.chronograd.json"),
         QStringLiteral("--set"), QStringLiteral("expected.0.of=h3.net[1]@1")},
        "/expected/0/of");
    row("an unknown format",
        {QStringLiteral("explain"), elman, QStringLiteral("--of"), QStringLiteral("loss"),
         QStringLiteral("--format"), QStringLiteral("html")},
        "html");
    row("text from a network without symbols",
        {run, sunspots, QStringLiteral("--generate"), QStringLiteral("5")}, "next symbols");
    row("a start that the task does not know",
        {run, ready + QStringLiteral("reber.chronograd.json"), QStringLiteral("--generate"),
         QStringLiteral("5"), QStringLiteral("--start"), QStringLiteral("Q")},
        "\"Q\"");
    row("a script of windows that cross updates",
        {QStringLiteral("export"), elman, QStringLiteral("--to"), QStringLiteral("pytorch")},
        "/training/history: a script cannot express");
    row("a script for an unknown library",
        {QStringLiteral("export"), elman, QStringLiteral("--to"), QStringLiteral("tensorflow")},
        "tensorflow");
    row("a place that cannot be written",
        {QStringLiteral("trace"), elman, QStringLiteral("--out"), QStringLiteral("no/such/folder/t.json")},
        "no/such/folder");
    row("metrics that cannot be written",
        {run, elman, QStringLiteral("--metrics"), QStringLiteral("no/such/folder/m.csv")}, "no/such/folder");
}

void TestCommandLine::badCallsAreTwoAndOneLine()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, says);
    writeTo(path("broken.json"), "{\"chronograd\": 1,,}");
    const Result result = call(arguments);
    QCOMPARE(result.status, 2);
    QVERIFY2(result.err.contains(says), qPrintable(result.err));
    QVERIFY2(result.err.endsWith(u'\n') && result.err.count(u'\n') == 1, qPrintable(result.err));
}

void TestCommandLine::withoutADisplayTheWindowSaysSo()
{
    const Result result = call({sunspots}, {QStringLiteral("DISPLAY"), QStringLiteral("WAYLAND_DISPLAY"),
                                            QStringLiteral("QT_QPA_PLATFORM")});
    QCOMPARE(result.status, 2);
    QVERIFY2(result.err.contains(QStringLiteral("display")) && result.err.count(u'\n') == 1,
             qPrintable(result.err));
}

void TestCommandLine::versionNamesTheKernels()
{
    for (const QStringList& arguments : {QStringList{QStringLiteral("--version")},
                                         QStringList{QStringLiteral("x.json"), QStringLiteral("--version")}})
    {
        const Result result = call(arguments);
        QCOMPARE(result.status, 0);
        QVERIFY(result.out.contains(QStringLiteral("kernels: ")));
    }
}

void TestCommandLine::nothingHalfWrittenIsLeft()
{
    call({QStringLiteral("run"), elman, QStringLiteral("--metrics"), QStringLiteral("m.csv"),
          QStringLiteral("--save"), QStringLiteral("no/such/folder/s.json")});
    const QStringList left = QDir(m_folder->path()).entryList({QStringLiteral("*.part")});
    QVERIFY2(left.isEmpty(), qPrintable(left.join(u' ')));
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "test_command_line.moc"
