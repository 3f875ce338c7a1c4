#include "tests/support/csv_files.h"

#include <QFile>
#include <QTest>

#include <cmath>

using namespace chronograd;
using test::taskOf;

namespace {

std::vector<double> row(const Matrix& values, Eigen::Index at = 0)
{
    std::vector<double> numbers;
    for (Eigen::Index column = 0; column < values.cols(); ++column)
        numbers.push_back(values(at, column));
    return numbers;
}

std::string numbersTo(int last)
{
    std::string text = "n,x\n";
    for (int i = 1; i <= last; ++i)
        text += std::to_string(i) + "," + std::to_string(10 * i) + "\n";
    return text;
}

} // namespace

/// A file of columns as sequences of inputs and targets.
class TestCsvTask : public QObject
{
    Q_OBJECT

private slots:
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

private:
    test::CsvFiles m_files;
};

void TestCsvTask::sunspots()
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
    QCOMPARE(data.outputNames, std::vector<std::string>{"SUNACTIVITY"});
    QVERIFY(data.outputScale.empty());
}

void TestCsvTask::sunspotsNormalisedByTheTrainingPart()
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
    const Dataset data = m_files.make(task, file.readAll().toStdString());
    QCOMPARE(data.outputScale.size(), std::size_t{1});
    QVERIFY(std::abs(data.outputScale[0].mean - mean) < 1e-10);
    QVERIFY(std::abs(data.outputScale[0].deviation - deviation) < 1e-10);
    for (Eigen::Index column = 0; column < data.training[0].length(); ++column)
        QVERIFY(std::abs(data.training[0].inputs(0, column) -
                         (series[static_cast<std::size_t>(column)] - mean) / deviation) < 1e-10);
    QVERIFY(std::abs(data.test[0].targets(0, 60) - (2.9 - mean) / deviation) < 1e-10);
}

void TestCsvTask::horizonDefaults()
{
    const Dataset ahead = m_files.make(taskOf({"x"}, {"x"}), "x,y\n1,10\n2,20\n3,30\n");
    QCOMPARE(row(ahead.training[0].inputs), (std::vector<double>{1, 2}));
    QCOMPARE(row(ahead.training[0].targets), (std::vector<double>{2, 3}));
    const Dataset beside = m_files.make(taskOf({"x"}, {"y"}), "x,y\n1,10\n2,20\n3,30\n");
    QCOMPARE(row(beside.training[0].inputs), (std::vector<double>{1, 2, 3}));
    QCOMPARE(row(beside.training[0].targets), (std::vector<double>{10, 20, 30}));
    const Dataset both = m_files.make(taskOf({"y", "x"}, {"x"}), "x,y\n1,10\n2,20\n3,30\n");
    QCOMPARE(row(both.training[0].inputs, 0), (std::vector<double>{10, 20}));
    QCOMPARE(row(both.training[0].inputs, 1), (std::vector<double>{1, 2}));
    QCOMPARE(row(both.training[0].targets), (std::vector<double>{2, 3}));
}

void TestCsvTask::horizonShiftsTargets()
{
    CsvTask task = taskOf({"x"}, {"x", "y"});
    task.horizon = 2;
    const Dataset data = m_files.make(task, "x,y\n1,10\n2,20\n3,30\n4,40\n");
    QCOMPARE(row(data.training[0].inputs), (std::vector<double>{1, 2}));
    QCOMPARE(row(data.training[0].targets, 0), (std::vector<double>{3, 4}));
    QCOMPARE(row(data.training[0].targets, 1), (std::vector<double>{30, 40}));
    task.horizon = 0;
    const Dataset same = m_files.make(task, "x,y\n1,10\n2,20\n");
    QCOMPARE(row(same.training[0].targets, 0), row(same.training[0].inputs));
}

void TestCsvTask::lengthCutsAndKeepsTheShortRest()
{
    CsvTask task = taskOf({"x"}, {"x"});
    task.length = 4;
    const Dataset data = m_files.make(task, numbersTo(11)); // ten pairs
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

void TestCsvTask::testPartIsTheLastRows()
{
    CsvTask task = taskOf({"x"}, {"x"});
    task.horizon = 3;
    task.testFraction = 0.25;
    const Dataset data = m_files.make(task, numbersTo(20)); // 15 rows of training, 5 of test
    QCOMPARE(data.training[0].length(), 12);
    QCOMPARE(data.training[0].targets.maxCoeff(), 150.0); // nothing of the test part
    QCOMPARE(data.test[0].length(), 2);
    QCOMPARE(row(data.test[0].inputs), (std::vector<double>{160, 170}));
    QCOMPARE(row(data.test[0].targets), (std::vector<double>{190, 200}));
    QCOMPARE(data.test[0].firstRow, 15);
}

void TestCsvTask::timesAreThoseOfTheTarget()
{
    CsvTask task = taskOf({"x"}, {"x"});
    task.horizon = 3;
    task.testFraction = 0.25;
    task.length = 5;
    const Dataset data = m_files.make(task, numbersTo(20));
    QCOMPARE(data.timeName, std::string("n"));
    for (const std::vector<Sequence>* part : {&data.training, &data.test}) {
        for (const Sequence& sequence : *part) {
            for (std::int64_t t = 1; t <= sequence.length(); ++t)
                QCOMPARE(data.times.at(static_cast<std::size_t>(sequence.firstRow + t - 1)),
                         sequence.targets(0, t - 1) / 10.0);
        }
    }
}

void TestCsvTask::timeColumn_data()
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

void TestCsvTask::timeColumn()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, input);
    QFETCH(bool, hasTime);
    const std::string name = input.toStdString();
    const Dataset data = m_files.make(taskOf({name}, {name}), text.toStdString());
    QCOMPARE(!data.times.empty(), hasTime);
    QCOMPARE(data.timeName, std::string(hasTime ? "year" : ""));
}

void TestCsvTask::byteOrderMarkAndLineEnds()
{
    const Dataset plain = m_files.make(taskOf({"x"}, {"y"}), "x,y\n1,2\n3,4\n");
    for (const char* text :
         {"\xEF\xBB\xBFx,y\r\n1,2\r\n3,4\r\n", "\xEF\xBB\xBF\"x\",\"y\"\n\"1\",\"2\"\n\"3\",\"4\"",
          " x , y\n 1,\t2\n3 ,4\n\n\n"})
    {
        const Dataset data = m_files.make(taskOf({"x"}, {"y"}), text);
        QVERIFY(data.training[0].inputs == plain.training[0].inputs);
        QVERIFY(data.training[0].targets == plain.training[0].targets);
    }
}

void TestCsvTask::numberForms()
{
    const Dataset data = m_files.make(taskOf({"x"}, {"x"}), "x\n+1.5\n-2\n.5\n1e3\n2E-2\n\"7\"\n1e-320\n0\n");
    QCOMPARE(row(data.training[0].inputs), (std::vector<double>{1.5, -2, 0.5, 1000, 0.02, 7, 1e-320}));
}

void TestCsvTask::interpolation()
{
    CsvTask task = taskOf({"x"}, {"y"});
    task.missing = MissingRule::Interpolate;
    const Dataset data = m_files.make(task, "x,y\n,1\nNaN,2\n4,nan\n,\n , 8\n10,9\n11,\n");
    QCOMPARE(row(data.training[0].inputs), (std::vector<double>{4, 4, 4, 6, 8, 10, 11}));
    QCOMPARE(row(data.training[0].targets), (std::vector<double>{1, 2, 4, 6, 8, 9, 9}));
    const Dataset huge = m_files.make(task, "x,y\n-1.7e308,1\n,1\n1.7e308,1\n");
    QCOMPARE(huge.training[0].inputs(0, 1), 0.0);
    const Dataset lines = m_files.make(taskOf({"x"}, {"y"}), "x,y\n1,1\n2,2\n\n");
    QCOMPARE(lines.training[0].length(), 2);
}

void TestCsvTask::constantColumnIsOnlyShifted()
{
    CsvTask task = taskOf({"x"}, {"y"});
    task.normalise = true;
    const Dataset data = m_files.make(task, "x,y\n3,1\n3,2\n3,3\n");
    QCOMPARE(row(data.training[0].inputs), (std::vector<double>{0, 0, 0}));
    QCOMPARE(data.outputScale.at(0).mean, 2.0);
    QCOMPARE(data.outputScale.at(0).deviation, std::sqrt(2.0 / 3.0));
    std::string text = "x,y\n";
    for (int i = 0; i < 247; ++i)
        text += std::to_string(i) + ",0.1\n";
    const Dataset constant =
        m_files.make(task, text); // the mean of 247 rounded tenths is not the rounded tenth
    QVERIFY(constant.training[0].targets.isZero(0.0));
    QCOMPARE(constant.outputScale.at(0).mean, 0.1);
    QCOMPARE(constant.outputScale.at(0).deviation, 1.0);
}

void TestCsvTask::inputAndTargetShareTheirScale()
{
    CsvTask task = taskOf({"x"}, {"x"});
    task.normalise = true;
    const Dataset data = m_files.make(task, numbersTo(9));
    const Sequence& sequence = data.training[0];
    QVERIFY(sequence.inputs.rightCols(7) == sequence.targets.leftCols(7));
    for (Eigen::Index column = 0; column < 8; ++column)
        QVERIFY(std::abs(data.outputScale[0].mean +
                         data.outputScale[0].deviation * sequence.targets(0, column) -
                         10.0 * static_cast<double>(column + 2)) < 1e-12);
}

void TestCsvTask::pathIsRelativeToTheExperiment()
{
    std::filesystem::create_directory(m_files.folder() / "sub");
    m_files.write("sub/inner.csv", "x\n1\n2\n");
    CsvTask task = taskOf({"x"}, {"x"});
    task.path = "sub/../sub/inner.csv";
    QCOMPARE(m_files.make(task, "").training[0].inputs(0, 0), 1.0);
    task.path = (m_files.folder() / "sub" / "inner.csv").string(); // absolute
    QCOMPARE(m_files.make(task, "").training[0].inputs(0, 0), 1.0);
}

QTEST_APPLESS_MAIN(TestCsvTask)
#include "test_csv_task.moc"
