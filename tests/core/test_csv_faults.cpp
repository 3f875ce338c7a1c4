#include "tests/support/csv_files.h"

#include <QTest>

using namespace chronograd;
using test::taskOf;

/// What is wrong with a file or with its task is told in one line that says where, and what to do.
class TestCsvFaults : public QObject
{
    Q_OBJECT

private slots:
    void faults_data();
    void faults();
    void faultsOfTheTask_data();
    void faultsOfTheTask();
    void largeFileIsRefused();

private:
    test::CsvFiles m_files;
};

void TestCsvFaults::faults_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("message");
    QTest::newRow("empty file")
        << QByteArray("") << "data.csv: is empty; the first line must name the columns, separated by commas";
    QTest::newRow("only a byte order mark")
        << QByteArray("\xEF\xBB\xBF")
        << "data.csv: is empty; the first line must name the columns, separated by commas";
    QTest::newRow("only a header") << QByteArray("x,y\n")
                                   << "data.csv: has a header and no rows; write at least one row of numbers";
    QTest::newRow("column not there")
        << QByteArray("a,\"b c\"\n1,2\n")
        << "e.chronograd.json: /task/inputs/0: no column \"x\" in data.csv; it has \"a\", \"b c\"";
    QTest::newRow("target column not there")
        << QByteArray("x,z\n1,2\n")
        << "e.chronograd.json: /task/targets/0: no column \"y\" in data.csv; it has \"x\", \"z\"";
    QTest::newRow("another case") << QByteArray("X,y\n1,2\n")
                                  << "e.chronograd.json: /task/inputs/0: no column \"x\" in data.csv; it has "
                                     "\"X\", \"y\"";
    QTest::newRow("semicolons") << QByteArray("x;y\n1;2\n")
                                << "e.chronograd.json: /task/inputs/0: no column \"x\" in data.csv; it has "
                                   "\"x;y\" (the separator must be "
                                   "a comma)";
    QTest::newRow("two columns of one name") << QByteArray("x,y,x\n1,2,3\n")
                                             << "e.chronograd.json: /task/inputs/0: column \"x\" occurs "
                                                "twice in data.csv; give its columns different "
                                                "names";
    QTest::newRow("row too short")
        << QByteArray("x,y\n1,2\n3\n")
        << "data.csv: row 2 (line 3): has 1 field, the header has 2; write one field per column";
    QTest::newRow("row too long")
        << QByteArray("x,y\n1,2,3\n")
        << "data.csv: row 1 (line 2): has 3 fields, the header has 2; write one field per column";
    QTest::newRow("empty line between")
        << QByteArray("x,y\n1,2\n\n3,4\n")
        << "data.csv: row 2 (line 3): has 1 field, the header has 2; write one field per column";
    QTest::newRow("text where a number should be")
        << QByteArray("x,y\n1,2\n3,four\n")
        << "data.csv: row 2 (line 3): column \"y\" is \"four\"; write a finite number";
    QTest::newRow("number and more")
        << QByteArray("x,y\n1,2km\n")
        << "data.csv: row 1 (line 2): column \"y\" is \"2km\"; write a finite number";
    QTest::newRow("infinite") << QByteArray("x,y\ninf,2\n")
                              << "data.csv: row 1 (line 2): column \"x\" is \"inf\"; write a finite number";
    QTest::newRow("too large")
        << QByteArray("x,y\n1e999,2\n")
        << "data.csv: row 1 (line 2): column \"x\" is \"1e999\"; write a finite number";
    QTest::newRow("two signs") << QByteArray("x,y\n+-1,2\n")
                               << "data.csv: row 1 (line 2): column \"x\" is \"+-1\"; write a finite number";
    QTest::newRow("control characters stay on one line")
        << QByteArray("x,y\n1,\"a\nb\"\n")
        << "data.csv: row 1 (line 2): column \"y\" is \"a\\x0ab\"; write a finite number";
    QTest::newRow("zero byte")
        << QByteArray("x,y\n1,2\0\n", 9)
        << "data.csv: row 1 (line 2): column \"y\" is \"2\\x00\"; write a finite number";
    QTest::newRow("missing")
        << QByteArray("x,y\n1,2\n,4\n")
        << "data.csv: row 2 (line 3): column \"x\" is empty; write a number, or \"missing\": "
           "\"interpolate\" in the task";
    QTest::newRow("NaN") << QByteArray("x,y\n1,2\n3,4\n5,NaN\n")
                         << "data.csv: row 3 (line 4): column \"y\" is NaN; write a number, or \"missing\": "
                            "\"interpolate\" in the task";
    QTest::newRow("open quote") << QByteArray("x,y\n1,\"2\n")
                                << "data.csv: line 2: a quote is opened and never closed";
    QTest::newRow("open quote in the header")
        << QByteArray("x,\"y\n1,2\n") << "data.csv: line 1: a quote is opened and never closed";
}

void TestCsvFaults::faults()
{
    QFETCH(QByteArray, text);
    QTEST(QString::fromStdString(m_files.errorOf(taskOf({"x"}, {"y"}), text.toStdString())), "message");
}

void TestCsvFaults::faultsOfTheTask_data()
{
    QTest::addColumn<CsvTask>("task");
    QTest::addColumn<QString>("message");
    const auto with = [](auto change) {
        CsvTask task = taskOf({"x"}, {"x"});
        change(task);
        return task;
    };
    QTest::newRow("no such file") << with([](CsvTask& task) { task.path = "other.csv"; })
                                  << "e.chronograd.json: /task/path: cannot read \"other.csv\" (No such file "
                                     "or directory); write a path "
                                     "relative to the experiment's folder";
    QTest::newRow("a folder") << with([](CsvTask& task) { task.path = "."; }) << "it is a folder";
    QTest::newRow("no path") << with([](CsvTask& task) { task.path.clear(); })
                             << "e.chronograd.json: /task/path: is empty; write the name of a file";
    QTest::newRow("horizon as long as the series") << with([](CsvTask& task) { task.horizon = 5; })
                                                   << "e.chronograd.json: /task: the training part has 5 "
                                                      "rows, but a target 5 rows ahead needs more than 5";
    QTest::newRow("horizon too long for the test part") << with([](CsvTask& task) {
        task.horizon = 2;
        task.testFraction = 0.4;
    }) << "e.chronograd.json: /task: the test part has 2 rows, but a target 2 rows ahead needs more than 2";
    QTest::newRow("test part of no row")
        << with([](CsvTask& task) { task.testFraction = 0.01; })
        << "e.chronograd.json: /task: the test part has 0 rows, but a target 1 row ahead needs more than 1";
    QTest::newRow("nothing left for training") << with([](CsvTask& task) { task.testFraction = 0.95; })
                                               << "e.chronograd.json: /task: the training part has 0 rows, "
                                                  "but a target 1 row ahead needs more than 1";
    QTest::newRow("nothing left for training, normalised")
        << with([](CsvTask& task) {
               task.testFraction = 0.95;
               task.normalise = true;
           })
        << "e.chronograd.json: /task: the training part has 0 rows, but a target 1 row ahead needs more than "
           "1";
    QTest::newRow("length 0") << with([](CsvTask& task) { task.length = 0; })
                              << "e.chronograd.json: /task/length: is 0; write at least 1";
    QTest::newRow("no input column") << with([](CsvTask& task) { task.inputs.clear(); })
                                     << "e.chronograd.json: /task/inputs: is empty; name at least one column";
    QTest::newRow("interpolate from nothing") << with([](CsvTask& task) {
        task.inputs = {"empty"};
        task.missing = MissingRule::Interpolate;
    }) << "data.csv: column \"empty\" has no number at all; nothing can be interpolated";
    QTest::newRow("normalise numbers near the limit") << with([](CsvTask& task) {
        task.targets = {"huge"};
        task.normalise = true;
    }) << "data.csv: column \"huge\" has numbers too large to normalise; write them in another unit";
}

void TestCsvFaults::faultsOfTheTask()
{
    QFETCH(CsvTask, task);
    QFETCH(QString, message);
    const QString error = QString::fromStdString(
        m_files.errorOf(task, "x,empty,huge\n1,,1e308\n2,,-1e308\n3,,1e308\n4,,-1e308\n5,,1e308\n"));
    QVERIFY2(error.endsWith(message) || error.contains(message), qPrintable(error));
    QVERIFY(!error.isEmpty() && !error.contains('\n'));
}

void TestCsvFaults::largeFileIsRefused()
{
    m_files.write("large.csv", "x\n1\n2\n");
    std::filesystem::resize_file(m_files.folder() / "large.csv", 64ULL * 1024 * 1024 + 1);
    CsvTask task = taskOf({"x"}, {"x"});
    task.path = "large.csv";
    QCOMPARE(m_files.errorOf(task, ""),
             std::string("e.chronograd.json: /task/path: \"large.csv\" is larger than 64 MB, the limit"));
    std::string many = "x\n";
    for (int i = 0; i < 1000002; ++i)
        many += "1\n";
    QCOMPARE(
        m_files.errorOf(taskOf({"x"}, {"x"}), many),
        std::string("e.chronograd.json: /task: gives a sequence of 1000001 steps; the limit is 1000000"));
}

QTEST_APPLESS_MAIN(TestCsvFaults)
#include "test_csv_faults.moc"
