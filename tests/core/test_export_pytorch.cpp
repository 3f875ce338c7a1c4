#include "core/export/pytorch_script.h"
#include "tests/support/experiments.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace chronograd;

/// The exported scripts compute what the engine computes: compared with losses that they printed before
/// (tests/pytorch/store_losses) and, where PyTorch is there, with what they print now.
class TestExportPytorch : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void engineAgreesWithStoredLosses_data() { addRows(); }
    void engineAgreesWithStoredLosses();
    void scriptsAgreeWithTheEngine_data() { addRows(); }
    void scriptsAgreeWithTheEngine();
    void scriptsHoldNothingOfTheMachine();
    void whatAutogradCannotSayIsRefused_data();
    void whatAutogradCannotSayIsRefused();

private:
    void addRows() const;

    QString m_python; ///< Empty: none that can import torch.
};

namespace {

constexpr int updates = 50;
const QString folder = QStringLiteral(CHRONOGRAD_SOURCE_DIR "/tests/pytorch/");

QStringList linesOf(const QByteArray& text)
{
    return QString::fromUtf8(text).split(u'\n', Qt::SkipEmptyParts);
}

QByteArray contentOf(const QString& file)
{
    QFile opened(file);
    return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
}

/// The second column, without the head.
std::vector<double> lossesOf(const QByteArray& csv)
{
    std::vector<double> losses;
    for (const QString& line : linesOf(csv).mid(1))
        losses.push_back(line.section(u',', 1, 1).toDouble());
    return losses;
}

std::vector<double> lossesOf(Trainer trainer)
{
    std::vector<double> losses;
    while (static_cast<int>(losses.size()) < updates && !trainer.isFinished()) {
        const std::int64_t before = trainer.position().update;
        trainer.advance(Granularity::Update);
        if (trainer.position().update != before)
            losses.push_back(trainer.loss());
    }
    return losses;
}

test::Prepared prepareRow(const QString& file, const QStringList& changes)
{
    std::vector<std::string> assignments;
    for (const QString& change : changes)
        assignments.push_back(change.toStdString());
    assignments.push_back("training.updates=" + std::to_string(updates));
    return test::Prepared(
        readExperiment(test::referenceFolder() / (file.toStdString() + ".chronograd.json"), assignments));
}

void compare(const std::vector<double>& script, const std::vector<double>& engine)
{
    QCOMPARE(script.size(), engine.size());
    QVERIFY(!script.empty());
    for (std::size_t i = 0; i < script.size(); ++i) {
        const double allowed = 1e-9 * std::max(1.0, std::abs(engine[i]));
        QVERIFY2(std::abs(script[i] - engine[i]) <= allowed,
                 qPrintable(QStringLiteral("update %1: %2, engine %3")
                                .arg(i + 1)
                                .arg(script[i], 0, 'g', 17)
                                .arg(engine[i], 0, 'g', 17)));
    }
}

} // namespace

void TestExportPytorch::initTestCase()
{
    for (const QString& python : {QStringLiteral("python3"), QStringLiteral("/usr/bin/python3")}) {
        QProcess process;
        process.start(python, {QStringLiteral("-c"), QStringLiteral("import torch")});
        if (process.waitForFinished(60'000) && process.exitCode() == 0) {
            m_python = python;
            return;
        }
    }
}

void TestExportPytorch::addRows() const
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QStringList>("changes");
    for (const QString& line : linesOf(contentOf(folder + QStringLiteral("rows.txt")))) {
        const QStringList words = line.split(u' ');
        if (!line.startsWith(u'#'))
            QTest::newRow(qPrintable(words.at(0))) << words.at(1) << words.mid(2);
    }
}

void TestExportPytorch::engineAgreesWithStoredLosses()
{
    QFETCH(QString, file);
    QFETCH(QStringList, changes);
    const QString stored =
        folder + QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".losses.csv");
    compare(lossesOf(contentOf(stored)), lossesOf(prepareRow(file, changes).trainer()));
}

void TestExportPytorch::scriptsAgreeWithTheEngine()
{
    if (m_python.isEmpty())
        QSKIP("there is no Python here that can import torch");
    QFETCH(QString, file);
    QFETCH(QStringList, changes);
    const test::Prepared prepared = prepareRow(file, changes);
    const QTemporaryDir scripts;
    const QString script = scripts.filePath(QStringLiteral("script.py"));
    writeFile(script.toStdString(), writePytorchScript(prepared.experiment, *prepared.data));
    QProcess process;
    process.start(m_python, {script});
    QVERIFY(process.waitForFinished(120'000));
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    compare(lossesOf(process.readAllStandardOutput()), lossesOf(prepared.trainer()));
}

void TestExportPytorch::scriptsHoldNothingOfTheMachine()
{
    Experiment here = readExperiment(test::referenceFolder() / "lstm-recomputed-carry.chronograd.json");
    Experiment elsewhere = here;
    elsewhere.file = "/another/place.chronograd.json";
    const Dataset data = makeDataset(here);
    makeDataset(elsewhere);
    const std::string script = writePytorchScript(here, data);
    QCOMPARE(script, writePytorchScript(elsewhere, data));
    QVERIFY(script.find(CHRONOGRAD_SOURCE_DIR) == script.npos);
    for (std::size_t at = 0; (at = script.find('@', at)) != script.npos; ++at)
        QCOMPARE(script.substr(at - 1, 3), std::string(" @ ")); // no mark of the templates is left
}

void TestExportPytorch::whatAutogradCannotSayIsRefused_data()
{
    QTest::addColumn<QString>("training");
    QTest::addColumn<QString>("says"); // empty: not refused
    const auto row = [](const char* name, const char* training, const char* says) {
        QTest::newRow(name) << QString::fromLatin1(training) << QString::fromLatin1(says);
    };
    // sequences of 12 steps
    row("stored, k2 > k1", R"("k1": 3, "k2": 7)",
        "as that of update 2 does (t = 1 to 6, weights changed after t = 3)");
    row("stored, k2 one more than k1", R"("k1": 4, "k2": 5)",
        "as that of update 2 does (t = 4 to 8, weights changed after t = 4)");
    row("stored, k2 = k1 that divides the sequence", R"("k1": 4, "k2": 4)", "");
    row("stored, k2 = k1, but the last window reaches back", R"("k1": 5, "k2": 5)",
        "as that of update 3 does (t = 8 to 12, weights changed after t = 10)");
    row("stored, one update a sequence", R"("k1": "n", "k2": "n")", "");
    row("recomputed, k2 > k1", R"("k1": 3, "k2": 7, "history": "recomputed")", "");
    row("a schedule that lets windows cross later",
        R"("k1": 4, "k2": 4, "schedule": [{"update": 9, "set": {"k2": 5}}])", "as that of update 9 does");
    row("an edit of a weight", R"("k1": 4, "k2": 4, "schedule": [{"update": 2, "edit": {"hidden.b[1]": 1}}])",
        "/training/schedule/0/edit");
}

void TestExportPytorch::whatAutogradCannotSayIsRefused()
{
    QFETCH(QString, training);
    QFETCH(QString, says);
    const test::Prepared prepared =
        test::prepareText(R"({"chronograd": 1, "network": {"inputs": 1, "layers": [
        {"name": "hidden", "cell": "elman", "units": 2}, {"name": "output", "cell": "dense", "units": 1}]},
        "task": {"kind": "sine", "sequences": 2, "length": 12}, "training": {)" +
                          training.toStdString() + "}}");
    QString message;
    try {
        writePytorchScript(prepared.experiment, *prepared.data);
    } catch (const InputError& error) {
        message = QString::fromUtf8(error.what());
    }
    QCOMPARE(message.isEmpty(), says.isEmpty());
    QVERIFY2(message.contains(says), qPrintable(message));
}

QTEST_GUILESS_MAIN(TestExportPytorch)
#include "test_export_pytorch.moc"
