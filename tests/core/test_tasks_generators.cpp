#include "core/experiment/input_error.h"
#include "core/math/random.h"
#include "core/tasks/generators.h"

#include <QTest>

#include <cmath>
#include <map>
#include <set>
#include <string>

using namespace chronograd;

namespace {

constexpr double turn = 2.0 * 3.14159265358979323846;

GeneratorTask taskOf(GeneratorKind kind, std::int64_t length = 40, std::int64_t sequences = 20,
                     std::uint64_t seed = 1)
{
    GeneratorTask task;
    task.kind = kind;
    task.length = length;
    task.sequences = sequences;
    task.seed = seed;
    return task;
}

Dataset make(const GeneratorTask& task)
{
    return generate(task, "x.chronograd.json");
}

std::string errorOf(const GeneratorTask& task)
{
    try {
        make(task);
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

/// The one row of a task with one column.
std::vector<double> row(const Matrix& values, Eigen::Index at = 0)
{
    std::vector<double> numbers;
    for (Eigen::Index column = 0; column < values.cols(); ++column)
        numbers.push_back(values(at, column));
    return numbers;
}

/// The symbols of a one-hot matrix; an empty text when a column is not one-hot.
std::string symbols(const Matrix& oneHot, std::string_view alphabet)
{
    std::string text;
    for (Eigen::Index column = 0; column < oneHot.cols(); ++column) {
        Eigen::Index place = 0;
        if (oneHot.col(column).maxCoeff(&place) != 1.0 || oneHot.col(column).cwiseAbs().sum() != 1.0)
            return {};
        text += alphabet[static_cast<std::size_t>(place)];
    }
    return text;
}

/// Inputs and targets of a next-symbol task as one string; empty when they do not fit together.
std::string wholeString(const Sequence& sequence, std::string_view alphabet)
{
    const std::string inputs = symbols(sequence.inputs, alphabet);
    const std::string targets = symbols(sequence.targets, alphabet);
    if (inputs.empty() || inputs.substr(1) != targets.substr(0, targets.size() - 1))
        return {};
    return inputs + targets.back();
}

bool hasAllTargets(const Sequence& sequence)
{
    return sequence.hasTarget == std::vector<std::uint8_t>(sequence.hasTarget.size(), 1);
}

bool hasOnlyLastTarget(const Sequence& sequence)
{
    std::vector<std::uint8_t> flags(sequence.hasTarget.size(), 0);
    flags.back() = 1;
    return sequence.hasTarget == flags;
}

/// A Reber string as a language, written from the book's picture and not from the generator: after the first
/// B a loop of S or T, and so on.
bool isReber(std::string_view text)
{
    static const std::map<std::pair<int, char>, int> arrows = {
        {{0, 'B'}, 1}, {{1, 'T'}, 2}, {{1, 'P'}, 3}, {{2, 'S'}, 2}, {{2, 'X'}, 4}, {{3, 'T'}, 3},
        {{3, 'V'}, 5}, {{4, 'X'}, 3}, {{4, 'S'}, 6}, {{5, 'P'}, 4}, {{5, 'V'}, 6}, {{6, 'E'}, 7}};
    int state = 0;
    for (const char symbol : text) {
        const auto arrow = arrows.find({state, symbol});
        if (arrow == arrows.end())
            return false;
        state = arrow->second;
    }
    return state == 7;
}

} // namespace

class TestTasksGenerators : public QObject
{
    Q_OBJECT

private slots:
    void everyKindIsWellFormed_data();
    void everyKindIsWellFormed();
    void sequencesContinueOneStream();
    void echoRepeatsTheInput();
    void echoDelayZeroAndOne();
    void sineContinuesItself();
    void temporalXorHasARuleEveryThirdBit();
    void parityCountsOnes();
    void addingSumsTheMarked();
    void addingMarksReachEveryStepOfTheirHalf();
    void reberStringsAreOfTheLanguage();
    void reberIsDrawnAsDocumented();
    void reberLengthIsTheLargest();
    void anbnStrings();
    void latchKeepsTheFirst();
    void sumAddsTwo();
    void bitsAndIndicesAreEven();
    void impossibleParameters_data();
    void impossibleParameters();
};

void TestTasksGenerators::everyKindIsWellFormed_data()
{
    QTest::addColumn<GeneratorKind>("kind");
    QTest::addColumn<QString>("key");
    QTest::addColumn<int>("inputs");
    QTest::addColumn<int>("outputs");
    QTest::newRow("echo") << GeneratorKind::Echo << "echo" << 1 << 1;
    QTest::newRow("sine") << GeneratorKind::Sine << "sine" << 1 << 1;
    QTest::newRow("temporal_xor") << GeneratorKind::TemporalXor << "temporal_xor" << 1 << 1;
    QTest::newRow("parity") << GeneratorKind::Parity << "parity" << 1 << 1;
    QTest::newRow("adding") << GeneratorKind::Adding << "adding" << 2 << 1;
    QTest::newRow("reber") << GeneratorKind::Reber << "reber" << 7 << 7;
    QTest::newRow("anbn") << GeneratorKind::Anbn << "anbn" << 3 << 3;
    QTest::newRow("latch") << GeneratorKind::Latch << "latch" << 1 << 1;
    QTest::newRow("sum") << GeneratorKind::Sum << "sum" << 2 << 1;
}

void TestTasksGenerators::everyKindIsWellFormed()
{
    QFETCH(GeneratorKind, kind);
    QFETCH(int, inputs);
    QFETCH(int, outputs);
    QTEST(QString::fromStdString(std::string(generatorKey(kind))), "key");
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const GeneratorTask task =
            taskOf(kind, 8 + static_cast<std::int64_t>(seed), 3 + static_cast<std::int64_t>(seed), seed);
        const Dataset data = make(task);
        QCOMPARE(data.inputs, inputs);
        QCOMPARE(data.outputs, outputs);
        QCOMPARE(static_cast<std::int64_t>(data.training.size()), task.sequences);
        QVERIFY(data.test.empty());
        const Dataset again = make(task);
        for (std::size_t i = 0; i < data.training.size(); ++i) {
            const Sequence& sequence = data.training[i];
            QVERIFY(sequence.length() >= 1);
            QCOMPARE(sequence.inputs.rows(), inputs);
            QCOMPARE(sequence.targets.rows(), outputs);
            QCOMPARE(sequence.targets.cols(), sequence.length());
            QCOMPARE(static_cast<std::int64_t>(sequence.hasTarget.size()), sequence.length());
            QVERIFY(sequence.inputs.allFinite() && sequence.targets.allFinite());
            QVERIFY(sequence.hasTarget.back() == 1);
            for (Eigen::Index column = 0; column < sequence.length(); ++column) {
                if (sequence.hasTarget[static_cast<std::size_t>(column)] == 0)
                    QVERIFY(sequence.targets.col(column).isZero(0.0));
            }
            QVERIFY(again.training[i].inputs == sequence.inputs);
            QVERIFY(again.training[i].targets == sequence.targets);
        }
        const Dataset other = make(taskOf(kind, task.length, task.sequences, seed + 1000));
        bool differs = false;
        for (std::size_t i = 0; i < data.training.size(); ++i)
            differs = differs || other.training[i].length() != data.training[i].length() ||
                      other.training[i].inputs != data.training[i].inputs;
        QVERIFY(differs);
    }
}

void TestTasksGenerators::sequencesContinueOneStream()
{
    Random random(5, "echo");
    for (const Sequence& sequence : make(taskOf(GeneratorKind::Echo, 7, 4, 5)).training) {
        for (const double input : row(sequence.inputs))
            QVERIFY(input == -1.0 + 2.0 * random.uniform());
    }
}

void TestTasksGenerators::echoRepeatsTheInput()
{
    const Dataset data = make(taskOf(GeneratorKind::Echo));
    for (const Sequence& sequence : data.training) {
        QCOMPARE(sequence.length(), 40);
        const std::vector<double> inputs = row(sequence.inputs);
        for (std::size_t t = 1; t <= 40; ++t) {
            QVERIFY(std::abs(inputs[t - 1]) <= 1.0);
            QCOMPARE(sequence.hasTarget[t - 1], std::uint8_t{t > 3});
            if (t > 3)
                QVERIFY(sequence.targets(0, static_cast<Eigen::Index>(t) - 1) == inputs[t - 4]);
        }
    }
}

void TestTasksGenerators::echoDelayZeroAndOne()
{
    GeneratorTask task = taskOf(GeneratorKind::Echo, 1, 1);
    task.delay = 0;
    const Dataset same = make(task);
    QVERIFY(hasAllTargets(same.training[0]));
    QVERIFY(same.training[0].inputs == same.training[0].targets);
    task.length = 2;
    task.delay = 1;
    QVERIFY(hasOnlyLastTarget(make(task).training[0]));
}

void TestTasksGenerators::sineContinuesItself()
{
    GeneratorTask task = taskOf(GeneratorKind::Sine, 50, 5, 3);
    task.period = 12.5;
    Random random(3, "sine");
    for (const Sequence& sequence : make(task).training) {
        QVERIFY(hasAllTargets(sequence));
        const double phase = turn * random.uniform();
        const std::vector<double> inputs = row(sequence.inputs);
        const std::vector<double> targets = row(sequence.targets);
        for (std::size_t t = 1; t <= 50; ++t) {
            QVERIFY(std::abs(inputs[t - 1] - std::sin(turn * static_cast<double>(t) / 12.5 + phase)) < 1e-12);
            if (t < 50)
                QVERIFY(targets[t - 1] == inputs[t]);
        }
        // Two and a half periods later the sine has turned its sign.
        QVERIFY(std::abs(targets[49] - std::sin(turn * 51.0 / 12.5 + phase)) < 1e-12);
    }
}

void TestTasksGenerators::temporalXorHasARuleEveryThirdBit()
{
    Random random(1, "temporal_xor");
    for (const Sequence& sequence : make(taskOf(GeneratorKind::TemporalXor, 31, 10)).training) {
        std::vector<double> bits = row(sequence.inputs);
        const std::vector<double> targets = row(sequence.targets);
        QVERIFY(hasAllTargets(sequence));
        QVERIFY(std::equal(bits.begin() + 1, bits.end(), targets.begin()));
        bits.push_back(targets.back());
        for (std::size_t t = 1; t <= 32; ++t) {
            if (t % 3 == 0)
                QCOMPARE(bits[t - 1], bits[t - 2] != bits[t - 3] ? 1.0 : 0.0);
            else
                QCOMPARE(bits[t - 1], random.uniform() < 0.5 ? 0.0 : 1.0);
        }
    }
}

void TestTasksGenerators::parityCountsOnes()
{
    Random random(1, "parity");
    for (const Sequence& sequence : make(taskOf(GeneratorKind::Parity)).training) {
        QVERIFY(hasAllTargets(sequence));
        int ones = 0;
        for (Eigen::Index column = 0; column < 40; ++column) {
            QCOMPARE(sequence.inputs(0, column), random.uniform() < 0.5 ? 0.0 : 1.0);
            ones += sequence.inputs(0, column) == 1.0 ? 1 : 0;
            QCOMPARE(sequence.targets(0, column), static_cast<double>(ones % 2));
        }
    }
}

void TestTasksGenerators::addingSumsTheMarked()
{
    for (const std::int64_t length : {2, 3, 9, 40}) {
        Random random(1, "adding");
        for (const Sequence& sequence : make(taskOf(GeneratorKind::Adding, length)).training) {
            const std::int64_t half = length / 2;
            const auto first =
                static_cast<std::int64_t>(std::floor(static_cast<double>(half) * random.uniform()));
            const std::int64_t second =
                half +
                static_cast<std::int64_t>(std::floor(static_cast<double>(length - half) * random.uniform()));
            double sum = 0.0;
            for (std::int64_t column = 0; column < length; ++column) {
                QVERIFY(sequence.inputs(0, column) == random.uniform());
                const bool isMarked = column == first || column == second;
                QCOMPARE(sequence.inputs(1, column), isMarked ? 1.0 : 0.0);
                sum += sequence.inputs(0, column) * sequence.inputs(1, column);
            }
            QCOMPARE(sequence.inputs.row(1).sum(), 2.0);
            QVERIFY(hasOnlyLastTarget(sequence));
            QCOMPARE(sequence.targets(0, length - 1), sum);
        }
    }
}

void TestTasksGenerators::addingMarksReachEveryStepOfTheirHalf()
{
    std::map<Eigen::Index, int> marks;
    for (const Sequence& sequence : make(taskOf(GeneratorKind::Adding, 5, 2000)).training) {
        for (Eigen::Index column = 0; column < 5; ++column)
            marks[column] += sequence.inputs(1, column) == 1.0 ? 1 : 0;
    }
    for (const Eigen::Index column : {0, 1})
        QVERIFY(std::abs(marks[column] - 1000) < 120);
    for (const Eigen::Index column : {2, 3, 4})
        QVERIFY(std::abs(marks[column] - 667) < 120);
}

void TestTasksGenerators::reberStringsAreOfTheLanguage()
{
    std::set<std::string> found;
    int outerT = 0;
    for (const Sequence& sequence : make(taskOf(GeneratorKind::Reber, 40, 2000)).training) {
        QVERIFY(hasAllTargets(sequence));
        const std::string text = wholeString(sequence, "BTSXPVE");
        QVERIFY2(text.size() >= 9 && text.size() <= 41, text.c_str());
        QCOMPARE(text.front(), 'B');
        QCOMPARE(text.back(), 'E');
        QCOMPARE(text[text.size() - 2], text[1]);
        QVERIFY(text[1] == 'T' || text[1] == 'P');
        QVERIFY2(isReber(std::string_view(text).substr(2, text.size() - 4)), text.c_str());
        outerT += text[1] == 'T' ? 1 : 0;
        found.insert(text);
    }
    QVERIFY(std::abs(outerT - 1000) < 120);
    QVERIFY(found.size() > 100);
    QVERIFY(found.contains("BTBTXSETE") && found.contains("BPBPVVEPE"));
}

void TestTasksGenerators::reberIsDrawnAsDocumented()
{
    // The walk of the header, by its own words: of two symbols the one written first for the bit 0.
    const std::map<int, std::pair<std::pair<char, int>, std::pair<char, int>>> arrows = {
        {1, {{'T', 2}, {'P', 3}}},
        {2, {{'S', 2}, {'X', 4}}},
        {3, {{'T', 3}, {'V', 5}}},
        {4, {{'S', 0}, {'X', 3}}},
        {5, {{'P', 4}, {'V', 0}}}};
    Random random(9, "reber");
    const auto bit = [&] { return random.uniform() >= 0.5; };
    for (const Sequence& sequence : make(taskOf(GeneratorKind::Reber, 12, 200, 9)).training) {
        std::string text;
        do {
            const char outer = bit() ? 'P' : 'T';
            text = std::string("B") + outer + 'B';
            for (int state = 1; state != 0;) {
                const auto& [first, second] = arrows.at(state);
                const auto& [symbol, next] = bit() ? second : first;
                text += symbol;
                state = next;
            }
            text += std::string("E") + outer + 'E';
        } while (text.size() > 13);
        QCOMPARE(wholeString(sequence, "BTSXPVE"), text);
    }
}

void TestTasksGenerators::reberLengthIsTheLargest()
{
    std::int64_t longest = 0;
    for (const Sequence& sequence : make(taskOf(GeneratorKind::Reber, 11, 500)).training)
        longest = std::max(longest, sequence.length());
    QCOMPARE(longest, 11);
    for (const Sequence& sequence : make(taskOf(GeneratorKind::Reber, 8, 50)).training)
        QCOMPARE(sequence.length(), 8);
    const Dataset data = make(taskOf(GeneratorKind::Reber));
    QCOMPARE(data.inputNames, (std::vector<std::string>{"B", "T", "S", "X", "P", "V", "E"}));
}

void TestTasksGenerators::anbnStrings()
{
    GeneratorTask task = taskOf(GeneratorKind::Anbn, 40, 400, 2);
    task.maxN = 5;
    Random random(2, "anbn");
    std::set<std::size_t> seen;
    for (const Sequence& sequence : make(task).training) {
        const auto n = static_cast<std::size_t>(1.0 + std::floor(5.0 * random.uniform()));
        seen.insert(n);
        QVERIFY(hasAllTargets(sequence));
        QCOMPARE(wholeString(sequence, "ab$"), std::string(n, 'a') + std::string(n, 'b') + '$');
    }
    QCOMPARE(seen, (std::set<std::size_t>{1, 2, 3, 4, 5}));
}

void TestTasksGenerators::latchKeepsTheFirst()
{
    GeneratorTask task = taskOf(GeneratorKind::Latch, 15, 200, 4);
    task.noise = 0.25;
    Random random(4, "latch");
    int positive = 0;
    for (const Sequence& sequence : make(task).training) {
        const double first = random.uniform() < 0.5 ? -1.0 : 1.0;
        positive += first > 0.0 ? 1 : 0;
        QCOMPARE(sequence.inputs(0, 0), first);
        for (Eigen::Index column = 1; column < 15; ++column)
            QVERIFY(sequence.inputs(0, column) == -0.25 + 0.5 * random.uniform());
        QVERIFY(hasOnlyLastTarget(sequence));
        QCOMPARE(sequence.targets(0, 14), first);
    }
    QVERIFY(positive > 60 && positive < 140);
    const Dataset single = make(taskOf(GeneratorKind::Latch, 1, 1));
    QCOMPARE(single.training[0].targets(0, 0), single.training[0].inputs(0, 0));
}

void TestTasksGenerators::sumAddsTwo()
{
    Random random(1, "sum");
    for (const Sequence& sequence : make(taskOf(GeneratorKind::Sum)).training) {
        QCOMPARE(sequence.length(), 1);
        const double a = random.uniform();
        const double b = random.uniform();
        QVERIFY(sequence.inputs(0, 0) == a && sequence.inputs(1, 0) == b);
        QCOMPARE(sequence.targets(0, 0), a + b);
        QVERIFY(hasAllTargets(sequence));
    }
}

void TestTasksGenerators::bitsAndIndicesAreEven()
{
    const Dataset data = make(taskOf(GeneratorKind::Parity, 1000, 100));
    double ones = 0.0;
    for (const Sequence& sequence : data.training)
        ones += sequence.inputs.sum();
    QVERIFY(std::abs(ones / 100000.0 - 0.5) < 0.01);
    GeneratorTask task = taskOf(GeneratorKind::Anbn, 40, 4000);
    std::map<std::int64_t, int> counts;
    for (const Sequence& sequence : make(task).training)
        ++counts[sequence.length() / 2];
    QCOMPARE(counts.size(), std::size_t{8});
    for (const auto& [n, count] : counts)
        QVERIFY(std::abs(count - 500) < 120);
}

void TestTasksGenerators::impossibleParameters_data()
{
    QTest::addColumn<GeneratorKind>("kind");
    QTest::addColumn<qint64>("length");
    QTest::addColumn<qint64>("sequences");
    QTest::addColumn<qint64>("delay");
    QTest::addColumn<QString>("message");
    QTest::newRow("echo that reaches no step") << GeneratorKind::Echo << qint64{10} << qint64{1} << qint64{10}
                                               << "x.chronograd.json: /task/delay: is 10, but a sequence has "
                                                  "10 steps, so that no step has a target; "
                                                  "write less than the length";
    QTest::newRow("adding without two halves")
        << GeneratorKind::Adding << qint64{1} << qint64{1} << qint64{0}
        << "x.chronograd.json: /task/length: is 1; adding needs at least 2 steps";
    QTest::newRow("reber shorter than its shortest string")
        << GeneratorKind::Reber << qint64{7} << qint64{1} << qint64{0}
        << "x.chronograd.json: /task/length: is 7; reber needs at least 8 steps";
    QTest::newRow("no sequence") << GeneratorKind::Sine << qint64{5} << qint64{0} << qint64{0}
                                 << "x.chronograd.json: /task/sequences: is 0; write at least 1";
    QTest::newRow("too long a sequence")
        << GeneratorKind::Sine << qint64{1000001} << qint64{1} << qint64{0}
        << "x.chronograd.json: /task: gives a sequence of 1000001 steps; the limit is 1000000";
    QTest::newRow("too many sequences")
        << GeneratorKind::Sum << qint64{1} << qint64{1000001} << qint64{0}
        << "x.chronograd.json: /task: gives 1000001 sequences; the limit is 1000000";
    QTest::newRow("too much in all") << GeneratorKind::Parity << qint64{1000000} << qint64{1000000}
                                     << qint64{0}
                                     << "x.chronograd.json: /task: gives 1000000000000 steps of 2 numbers; "
                                        "the limit is 100000000 numbers in "
                                        "all, 50000000 steps here";
}

void TestTasksGenerators::impossibleParameters()
{
    QFETCH(GeneratorKind, kind);
    QFETCH(qint64, length);
    QFETCH(qint64, sequences);
    QFETCH(qint64, delay);
    GeneratorTask task = taskOf(kind, length, sequences);
    task.delay = delay;
    QTEST(QString::fromStdString(errorOf(task)), "message");
}

QTEST_APPLESS_MAIN(TestTasksGenerators)
#include "test_tasks_generators.moc"
