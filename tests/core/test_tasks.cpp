#include "core/experiment/input_error.h"
#include "core/tasks/task.h"

#include <QTest>

#include <string>

using namespace chronograd;

namespace {

using Rows = std::vector<std::optional<std::vector<double>>>;

Experiment experimentOf(TaskSpec task, std::optional<int> inputs = {}, std::optional<int> units = {})
{
    Experiment experiment;
    experiment.file = "folder/my.chronograd.json";
    experiment.task = std::move(task);
    experiment.network.inputs = inputs;
    experiment.network.layers.resize(2);
    experiment.network.layers[0].units = 3;
    experiment.network.layers[1].units = units;
    return experiment;
}

std::string errorOf(Experiment experiment)
{
    try {
        makeDataset(experiment);
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

GeneratorTask adding()
{
    GeneratorTask task;
    task.kind = GeneratorKind::Adding;
    return task;
}

InlineTask inlineOf(Rows inputs, Rows targets)
{
    InlineTask task;
    task.sequences.push_back({std::move(inputs), std::move(targets)});
    return task;
}

} // namespace

class TestTasks : public QObject
{
    Q_OBJECT

private slots:
    void taskGivesTheSizes();
    void writtenSizesThatFitAreKept();
    void mismatchNamesBothNumbers();
    void bidirectionalLastLayerHasTwoOutputsPerUnit();
    void experimentWithoutFileStillHasAName();
    void inlineRows();
    void inlineTestSequences();
    void inlineWidthFromTheNetworkWhenAllInputsAreNull();
    void inlineFaults_data();
    void inlineFaults();
    void textCharactersInOrderOfAppearance();
    void textIsCutIntoSequencesAndParts();
    void textTooShort();
    void textWithTooManySymbols();
};

void TestTasks::taskGivesTheSizes()
{
    Experiment experiment = experimentOf(adding());
    const Dataset data = makeDataset(experiment);
    QCOMPARE(data.inputs, 2);
    QCOMPARE(data.outputs, 1);
    QCOMPARE(experiment.network.inputs.value_or(0), 2);
    QCOMPARE(experiment.network.layers[1].units.value_or(0), 1);
    QCOMPARE(experiment.network.layers[0].units.value_or(0), 3);
}

void TestTasks::writtenSizesThatFitAreKept()
{
    Experiment experiment = experimentOf(adding(), 2, 1);
    makeDataset(experiment);
    QCOMPARE(experiment.network.inputs.value_or(0), 2);
    QCOMPARE(experiment.network.layers[1].units.value_or(0), 1);
}

void TestTasks::mismatchNamesBothNumbers()
{
    QCOMPARE(
        errorOf(experimentOf(adding(), 1, 1)),
        std::string("folder/my.chronograd.json: /network/inputs: is 1, but the task gives 2 input columns; "
                    "write 2 or \"task\""));
    QCOMPARE(
        errorOf(experimentOf(adding(), 2, 4)),
        std::string("folder/my.chronograd.json: /network/layers/1/units: is 4, but the task gives 1 target "
                    "column; write 1 or \"task\""));
    QCOMPARE(
        errorOf(experimentOf(GeneratorTask(), 2, 1)),
        std::string("folder/my.chronograd.json: /network/inputs: is 2, but the task gives 1 input column; "
                    "write 1 or \"task\""));
}

void TestTasks::bidirectionalLastLayerHasTwoOutputsPerUnit()
{
    const auto with = [](TaskSpec task, std::optional<int> units) {
        Experiment experiment = experimentOf(std::move(task), {}, units);
        experiment.network.layers[1].cell = Cell::Elman;
        experiment.network.layers[1].bidirectional = true;
        return experiment;
    };
    const InlineTask two = inlineOf({{{1.0}}}, {{{1.0, 2.0}}});
    Experiment experiment = with(two, {});
    makeDataset(experiment);
    QCOMPARE(experiment.network.layers[1].units.value_or(0), 1);
    QCOMPARE(errorOf(with(two, 1)), std::string());
    QCOMPARE(
        errorOf(with(two, 2)),
        std::string("folder/my.chronograd.json: /network/layers/1/units: is 2 in each of two directions, but "
                    "the task gives 2 target columns; write 1 or \"task\""));
    QVERIFY(errorOf(with(adding(), {})).find("even number of outputs") != std::string::npos);
}

void TestTasks::experimentWithoutFileStillHasAName()
{
    Experiment experiment = experimentOf(adding(), 7);
    experiment.file.clear();
    QVERIFY(errorOf(experiment).starts_with("experiment: /network/inputs: is 7"));
}

void TestTasks::inlineRows()
{
    Experiment experiment = experimentOf(inlineOf({{{1.0, 2.0}}, {}, {{5.0, 6.0}}}, {{}, {{0.0}}, {{-1.0}}}));
    const Dataset data = makeDataset(experiment);
    QCOMPARE(data.training.size(), std::size_t{1});
    const Sequence& sequence = data.training[0];
    Matrix inputs(2, 3);
    inputs << 1, 0, 5, 2, 0, 6;
    QVERIFY(sequence.inputs == inputs);
    Matrix targets(1, 3);
    targets << 0, 0, -1;
    QVERIFY(sequence.targets == targets);
    QCOMPARE(sequence.hasTarget, (std::vector<std::uint8_t>{0, 1, 1}));
    QCOMPARE(sequence.firstRow, 0);
}

void TestTasks::inlineTestSequences()
{
    InlineTask task = inlineOf({{{1.0}}}, {{{2.0}}});
    task.testSequences = {{{{{3.0}}, {{4.0}}}, {{{5.0}}, {}}}};
    Experiment experiment = experimentOf(task);
    const Dataset data = makeDataset(experiment);
    QCOMPARE(data.training.size(), std::size_t{1});
    QCOMPARE(data.test.size(), std::size_t{1});
    QCOMPARE(data.test[0].inputs(0, 1), 4.0);
    QCOMPARE(data.test[0].targets(0, 0), 5.0);
    QCOMPARE(data.test[0].hasTarget, (std::vector<std::uint8_t>{1, 0}));
}

void TestTasks::inlineWidthFromTheNetworkWhenAllInputsAreNull()
{
    const InlineTask task = inlineOf({{}, {}}, {{{1.0}}, {{2.0}}});
    Experiment experiment = experimentOf(task, 3);
    QVERIFY(makeDataset(experiment).training[0].inputs == Matrix::Zero(3, 2));
    QCOMPARE(
        errorOf(experimentOf(task)),
        std::string("folder/my.chronograd.json: /network/inputs: is \"task\", but every input row is null; "
                    "write the number of inputs"));
}

void TestTasks::inlineFaults_data()
{
    QTest::addColumn<InlineTask>("task");
    QTest::addColumn<QString>("message");
    QTest::newRow("no sequence") << InlineTask() << "/task/sequences: is empty; write at least one sequence";
    QTest::newRow("no step") << inlineOf({}, {})
                             << "/task/sequences/0/inputs: is empty; write at least one step";
    QTest::newRow("fewer targets than inputs")
        << inlineOf({{{1.0}}, {{2.0}}}, {{{1.0}}})
        << "/task/sequences/0/targets: has 1 row, but inputs has 2; write one row (or null) per step";
    QTest::newRow("ragged inputs") << inlineOf({{{1.0}}, {{2.0, 3.0}}}, {{{1.0}}, {}})
                                   << "/task/sequences/0/inputs/1: has 2 numbers, the rows before have 1";
    QTest::newRow("ragged targets") << inlineOf({{{1.0}}, {{2.0}}}, {{{1.0, 2.0}}, {{3.0}}})
                                    << "/task/sequences/0/targets/1: has 1 number, the rows before have 2";
    QTest::newRow("empty row") << inlineOf({std::vector<double>()}, {{{1.0}}})
                               << "/task/sequences/0/inputs/0: is empty; write at least one number, or null";
    QTest::newRow("nothing to learn")
        << inlineOf({{{1.0}}}, {{}})
        << "/task/sequences: has no step with a target; write at least one target row that is not null";
    InlineTask onlyTested = inlineOf({{{1.0}}}, {{}});
    onlyTested.testSequences.push_back({{{{1.0}}}, {{{1.0}}}});
    QTest::newRow("targets in the test part only")
        << onlyTested
        << "/task/sequences: has no step with a target; write at least one target row that is not null";
    InlineTask raggedTest = inlineOf({{{1.0}}}, {{{1.0}}});
    raggedTest.testSequences.push_back({{{{1.0, 2.0}}}, {{{1.0}}}});
    QTest::newRow("test part of another width")
        << raggedTest << "/task/test_sequences/0/inputs/0: has 2 numbers, the rows before have 1";
}

void TestTasks::inlineFaults()
{
    QFETCH(InlineTask, task);
    QFETCH(QString, message);
    QCOMPARE(QString::fromStdString(errorOf(experimentOf(task))), "folder/my.chronograd.json: " + message);
}

void TestTasks::textCharactersInOrderOfAppearance()
{
    TextTask task;
    task.text = "bЖab\n";
    Experiment experiment = experimentOf(task);
    const Dataset data = makeDataset(experiment);
    QCOMPARE(data.inputNames, (std::vector<std::string>{"b", "Ж", "a", "\n"}));
    QCOMPARE(data.outputNames, data.inputNames);
    QCOMPARE(data.inputs, 4);
    QCOMPARE(experiment.network.layers[1].units.value_or(0), 4);
    Matrix inputs(4, 4);
    inputs << 1, 0, 0, 1, //
        0, 1, 0, 0,       //
        0, 0, 1, 0,       //
        0, 0, 0, 0;
    Matrix targets(4, 4);
    targets << 0, 0, 1, 0, //
        1, 0, 0, 0,        //
        0, 1, 0, 0,        //
        0, 0, 0, 1;
    QVERIFY(data.training.at(0).inputs == inputs);
    QVERIFY(data.training.at(0).targets == targets);
    QCOMPARE(data.training[0].hasTarget, (std::vector<std::uint8_t>{1, 1, 1, 1}));
}

void TestTasks::textIsCutIntoSequencesAndParts()
{
    TextTask task;
    task.text = "abcdefghij";
    task.length = 3;
    task.testFraction = 0.3;
    Experiment experiment = experimentOf(task);
    const Dataset data = makeDataset(experiment);
    // Training: a…g, six pairs; test: h i j, two pairs. The alphabet is that of the whole text.
    QCOMPARE(data.inputs, 10);
    QCOMPARE(data.training.size(), std::size_t{2});
    QCOMPARE(data.training[0].length(), 3);
    QCOMPARE(data.training[1].length(), 3);
    QCOMPARE(data.training[1].firstRow, 3);
    QCOMPARE(data.test.size(), std::size_t{1});
    QCOMPARE(data.test[0].length(), 2);
    QCOMPARE(data.test[0].firstRow, 7);
    QCOMPARE(data.test[0].inputs(7, 0), 1.0);
    QCOMPARE(data.test[0].targets(9, 1), 1.0);
    QCOMPARE(data.training[1].targets(6, 2), 1.0);
}

void TestTasks::textTooShort()
{
    TextTask task;
    task.text = "a";
    QCOMPARE(
        errorOf(experimentOf(task)),
        std::string("folder/my.chronograd.json: /task: the training part has 1 character, but a target 1 "
                    "character ahead needs more than 1"));
    task.text = "abc";
    task.testFraction = 0.3;
    QVERIFY(errorOf(experimentOf(task)).find("the test part has 1 character") != std::string::npos);
    task.text = "ab\xff";
    QCOMPARE(errorOf(experimentOf(task)),
             std::string("folder/my.chronograd.json: /task/text: is not UTF-8 at byte 3"));
}

void TestTasks::textWithTooManySymbols()
{
    TextTask task;
    for (unsigned code = 0x4E00; code < 0x4E00 + 4097; ++code) {
        task.text += static_cast<char>(0xE0 | (code >> 12));
        task.text += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        task.text += static_cast<char>(0x80 | (code & 0x3F));
    }
    const std::string error = errorOf(experimentOf(task));
    QVERIFY2(error.find("would be 4097, but the task gives 4097 target columns; the limit is 4096") !=
                 std::string::npos,
             error.c_str());
    std::string many;
    for (int i = 0; i < 4; ++i)
        many += task.text;
    task.text = many;
    QVERIFY(errorOf(experimentOf(task)).find("the limit is 100000000 numbers in all") != std::string::npos);
}

QTEST_APPLESS_MAIN(TestTasks)
#include "test_tasks.moc"
