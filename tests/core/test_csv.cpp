#include "core/experiment/input_error.h"
#include "core/tasks/csv_reader.h"
#include "core/tasks/task.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>

using namespace chronograd;

namespace {

using Record = std::vector<std::string>;

std::vector<Record> recordsOf(std::string_view text, std::string* fault = nullptr)
{
    CsvReader reader(text);
    std::vector<Record> records;
    for (Record fields; reader.next(fields);)
        records.push_back(fields);
    if (fault != nullptr)
        *fault = reader.fault();
    return records;
}

std::vector<double> row(const Matrix& values, Eigen::Index at = 0)
{
    std::vector<double> numbers;
    for (Eigen::Index column = 0; column < values.cols(); ++column)
        numbers.push_back(values(at, column));
    return numbers;
}

CsvTask taskOf(std::vector<std::string> inputs, std::vector<std::string> targets)
{
    CsvTask task;
    task.path = "data.csv";
    task.inputs = std::move(inputs);
    task.targets = std::move(targets);
    return task;
}

std::string numbersTo(int last)
{
    std::string text = "n,x\n";
    for (int i = 1; i <= last; ++i)
        text += std::to_string(i) + "," + std::to_string(10 * i) + "\n";
    return text;
}

} // namespace

class TestCsv : public QObject
{
    Q_OBJECT

private slots:
    void records_data();
    void records();
    void linesAreCounted();
    void quoteFaults();

    void sunspots();
    void sunspotsNormalisedByTheTrainingPart();
    void horizonDefaults();
    void horizonShiftsTargets();
    void lengthCutsAndKeepsTheShortRest();
    void testPartIsTheLastRows();
    void timesAreThoseOfTheTarget();
    void timeColumn_data();
    void timeColumn();
    void byteOrderMarkAndLineEnds();
    void numberForms();
    void interpolation();
    void constantColumnIsOnlyShifted();
    void inputAndTargetShareTheirScale();
    void pathIsRelativeToTheExperiment();
    void faults_data();
    void faults();
    void faultsOfTheTask_data();
    void faultsOfTheTask();
    void largeFileIsRefused();

private:
    Dataset make(const CsvTask& task, std::string_view content);
    std::string errorOf(const CsvTask& task, std::string_view content);
    void write(const std::filesystem::path& name, std::string_view content) const;
    std::filesystem::path folder() const { return m_folder.path().toStdString(); }

    QTemporaryDir m_folder;
};

void TestCsv::write(const std::filesystem::path& name, std::string_view content) const
{
    std::ofstream(folder() / name, std::ios::binary) << content;
}

Dataset TestCsv::make(const CsvTask& task, std::string_view content)
{
    write("data.csv", content);
    Experiment experiment;
    experiment.file = folder() / "e.chronograd.json";
    experiment.task = task;
    experiment.network.layers.resize(1);
    return makeDataset(experiment);
}

/// The message, with the test's folder taken out.
std::string TestCsv::errorOf(const CsvTask& task, std::string_view content)
{
    try {
        make(task, content);
    } catch (const InputError& error) {
        return QString(error.what()).replace(m_folder.path() + "/", QString()).toStdString();
    }
    return {};
}

void TestCsv::records_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<std::vector<Record>>("expected");
    const auto add = [](const char* name, const char* text, const std::vector<Record>& expected) {
        QTest::newRow(name) << QByteArray(text) << expected;
    };
    add("nothing", "", {});
    add("only line ends", "\n\r\n\n", {});
    add("one field", "a", {{"a"}});
    add("no line end at the end", "a,b\n1,2", {{"a", "b"}, {"1", "2"}});
    add("line end at the end", "a,b\n1,2\n", {{"a", "b"}, {"1", "2"}});
    add("CRLF", "a,b\r\n1,2\r\n", {{"a", "b"}, {"1", "2"}});
    add("CR alone", "a,b\r1,2\r", {{"a", "b"}, {"1", "2"}});
    add("quoted", "\"a\",\"b\"\n\"1\",2\n", {{"a", "b"}, {"1", "2"}});
    add("comma, quote and line end inside quotes", "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\n1,2,3",
        {{"a,b", "say \"x\"", "two\nlines"}, {"1", "2", "3"}});
    add("empty fields", ",\n,,\n\"\",", {{"", ""}, {"", "", ""}, {"", ""}});
    add("blanks around plain fields", " a b ,\tc \n", {{"a b", "c"}});
    add("blanks inside quotes stay", "\" a \" ,b", {{" a ", "b"}});
    add("an empty line between", "a\n\nb\n\n", {{"a"}, {""}, {"b"}});
    add("a quote inside a plain field", "a\"b,c", {{"a\"b", "c"}});
}

void TestCsv::records()
{
    QFETCH(QByteArray, text);
    QFETCH(std::vector<Record>, expected);
    std::string fault;
    QVERIFY(recordsOf(text.toStdString(), &fault) == expected);
    QCOMPARE(fault, std::string());
}

void TestCsv::linesAreCounted()
{
    CsvReader reader("a\r\n\"x\ny\"\n\nb\n");
    Record fields;
    for (const std::int64_t line : {1, 2, 4, 5}) {
        QVERIFY(reader.next(fields));
        QCOMPARE(reader.line(), line);
    }
    QVERIFY(!reader.next(fields));
}

void TestCsv::quoteFaults()
{
    std::string fault;
    QCOMPARE(recordsOf("a,b\n1,\"2\n3,4\n", &fault).size(), std::size_t{1});
    QCOMPARE(fault, std::string("line 2: a quote is opened and never closed"));
    QCOMPARE(recordsOf("a,b\n\"1\"5,2\n", &fault).size(), std::size_t{1});
    QVERIFY(QString::fromStdString(fault).startsWith("line 2: text follows a closing quote"));
}

void TestCsv::sunspots()
{
    CsvTask task = taskOf({"SUNACTIVITY"}, {"SUNACTIVITY"});
    task.path = "sunspots-yearly.csv";
    task.length = 50;
    task.testFraction = 0.2;
    Experiment experiment;
    experiment.file = CHRONOGRAD_SOURCE_DIR "/resources/data/e.chronograd.json";
    experiment.task = task;
    experiment.network.layers.resize(1);
    const Dataset data = makeDataset(experiment);
    // 309 years, 1700 … 2008; the last 62 (0.2 · 309 = 61.8) are the test part.
    QCOMPARE(data.inputs, 1);
    QCOMPARE(data.outputs, 1);
    QCOMPARE(data.training.size(), std::size_t{5});
    QCOMPARE(data.training[0].length(), 50);
    QCOMPARE(data.training[4].length(), 46); // 247 rows, 246 pairs
    QCOMPARE(data.test.size(), std::size_t{2});
    QCOMPARE(data.test[0].length(), 50);
    QCOMPARE(data.test[1].length(), 11); // 62 rows, 61 pairs
    QCOMPARE(data.test[0].firstRow, 247);
    QCOMPARE(data.training[0].inputs(0, 0), 5.0);
    QCOMPARE(data.training[0].targets(0, 0), 11.0);
    QCOMPARE(data.test[1].targets(0, 10), 2.9);
    QCOMPARE(data.timeName, std::string("YEAR"));
    QCOMPARE(data.times.size(), std::size_t{308});
    QCOMPARE(data.times.front(), 1701.0);
    QCOMPARE(data.times.back(), 2008.0);
    QCOMPARE(data.outputNames, Record{"SUNACTIVITY"});
    QVERIFY(data.outputScale.empty());
}

void TestCsv::sunspotsNormalisedByTheTrainingPart()
{
    QFile file(CHRONOGRAD_SOURCE_DIR "/resources/data/sunspots-yearly.csv");
    QVERIFY(file.open(QIODevice::ReadOnly));
    std::vector<double> series;
    for (const QByteArray& line : file.readAll().trimmed().split('\n').mid(1))
        series.push_back(line.split(',').at(1).toDouble());
    QCOMPARE(series.size(), std::size_t{309});
    double mean = 0.0;
    double square = 0.0;
    for (std::size_t i = 0; i < 247; ++i)
        mean += series[i] / 247.0;
    for (std::size_t i = 0; i < 247; ++i)
        square += series[i] * series[i] / 247.0;
    const double deviation = std::sqrt(square - mean * mean);

    CsvTask task = taskOf({"SUNACTIVITY"}, {"SUNACTIVITY"});
    task.testFraction = 0.2;
    task.normalise = true;
    file.seek(0);
    const Dataset data = make(task, file.readAll().toStdString());
    QCOMPARE(data.outputScale.size(), std::size_t{1});
    QVERIFY(std::abs(data.outputScale[0].mean - mean) < 1e-10);
    QVERIFY(std::abs(data.outputScale[0].deviation - deviation) < 1e-10);
    for (Eigen::Index column = 0; column < data.training[0].length(); ++column)
        QVERIFY(std::abs(data.training[0].inputs(0, column) -
                         (series[static_cast<std::size_t>(column)] - mean) / deviation) < 1e-10);
    QVERIFY(std::abs(data.test[0].targets(0, 60) - (2.9 - mean) / deviation) < 1e-10);
}

void TestCsv::horizonDefaults()
{
    const Dataset ahead = make(taskOf({"x"}, {"x"}), "x,y\n1,10\n2,20\n3,30\n");
    QCOMPARE(row(ahead.training[0].inputs), (std::vector<double>{1, 2}));
    QCOMPARE(row(ahead.training[0].targets), (std::vector<double>{2, 3}));
    const Dataset beside = make(taskOf({"x"}, {"y"}), "x,y\n1,10\n2,20\n3,30\n");
    QCOMPARE(row(beside.training[0].inputs), (std::vector<double>{1, 2, 3}));
    QCOMPARE(row(beside.training[0].targets), (std::vector<double>{10, 20, 30}));
    const Dataset both = make(taskOf({"y", "x"}, {"x"}), "x,y\n1,10\n2,20\n3,30\n");
    QCOMPARE(row(both.training[0].inputs, 0), (std::vector<double>{10, 20}));
    QCOMPARE(row(both.training[0].inputs, 1), (std::vector<double>{1, 2}));
    QCOMPARE(row(both.training[0].targets), (std::vector<double>{2, 3}));
}

void TestCsv::horizonShiftsTargets()
{
    CsvTask task = taskOf({"x"}, {"x", "y"});
    task.horizon = 2;
    const Dataset data = make(task, "x,y\n1,10\n2,20\n3,30\n4,40\n");
    QCOMPARE(row(data.training[0].inputs), (std::vector<double>{1, 2}));
    QCOMPARE(row(data.training[0].targets, 0), (std::vector<double>{3, 4}));
    QCOMPARE(row(data.training[0].targets, 1), (std::vector<double>{30, 40}));
    task.horizon = 0;
    const Dataset same = make(task, "x,y\n1,10\n2,20\n");
    QCOMPARE(row(same.training[0].targets, 0), row(same.training[0].inputs));
}

void TestCsv::lengthCutsAndKeepsTheShortRest()
{
    CsvTask task = taskOf({"x"}, {"x"});
    task.length = 4;
    const Dataset data = make(task, numbersTo(11)); // ten pairs
    QCOMPARE(data.training.size(), std::size_t{3});
    std::int64_t seen = 0;
    for (const Sequence& sequence : data.training) {
        QCOMPARE(sequence.firstRow, seen);
        for (std::int64_t column = 0; column < sequence.length(); ++column) {
            QCOMPARE(sequence.inputs(0, column), 10.0 * static_cast<double>(seen + 1));
            QCOMPARE(sequence.targets(0, column), 10.0 * static_cast<double>(seen + 2));
            QCOMPARE(sequence.hasTarget[static_cast<std::size_t>(column)], std::uint8_t{1});
            ++seen;
        }
    }
    QCOMPARE(seen, 10);
    QCOMPARE(data.training[2].length(), 2);
}

void TestCsv::testPartIsTheLastRows()
{
    CsvTask task = taskOf({"x"}, {"x"});
    task.horizon = 3;
    task.testFraction = 0.25;
    const Dataset data = make(task, numbersTo(20)); // 15 rows of training, 5 of test
    QCOMPARE(data.training[0].length(), 12);
    QCOMPARE(data.training[0].targets.maxCoeff(), 150.0); // nothing of the test part
    QCOMPARE(data.test[0].length(), 2);
    QCOMPARE(row(data.test[0].inputs), (std::vector<double>{160, 170}));
    QCOMPARE(row(data.test[0].targets), (std::vector<double>{190, 200}));
    QCOMPARE(data.test[0].firstRow, 15);
}

void TestCsv::timesAreThoseOfTheTarget()
{
    CsvTask task = taskOf({"x"}, {"x"});
    task.horizon = 3;
    task.testFraction = 0.25;
    task.length = 5;
    const Dataset data = make(task, numbersTo(20));
    QCOMPARE(data.timeName, std::string("n"));
    for (const std::vector<Sequence>* part : {&data.training, &data.test}) {
        for (const Sequence& sequence : *part) {
            for (std::int64_t t = 1; t <= sequence.length(); ++t)
                QCOMPARE(data.times.at(static_cast<std::size_t>(sequence.firstRow + t - 1)),
                         sequence.targets(0, t - 1) / 10.0);
        }
    }
}

void TestCsv::timeColumn_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("input");
    QTest::addColumn<bool>("hasTime");
    QTest::newRow("increasing") << QByteArray("year,x\n-1,1\n0.5,2\n7,3\n") << "x" << true;
    QTest::newRow("equal twice") << QByteArray("year,x\n1,1\n1,2\n7,3\n") << "x" << false;
    QTest::newRow("falling") << QByteArray("year,x\n3,1\n2,2\n1,3\n") << "x" << false;
    QTest::newRow("text") << QByteArray("day,x\nmon,1\ntue,2\n") << "x" << false;
    QTest::newRow("text in one row") << QByteArray("day,x\n1,1\n2,2\nx,3\n") << "x" << false;
    QTest::newRow("missing once") << QByteArray("day,x\n1,1\n,2\n3,3\n") << "x" << false;
    QTest::newRow("not the first column") << QByteArray("x,year\n5,1\n4,2\n") << "x" << false;
    QTest::newRow("itself the input") << QByteArray("year,x\n1,1\n2,2\n") << "year" << false;
}

void TestCsv::timeColumn()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, input);
    QFETCH(bool, hasTime);
    const std::string name = input.toStdString();
    const Dataset data = make(taskOf({name}, {name}), text.toStdString());
    QCOMPARE(!data.times.empty(), hasTime);
    QCOMPARE(data.timeName, std::string(hasTime ? "year" : ""));
}

void TestCsv::byteOrderMarkAndLineEnds()
{
    const Dataset plain = make(taskOf({"x"}, {"y"}), "x,y\n1,2\n3,4\n");
    for (const char* text :
         {"\xEF\xBB\xBFx,y\r\n1,2\r\n3,4\r\n", "\xEF\xBB\xBF\"x\",\"y\"\n\"1\",\"2\"\n\"3\",\"4\"",
          " x , y\n 1,\t2\n3 ,4\n\n\n"})
    {
        const Dataset data = make(taskOf({"x"}, {"y"}), text);
        QVERIFY(data.training[0].inputs == plain.training[0].inputs);
        QVERIFY(data.training[0].targets == plain.training[0].targets);
    }
}

void TestCsv::numberForms()
{
    const Dataset data = make(taskOf({"x"}, {"x"}), "x\n+1.5\n-2\n.5\n1e3\n2E-2\n\"7\"\n1e-320\n0\n");
    QCOMPARE(row(data.training[0].inputs), (std::vector<double>{1.5, -2, 0.5, 1000, 0.02, 7, 1e-320}));
}

void TestCsv::interpolation()
{
    CsvTask task = taskOf({"x"}, {"y"});
    task.missing = MissingRule::Interpolate;
    const Dataset data = make(task, "x,y\n,1\nNaN,2\n4,nan\n,\n , 8\n10,9\n11,\n");
    QCOMPARE(row(data.training[0].inputs), (std::vector<double>{4, 4, 4, 6, 8, 10, 11}));
    QCOMPARE(row(data.training[0].targets), (std::vector<double>{1, 2, 4, 6, 8, 9, 9}));
    const Dataset huge = make(task, "x,y\n-1.7e308,1\n,1\n1.7e308,1\n");
    QCOMPARE(huge.training[0].inputs(0, 1), 0.0);
    const Dataset lines = make(taskOf({"x"}, {"y"}), "x,y\n1,1\n2,2\n\n");
    QCOMPARE(lines.training[0].length(), 2);
}

void TestCsv::constantColumnIsOnlyShifted()
{
    CsvTask task = taskOf({"x"}, {"y"});
    task.normalise = true;
    const Dataset data = make(task, "x,y\n3,1\n3,2\n3,3\n");
    QCOMPARE(row(data.training[0].inputs), (std::vector<double>{0, 0, 0}));
    QCOMPARE(data.outputScale.at(0).mean, 2.0);
    QCOMPARE(data.outputScale.at(0).deviation, std::sqrt(2.0 / 3.0));
    std::string text = "x,y\n";
    for (int i = 0; i < 247; ++i)
        text += std::to_string(i) + ",0.1\n";
    const Dataset constant = make(task, text); // the mean of 247 rounded tenths is not the rounded tenth
    QVERIFY(constant.training[0].targets.isZero(0.0));
    QCOMPARE(constant.outputScale.at(0).mean, 0.1);
    QCOMPARE(constant.outputScale.at(0).deviation, 1.0);
}

void TestCsv::inputAndTargetShareTheirScale()
{
    CsvTask task = taskOf({"x"}, {"x"});
    task.normalise = true;
    const Dataset data = make(task, numbersTo(9));
    const Sequence& sequence = data.training[0];
    QVERIFY(sequence.inputs.rightCols(7) == sequence.targets.leftCols(7));
    for (Eigen::Index column = 0; column < 8; ++column)
        QVERIFY(std::abs(data.outputScale[0].mean +
                         data.outputScale[0].deviation * sequence.targets(0, column) -
                         10.0 * static_cast<double>(column + 2)) < 1e-12);
}

void TestCsv::pathIsRelativeToTheExperiment()
{
    std::filesystem::create_directory(folder() / "sub");
    write("sub/inner.csv", "x\n1\n2\n");
    CsvTask task = taskOf({"x"}, {"x"});
    task.path = "sub/../sub/inner.csv";
    QCOMPARE(make(task, "").training[0].inputs(0, 0), 1.0);
    task.path = (folder() / "sub" / "inner.csv").string(); // absolute
    QCOMPARE(make(task, "").training[0].inputs(0, 0), 1.0);
}

void TestCsv::faults_data()
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

void TestCsv::faults()
{
    QFETCH(QByteArray, text);
    QTEST(QString::fromStdString(errorOf(taskOf({"x"}, {"y"}), text.toStdString())), "message");
}

void TestCsv::faultsOfTheTask_data()
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

void TestCsv::faultsOfTheTask()
{
    QFETCH(CsvTask, task);
    QFETCH(QString, message);
    const QString error = QString::fromStdString(
        errorOf(task, "x,empty,huge\n1,,1e308\n2,,-1e308\n3,,1e308\n4,,-1e308\n5,,1e308\n"));
    QVERIFY2(error.endsWith(message) || error.contains(message), qPrintable(error));
    QVERIFY(!error.isEmpty() && !error.contains('\n'));
}

void TestCsv::largeFileIsRefused()
{
    write("large.csv", "x\n1\n2\n");
    std::filesystem::resize_file(folder() / "large.csv", 64ULL * 1024 * 1024 + 1);
    CsvTask task = taskOf({"x"}, {"x"});
    task.path = "large.csv";
    QCOMPARE(errorOf(task, ""),
             std::string("e.chronograd.json: /task/path: \"large.csv\" is larger than 64 MB, the limit"));
    std::string many = "x\n";
    for (int i = 0; i < 1000002; ++i)
        many += "1\n";
    QCOMPARE(
        errorOf(taskOf({"x"}, {"x"}), many),
        std::string("e.chronograd.json: /task: gives a sequence of 1000001 steps; the limit is 1000000"));
}

QTEST_APPLESS_MAIN(TestCsv)
#include "test_csv.moc"
