#include "core/experiment/input_error.h"
#include "core/math/random.h"
#include "core/tasks/csv_task.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <string>

using namespace chronograd;

namespace {

/// What csv files are made of, and what breaks them.
std::string randomText(Random& random)
{
    static const std::vector<std::string> pieces = {"1",     "2.5",
                                                    "-3e2",  ",",
                                                    ",",     "\n",
                                                    "\n",    "\r\n",
                                                    "\r",    "\"",
                                                    "\"\"",  "x",
                                                    "y",     " ",
                                                    "\t",    "nan",
                                                    "inf",   "1e999",
                                                    ";",     "\xEF\xBB\xBF",
                                                    "\xff",  std::string(1, '\0'),
                                                    "0x1p3", "+",
                                                    "-",     "."};
    std::string text = random.below(4) == 0 ? "" : "t,x,y\n";
    for (std::uint32_t left = random.below(60); left > 0; --left)
        text += pieces[random.below(static_cast<std::uint32_t>(pieces.size()))];
    return text;
}

/// A file that is right but for a few bytes.
std::string spoiledText(Random& random)
{
    std::string text = "t,x,y\n";
    for (int row = 0; row < 12; ++row)
        text += std::to_string(row) + "," + std::to_string(random.normal()) + "," +
                std::to_string(random.uniform()) + "\n";
    for (std::uint32_t left = random.below(4); left > 0; --left) {
        const std::size_t at = random.below(static_cast<std::uint32_t>(text.size()));
        if (random.below(2) == 0)
            text.erase(at, 1);
        else
            text[at] = static_cast<char>(random.below(256));
    }
    return text;
}

CsvTask randomTask(Random& random)
{
    CsvTask task;
    task.path = "fuzz.csv";
    task.inputs = {"x"};
    task.targets = {random.below(2) == 0 ? "x" : "y"};
    if (random.below(2) == 0)
        task.horizon = random.below(5);
    if (random.below(2) == 0)
        task.length = 1 + random.below(6);
    task.normalise = random.below(2) == 0;
    task.missing = random.below(2) == 0 ? MissingRule::Error : MissingRule::Interpolate;
    task.testFraction = random.below(2) == 0 ? 0.0 : random.uniform();
    return task;
}

bool isWellFormed(const Dataset& data)
{
    bool isGood = !data.training.empty();
    for (const std::vector<Sequence>* part : {&data.training, &data.test}) {
        for (const Sequence& sequence : *part) {
            const std::size_t end = static_cast<std::size_t>(sequence.firstRow + sequence.length());
            isGood = isGood && sequence.length() > 0 && sequence.inputs.allFinite() &&
                     sequence.targets.allFinite() && sequence.targets.cols() == sequence.length() &&
                     (data.times.empty() || end <= data.times.size());
        }
    }
    return isGood;
}

bool isOneLine(std::string_view message)
{
    return !message.empty() && message.find_first_of("\n\r") == std::string_view::npos &&
           message.find('\0') == std::string_view::npos;
}

} // namespace

class TestCsvFuzz : public QObject
{
    Q_OBJECT

private slots:
    void anyTextGivesDataOrOneLine();
};

void TestCsvFuzz::anyTextGivesDataOrOneLine()
{
    QTemporaryDir folder;
    const std::filesystem::path experiment = std::filesystem::path(folder.path().toStdString()) / "e.json";
    const std::filesystem::path file = experiment.parent_path() / "fuzz.csv";
    Random random(20240229, "csv fuzz");
    int good = 0;
    int refused = 0;
    for (int run = 0; run < 4000; ++run) {
        const std::string text = random.below(2) == 0 ? randomText(random) : spoiledText(random);
        std::filesystem::remove(file); // some file systems flush what is truncated: 20 times slower
        std::ofstream(file, std::ios::binary) << text;
        try {
            QVERIFY2(isWellFormed(makeCsv(randomTask(random), experiment)), text.c_str());
            ++good;
        } catch (const InputError& error) {
            QVERIFY2(isOneLine(error.what()), error.what());
            ++refused;
        }
    }
    QVERIFY2(good > 500 && refused > 500, qPrintable(QString("%1 good, %2 refused").arg(good).arg(refused)));
}

QTEST_APPLESS_MAIN(TestCsvFuzz)
#include "test_csv_fuzz.moc"
