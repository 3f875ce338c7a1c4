#include "core/experiment/experiment_io.h"

#include <QDir>
#include <QTest>

using namespace chronograd;

/// Every reference experiment reads, and what is written from it reads back as the same.
class TestExperimentReference : public QObject
{
    Q_OBJECT

private slots:
    void roundTrip_data();
    void roundTrip();
};

void TestExperimentReference::roundTrip_data()
{
    QTest::addColumn<QString>("file");
    const QDir folder(QStringLiteral(CHRONOGRAD_SOURCE_DIR "/tests/reference"));
    for (const QString& name : folder.entryList({"*.chronograd.json"}))
        QTest::newRow(qPrintable(name)) << folder.filePath(name);
}

void TestExperimentReference::roundTrip()
{
    QFETCH(QString, file);
    const Experiment read = readExperiment(file.toStdString());
    const std::string written = writeExperiment(read);
    const Experiment again = parseExperiment(written, file.toStdString());
    QCOMPARE(writeExperiment(again), written);
    QCOMPARE(again.name, read.name);
    QVERIFY(again.network.inputs == read.network.inputs);
    QVERIFY(again.network.layers == read.network.layers);
    QVERIFY(again.network.init == read.network.init);
    QVERIFY(again.network.weights == read.network.weights);
    QVERIFY(again.training.start == read.training.start);
    QVERIFY(again.training.schedule == read.training.schedule);
    QVERIFY(again.training.updates == read.training.updates);
    QVERIFY(again.training.batchSize == read.training.batchSize);
    const auto& sequences = std::get<InlineTask>(read.task).sequences;
    const auto& sequencesAgain = std::get<InlineTask>(again.task).sequences;
    QCOMPARE(sequencesAgain.size(), sequences.size());
    for (std::size_t i = 0; i < sequences.size(); ++i) {
        QVERIFY(sequencesAgain[i].inputs == sequences[i].inputs);
        QVERIFY(sequencesAgain[i].targets == sequences[i].targets);
    }
}

QTEST_APPLESS_MAIN(TestExperimentReference)
#include "test_experiment_reference.moc"
