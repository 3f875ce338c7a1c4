#include "core/experiment/experiment_io.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <algorithm>
#include <random>

using namespace chronograd;

/// Spoiled reference files: each is read or refused in one line, whatever was done to it.
class TestExperimentFuzz : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void spoiledFiles_data();
    void spoiledFiles();

private:
    std::vector<std::string> m_texts;
};

namespace {

using Generator = std::mt19937;

std::size_t below(Generator& random, std::size_t bound)
{
    return random() % bound;
}

void flipBytes(std::string& text, Generator& random)
{
    for (std::size_t n = 1 + below(random, 3); n > 0; --n)
        text[below(random, text.size())] = static_cast<char>(below(random, 256));
}

void truncate(std::string& text, Generator& random)
{
    text.resize(below(random, text.size()));
}

/// A value at a random place, from its first to its last character, as far as a glance tells.
std::pair<std::size_t, std::size_t> tokenAt(const std::string& text, Generator& random)
{
    const std::string_view ends = ",:[]{} \n";
    std::size_t begin = below(random, text.size());
    while (begin < text.size() && ends.find(text[begin]) != ends.npos)
        ++begin;
    std::size_t end = begin;
    while (begin > 0 && ends.find(text[begin - 1]) == ends.npos)
        --begin;
    while (end < text.size() && ends.find(text[end]) == ends.npos)
        ++end;
    return {begin, end - begin};
}

void replaceToken(std::string& text, Generator& random)
{
    const std::string_view tokens[] = {
        "null", "true", "-1",  "0",      "1e308",     "1e999",       "99999999999999999999",
        "\"\"", "[]",   "{}",  "2.5",    "\"n\"",     "\"task\"",    "4096",
        "NaN",  "[[",   "]]]", "\"k1\"", "\"input\"", "\"\\u0000\"", "1000000"};
    const auto [at, length] = tokenAt(text, random);
    text.replace(at, length, tokens[below(random, std::size(tokens))]);
}

void swapTokens(std::string& text, Generator& random)
{
    const auto [first, firstLength] = tokenAt(text, random);
    const auto [second, secondLength] = tokenAt(text, random);
    const std::string a = text.substr(first, firstLength);
    const std::string b = text.substr(second, secondLength);
    if (first + firstLength <= second) {
        text.replace(second, secondLength, a);
        text.replace(first, firstLength, b);
    }
}

void repeatPart(std::string& text, Generator& random)
{
    const std::size_t from = below(random, text.size());
    const std::string part = text.substr(from, below(random, 200));
    text.insert(below(random, text.size()), part);
}

void removePart(std::string& text, Generator& random)
{
    text.erase(below(random, text.size()), below(random, 60));
}

using Spoil = void (*)(std::string&, Generator&);

} // namespace

void TestExperimentFuzz::initTestCase()
{
    const QDir folder(QStringLiteral(CHRONOGRAD_SOURCE_DIR "/tests/reference"));
    for (const QString& name : folder.entryList({"*.chronograd.json"})) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_texts.push_back(file.readAll().toStdString());
    }
    QVERIFY(m_texts.size() > 20);
}

void TestExperimentFuzz::spoiledFiles_data()
{
    QTest::addColumn<int>("way");
    int way = 0;
    for (const char* name : {"bytes changed", "cut off", "a value replaced", "two values swapped",
                             "a part repeated", "a part removed"})
        QTest::newRow(name) << way++;
}

void TestExperimentFuzz::spoiledFiles()
{
    QFETCH(int, way);
    constexpr Spoil ways[] = {flipBytes, truncate, replaceToken, swapTokens, repeatPart, removePart};
    Generator random(20240229u + static_cast<unsigned>(way));
    int refused = 0;
    constexpr int rounds = 1500;
    for (int i = 0; i < rounds; ++i) {
        std::string text = m_texts[below(random, m_texts.size())];
        ways[way](text, random);
        try {
            const Experiment read = parseExperiment(text, "file.json");
            const std::string written = writeExperiment(read);
            QCOMPARE(writeExperiment(parseExperiment(written, "file.json")), written);
        } catch (const InputError& error) {
            const std::string told = error.what();
            QVERIFY2(told.rfind("file.json: ", 0) == 0, told.c_str());
            QVERIFY2(std::none_of(told.begin(), told.end(), [](char c) { return c >= 0 && c < 0x20; }),
                     told.c_str());
            QVERIFY2(told.size() < 1000, told.c_str());
            ++refused;
        }
    }
    QVERIFY(refused > rounds / 10); // the spoiling does spoil
}

QTEST_APPLESS_MAIN(TestExperimentFuzz)
#include "test_experiment_fuzz.moc"
