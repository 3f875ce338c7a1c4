#include "core/experiment/input_error.h"
#include "core/sweep/sweep_values.h"

#include <QTest>

using namespace chronograd;

/// What --vary takes: lists, ranges, JSON values with commas of their own; what is wrong is told.
class TestSweepValues : public QObject
{
    Q_OBJECT

private slots:
    void valuesAreExpanded_data();
    void valuesAreExpanded();
    void wrongOnesAreRefused_data();
    void wrongOnesAreRefused();
    void anAxisHasAPath();
};

namespace {

QString joined(const std::vector<std::string>& values)
{
    QStringList list;
    for (const std::string& value : values)
        list.append(QString::fromStdString(value));
    return list.join(u'|');
}

QString refusal(const char* text)
{
    try {
        parseAxis(text);
    } catch (const InputError& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

} // namespace

void TestSweepValues::valuesAreExpanded_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("values");
    const auto row = [](const char* name, const char* text, const char* values) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(values);
    };
    row("a list", "1,2,5", "1|2|5");
    row("spaces around values", " 1 , \"n\" ", "1|\"n\"");
    row("one value", "0.5", "0.5");
    row("words", "sgd,adam", "sgd|adam");
    row("lists of JSON keep their commas", "[1,2],[3,[4,5]]", "[1,2]|[3,[4,5]]");
    row("objects of JSON too", R"({"a":1,"b":[2,3]},7)", R"({"a":1,"b":[2,3]}|7)");
    row("a comma and a quote in a string", R"("a,\"b",c)", R"("a,\"b"|c)");
    row("linear with fractions", "0.0..1.0:5", "0.0|0.25|0.5|0.75|1.0");
    row("linear, whole", "1..9:5", "1|3|5|7|9");
    row("whole ends, rounded and each once", "1..3:9", "1|2|3");
    row("logarithmic, whole", "1..64:7:log", "1|2|4|8|16|32|64");
    row("logarithmic, three digits", "0.001..0.1:5:log", "0.001|0.00316|0.01|0.0316|0.1");
    row("every whole number", "1..8", "1|2|3|4|5|6|7|8");
    row("every whole number, falling", "2..-1", "2|1|0|-1");
    row("falling", "8..2:4", "8|6|4|2");
    row("negative ends", "-1.5..1.5:3", "-1.5|0|1.5");
    row("a list with a range", "1,4..6:3,n", "1|4|5|6|n");
    row("a path is no range", "../data/a.csv,..", "../data/a.csv|..");
    row("a range with a word is a value", "1..n:3", "1..n:3");
}

void TestSweepValues::valuesAreExpanded()
{
    QFETCH(QString, text);
    QTEST(joined(parseValues(text.toStdString())), "values");
}

void TestSweepValues::wrongOnesAreRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const char* text, const char* says) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(says);
    };
    row("no values", "training.k1", "must be PATH=VALUE,VALUE");
    row("no path", "=1,2", "must be PATH=VALUE,VALUE");
    row("an empty value", "training.k1=1,,2", "a value is missing");
    row("a value twice", "training.k1=1,2,1", "1 is there twice");
    row("twice through a range", "training.k1=2,1..3:3", "2 is there twice");
    row("a range of one", "training.k1=1..3:1", "must have from 2 to 10000 numbers");
    row("a range of a million", "training.k1=1..3:1000000", "must have from 2 to 10000 numbers");
    row("a range of fractions without how many", "training.learning_rate=0.1..0.9",
        "must have from 2 to 10000 numbers, as in 1..8 or 0.001..0.1:5:log");
    row("all whole numbers there are", "training.k1=-9223372036854775807..9223372036854775807",
        "must have from 2 to 10000 numbers");
    row("a range of half a number", "training.k1=1..3:2.5", "must have from 2 to 10000 numbers");
    row("logarithmic from 0", "training.momentum=0..1:3:log", "greater than 0");
}

void TestSweepValues::wrongOnesAreRefused()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    const QString told = refusal(text.toUtf8().constData());
    QVERIFY2(told.startsWith(QStringLiteral("--vary ")) && told.contains(says), qPrintable(told));
}

void TestSweepValues::anAxisHasAPath()
{
    const SweepAxis axis = parseAxis("task.path=a=b.csv,c.csv");
    QCOMPARE(axis.path, std::string("task.path"));
    QCOMPARE(joined(axis.values), QStringLiteral("a=b.csv|c.csv"));
}

QTEST_APPLESS_MAIN(TestSweepValues)
#include "test_sweep_values.moc"
