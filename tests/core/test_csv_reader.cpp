#include "core/tasks/csv_reader.h"

#include <QTest>

#include <string>
#include <vector>

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

} // namespace

/// The text of a file as records of fields.
class TestCsvReader : public QObject
{
    Q_OBJECT

private slots:
    void records_data();
    void records();
    void linesAreCounted();
    void quoteFaults();
};

void TestCsvReader::records_data()
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

void TestCsvReader::records()
{
    QFETCH(QByteArray, text);
    QFETCH(std::vector<Record>, expected);
    std::string fault;
    QVERIFY(recordsOf(text.toStdString(), &fault) == expected);
    QCOMPARE(fault, std::string());
}

void TestCsvReader::linesAreCounted()
{
    CsvReader reader("a\r\n\"x\ny\"\n\nb\n");
    Record fields;
    for (const std::int64_t line : {1, 2, 4, 5}) {
        QVERIFY(reader.next(fields));
        QCOMPARE(reader.line(), line);
    }
    QVERIFY(!reader.next(fields));
}

void TestCsvReader::quoteFaults()
{
    std::string fault;
    QCOMPARE(recordsOf("a,b\n1,\"2\n3,4\n", &fault).size(), std::size_t{1});
    QCOMPARE(fault, std::string("line 2: a quote is opened and never closed"));
    QCOMPARE(recordsOf("a,b\n\"1\"5,2\n", &fault).size(), std::size_t{1});
    QVERIFY(QString::fromStdString(fault).startsWith("line 2: text follows a closing quote"));
}

QTEST_APPLESS_MAIN(TestCsvReader)
#include "test_csv_reader.moc"
