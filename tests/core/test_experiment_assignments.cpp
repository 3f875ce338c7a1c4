#include "tests/support/experiment_text.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace chronograd;
using namespace chronograd::test;

/// "--set PATH=VALUE": changes put into the document before it is checked.
class TestExperimentAssignments : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void changesNumbers();
    void makesWhatIsMissing();
    void namesMayHaveDots();
    void valuesAreJsonOrText();
    void laterOnesSeeEarlierOnes();
    void refused_data();
    void refused();
    void errorsOfTheFileStayErrorsOfTheFile();

private:
    Experiment read(const std::vector<std::string>& assignments) const
    {
        return readExperiment(m_file, assignments);
    }

    QTemporaryDir m_folder;
    std::string m_file;
};

void TestExperimentAssignments::initTestCase()
{
    m_file = m_folder.filePath("file.json").toStdString();
    writeFile(m_file, soundExperiment);
}

void TestExperimentAssignments::changesNumbers()
{
    const Experiment changed =
        read({"training.k1=7", "training.learning_rate=1e-3", "network.weights.hidden.b=[1,2]"});
    QVERIFY(changed.training.start.k1 == StepCount(7));
    QCOMPARE(changed.training.start.learningRate, 0.001);
    QVERIFY(changed.training.start.k2 == StepCount(3)); // what stands behind the change is still found
    QCOMPARE(changed.network.weights.at("hidden.b")(1, 0), 2.0);
    QCOMPARE(changed.network.weights.at("hidden.W_h")(1, 0), 0.3);
    const Experiment plain = read({});
    QVERIFY(plain.training.start.k1 == StepCount(2));
}

void TestExperimentAssignments::makesWhatIsMissing()
{
    const Experiment changed =
        read({"network.init.seed=99", "training.clip_norm=2.5", "name=a b", "network.init.range=0.25"});
    QCOMPARE(changed.network.init.seed, 99u);
    QCOMPARE(changed.network.init.range, 0.25);
    QCOMPARE(changed.training.start.clipNorm.value(), 2.5);
    QCOMPARE(changed.name, std::string("a b"));
    QCOMPARE(changed.training.start.momentum, 0.5);
    QCOMPARE(changed.network.layers.size(), 2u);
}

void TestExperimentAssignments::namesMayHaveDots()
{
    const Experiment changed = read({"network.weights.hidden.W_h=[[9,8],[7,6]]",
                                     "network.weights.hidden.W_h.1.0=5", "network.weights.output.W=[[3,4]]"});
    QCOMPARE(changed.network.weights.at("hidden.W_h")(0, 1), 8.0);
    QCOMPARE(changed.network.weights.at("hidden.W_h")(1, 0), 5.0);
    QCOMPARE(changed.network.weights.at("output.W")(0, 1), 4.0);
}

void TestExperimentAssignments::valuesAreJsonOrText()
{
    QVERIFY(read({"training.k2=n"}).training.start.k2.isWholeSequence());
    QVERIFY(read({"training.k2=\"n\""}).training.start.k2.isWholeSequence());
    QVERIFY(!read({"training.updates=null"}).training.updates.has_value());
    QVERIFY(read({"training.optimizer=adam"}).training.start.optimizer == Optimizer::Adam);
    QCOMPARE(read({"name=a=b"}).name, std::string("a=b"));
    QCOMPARE(read({"name="}).name, std::string());
    QCOMPARE(read({"name={"}).name, std::string("{"));
}

void TestExperimentAssignments::laterOnesSeeEarlierOnes()
{
    const Experiment changed = read({R"(task={"kind": "echo", "delay": 5})", "task.delay=6", "task.length=12",
                                     "network.weights={}", "network.layers.0.units=16"});
    const auto& task = std::get<GeneratorTask>(changed.task);
    QCOMPARE(task.delay, 6);
    QCOMPARE(task.length, 12);
    QCOMPARE(changed.network.layers[0].units.value(), 16);
    QVERIFY(changed.training.start.k1 == StepCount(2));
}

void TestExperimentAssignments::refused_data()
{
    QTest::addColumn<QByteArray>("assignment");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char* name, const char* assignment, const char* message) {
        QTest::newRow(name) << QByteArray(assignment) << QByteArray(message);
    };
    row("no equals sign", "training.k1", ": no = in it; must be PATH=VALUE, as in training.k1=3");
    row("no path", "=3", ": not a path; must be names and list places joined by dots");
    row("path ends in a dot", "training.=3", ": not a path");
    row("path with two dots", "training..k1=3", ": not a path");
    row("unknown key", "training.kk=3",
        ": /training/kk: unknown key, perhaps \"k1\" is meant; known here: k1, k2");
    row("unknown section", "trainig.k1=3", ": /trainig: unknown key, perhaps \"training\" is meant");
    row("a setting without its section", "k2=3",
        ": /k2: unknown key, perhaps training.k2 is meant; known here: chronograd");
    row("a setting of several sections", "seed=3",
        ": /seed: unknown key, perhaps network.init.seed, task.seed or training.seed is meant");
    row("a setting in the wrong section", "task.learning_rate=3",
        ": /task/learning_rate: unknown key, perhaps training.learning_rate is meant");
    row("misspelt and without its section", "momentun=0.5",
        ": /momentun: unknown key, perhaps training.momentum is meant");
    row("the last word of a setting", "training.rate=3",
        ": /training/rate: unknown key, perhaps training.learning_rate is meant");
    row("a path that begins too low", "layers.0.units=3",
        ": /layers: unknown key, perhaps network.layers is meant");
    row("like no setting", "colour=3", ": /colour: unknown key; known here");
    row("out of range", "training.k1=0",
        ": /training/k1: must be a whole number from 1 to 1000000000 or \"n\", is 0");
    row("not a number", "training.momentum=1e999",
        ": /training/momentum: must be a number (at least 0 and below 1), "
        "is \"1e999\"");
    row("inside a number", "training.k1.x=3",
        ": /training/k1 is 2 and has nothing inside; must be a path to a value");
    row("beyond a list", "network.layers.2.units=3", ": /network/layers has no item 2; must be from 0 to 1");
    row("name for a place in a list", "network.layers.hidden.units=3",
        ": /network/layers has no item hidden");
    row("duplicate key inside a value", R"(task={"kind": "echo", "kind": "sine"})",
        ": /task/kind: given twice");
}

void TestExperimentAssignments::refused()
{
    QFETCH(QByteArray, assignment);
    QFETCH(QByteArray, message);
    try {
        read({"name=x", assignment.toStdString()});
        QFAIL("was read");
    } catch (const InputError& error) {
        const std::string told = error.what();
        QVERIFY2(told.rfind("--set " + assignment.toStdString() + message.toStdString(), 0) == 0,
                 told.c_str());
    }
}

void TestExperimentAssignments::errorsOfTheFileStayErrorsOfTheFile()
{
    try {
        read({"network.layers.0.units=3"});
        QFAIL("weights of another shape were read");
    } catch (const InputError& error) {
        QCOMPARE(std::string(error.what()),
                 m_file + ": /network/weights/hidden.W_h: must be 3 × 3 (rows × columns), is 2 × 2");
    }
}

QTEST_APPLESS_MAIN(TestExperimentAssignments)
#include "test_experiment_assignments.moc"
