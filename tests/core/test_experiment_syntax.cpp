#include "tests/support/experiment_text.h"

#include <QTest>

using namespace chronograd;
using namespace chronograd::test;

/// What is no JSON is refused in one line that names line and column.
class TestExperimentSyntax : public QObject
{
    Q_OBJECT

private slots:
    void refused_data();
    void refused();
    void byteOrderMarkIsAccepted();
    void depthLimitIsExact();
    void tooLargeFileIsRefused();
};

void TestExperimentSyntax::refused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char* name, const QByteArray& text, const char* message) {
        QTest::newRow(name) << text << QByteArray(message);
    };
    row("empty file", "", "line 1, column 1: empty; must be a JSON object");
    row("only white space", " \n\t", "line 1, column 1: empty");
    row("no comma", "{\n \"a\": 1\n \"b\": 2}",
        "line 3, column 2: syntax error while parsing object: unexpected "
        "string literal; expected '}'");
    row("trailing comma", "{\"a\": 1,}",
        "line 1, column 9: syntax error while parsing object key: unexpected '}'; "
        "expected string literal");
    row("trailing comma in a list", "[1,]",
        "line 1, column 4: syntax error while parsing value: unexpected ']'");
    row("something behind the end", "{} {}",
        "line 1, column 4: syntax error while parsing value: unexpected '{'; "
        "expected end of input");
    row("ends too early", "{\"a\":\n[1, 2",
        "line 2, column 6: syntax error while parsing array: unexpected end of "
        "input; expected ']'");
    row("NaN", "{\"a\": NaN}", "line 1, column 7: NaN is not a number in JSON; must be a finite number");
    row("Infinity", "{\"a\": Infinity}", "line 1, column 7: Infinity is not a number in JSON");
    row("minus Infinity", "[0, -Infinity]", "line 1, column 5: -Infinity is not a number in JSON");
    row("number too large", "{\"a\": [1, 1e999]}",
        "line 1, column 11: the number 1e999 is too large; must be finite, at most about 1.8e308");
    row("misspelled literal", "{\"a\": ture}", "line 1, column 7: ture is not a value in JSON; must be");
    row("number with a leading zero", "[01]", "line 1, column 3: syntax error while parsing array");
    row("number without digits", "[1.]",
        "line 1, column 4: syntax error while parsing value: invalid number");
    row("comment", "{} // no", "line 1, column 4: syntax error");
    row("single quotes", "{'a': 1}", "line 1, column 2: syntax error while parsing object key");
    row("unclosed string", "{\"a\": \"b}",
        "line 1, column 10: syntax error while parsing value: invalid string: "
        "missing closing quote");
    row("line break in a string", "[\"a\nb\"]",
        "invalid string: control character U+000A (LF) must be escaped");
    row("half a surrogate", "[\"\\ud800\"]", "invalid string: surrogate");
    row("bytes that are no UTF-8", "[\"\xC3\x28\"]", "invalid string: ill-formed UTF-8 byte");
    row("a zero byte", QByteArray("{\0}", 3), "line 1, column 2: a zero byte; must be JSON in UTF-8");
    row("a zero byte behind the end", QByteArray("{}\0", 3), "line 1, column 3: a zero byte");
    row("a literal too many", "[1 true]",
        "line 1, column 4: syntax error while parsing array: unexpected true literal");
    row("UTF-16", QByteArray("\xFF\xFE{\0}\0", 6), "line 1, column 1: syntax error");
    row("columns count characters", "[\"äöü\", x]", "line 1, column 9: x is not a value in JSON");
}

void TestExperimentSyntax::refused()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, message);
    const std::string told = refusal(text.toStdString());
    QVERIFY2(told.find("file.json: " + (message.startsWith("line") ? message.toStdString() : "line ")) == 0,
             told.c_str());
    QVERIFY2(told.find(message.toStdString()) != told.npos, told.c_str());
    QVERIFY2(told.find('\n') == told.npos, told.c_str());
}

void TestExperimentSyntax::byteOrderMarkIsAccepted()
{
    QCOMPARE(refusal("\xEF\xBB\xBF" + soundExperiment), std::string());
    QCOMPARE(refusal("\xEF\xBB\xBF[x]"), refusal("[x]")); // and is no column
}

void TestExperimentSyntax::depthLimitIsExact()
{
    const auto nested = [](int depth) {
        return std::string(static_cast<std::size_t>(depth), '[') +
               std::string(static_cast<std::size_t>(depth), ']');
    };
    QCOMPARE(refusal(nested(64)), std::string("file.json: must be an object, is a list"));
    QCOMPARE(refusal(nested(65)),
             std::string("file.json: line 1, column 65: nested deeper than the limit of 64 levels"));
    QCOMPARE(refusal("{\"[[\\\"[\": \"[[[\",\n\"b\": " + nested(70) + "}"),
             std::string("file.json: line 2, column 69: nested deeper than the limit of 64 levels"));
    const std::string deep(10'000'000, '[');
    QVERIFY(refusal(deep).find("limit of 64 levels") != std::string::npos);
}

void TestExperimentSyntax::tooLargeFileIsRefused()
{
    const std::string large((64u << 20) + 1, ' ');
    QCOMPARE(refusal(large), std::string("file.json: larger than the limit of 64 MB"));
}

QTEST_APPLESS_MAIN(TestExperimentSyntax)
#include "test_experiment_syntax.moc"
