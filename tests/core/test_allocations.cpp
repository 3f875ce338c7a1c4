#include "tests/support/experiments.h"

#include <QTest>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<bool> counting = false;
std::atomic<long> allocations = 0;

void* count(void* memory)
{
    if (counting) {
        ++allocations;
    }
    if (memory == nullptr) {
        throw std::bad_alloc();
    }
    return memory;
}

} // namespace

void* operator new(std::size_t size)
{
    return count(std::malloc(size));
}
void* operator new(std::size_t size, std::align_val_t alignment)
{
    return count(std::aligned_alloc(static_cast<std::size_t>(alignment), size));
}
void operator delete(void* memory) noexcept
{
    std::free(memory);
}
void operator delete(void* memory, std::size_t /*size*/) noexcept
{
    std::free(memory);
}
void operator delete(void* memory, std::align_val_t /*alignment*/) noexcept
{
    std::free(memory);
}

using namespace chronograd;

/// After set-up, training allocates nothing.
class TestAllocations : public QObject
{
    Q_OBJECT

private slots:
    void theCounterCounts();
    void trainingAllocatesNothing_data();
    void trainingAllocatesNothing();
};

void TestAllocations::theCounterCounts()
{
    allocations = 0;
    counting = true;
    const auto vector = std::make_unique<std::vector<double>>(100);
    counting = false;
    QVERIFY(vector->size() == 100);
    QCOMPARE(allocations.load(), 2L);
}

void TestAllocations::trainingAllocatesNothing_data()
{
    QTest::addColumn<QString>("cell");
    QTest::addColumn<QString>("settings");
    const QString elman = QStringLiteral("elman");
    QTest::newRow("k1 = 5, k2 = 20") << elman << QStringLiteral(R"("k1": 5, "k2": 20)");
    QTest::newRow("every step, all steps back") << elman << QStringLiteral(R"("k1": 1, "k2": "n")");
    QTest::newRow("full BPTT") << elman << QStringLiteral(R"("k1": "n", "k2": "n")");
    QTest::newRow("recomputed history")
        << elman << QStringLiteral(R"("k1": 2, "k2": 7, "history": "recomputed")");
    QTest::newRow("clipped, carried state")
        << elman << QStringLiteral(R"("k1": 3, "k2": 7, "clip_norm": 0.01, "state": "carry")");
    for (const char* optimizer : {"nesterov", "rmsprop", "adam"}) {
        QTest::newRow(optimizer) << elman
                                 << QStringLiteral(R"("optimizer": "%1")").arg(QLatin1String(optimizer));
    }
    for (const char* cell : {"elman", "jordan", "lstm", "gru"}) {
        QTest::addRow("%s, every step", cell)
            << QString::fromLatin1(cell) << QStringLiteral(R"("k1": 1, "k2": 7)");
        QTest::addRow("%s, batches", cell)
            << QString::fromLatin1(cell) << QStringLiteral(R"("k1": 5, "k2": 7, "batch_size": 2)");
        QTest::addRow("%s, batches, adam", cell)
            << QString::fromLatin1(cell) << QStringLiteral(R"("optimizer": "adam", "batch_size": 2)");
    }
}

void TestAllocations::trainingAllocatesNothing()
{
    QFETCH(QString, cell);
    QFETCH(QString, settings);
    const test::Prepared prepared = test::prepareText(R"({
        "chronograd": 1,
        "network": {"inputs": 1, "layers": [
            {"name": "hidden", "cell": ")" + cell.toStdString() +
                                                      R"(", "units": 7},
            {"name": "second", "cell": "elman", "units": 5, "activation": "sigmoid"},
            {"name": "output", "cell": "dense", "units": 1}]},
        "task": {"kind": "echo", "length": 40, "sequences": 5},
        "training": {"updates": null, "learning_rate": 0.001, )" +
                                                      settings.toStdString() + "}}");
    Trainer trainer(prepared.experiment, prepared.data, {.recordWeights = false, .evaluateTest = true});
    trainer.advance(Granularity::Epoch);
    allocations = 0;
    counting = true;
    for (int epoch = 0; epoch < 3; ++epoch) {
        trainer.advance(Granularity::Epoch);
    }
    counting = false;
    QCOMPARE(allocations.load(), 0L);
    QVERIFY(!trainer.isFinished());
}

QTEST_APPLESS_MAIN(TestAllocations)
#include "test_allocations.moc"
