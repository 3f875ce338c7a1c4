#include "tests/support/opened_window.h"
#include "ui/graph/graph_canvas.h"
#include "ui/graph/graph_tip.h"
#include "ui/graph/graph_view.h"
#include "ui/graph/operations_area.h"
#include "ui/graph/operations_view.h"
#include "ui/inspector/block_list.h"
#include "ui/inspector/explanation_block.h"
#include "ui/inspector/inspector_panel.h"
#include "ui/inspector/share_bars.h"

#include <QComboBox>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QToolButton>

using namespace chronograd;
using test::Opened;
using test::patience;

namespace {

/// A window on a small experiment of its own, after its first update.
struct OnCell : Opened
{
    OnCell(const char* layers, const char* training)
    {
        const QString path = folder.filePath(QStringLiteral("cell.chronograd.json"));
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(QByteArrayLiteral(R"({"chronograd": 1, "network": {"inputs": 1, "layers": [)") +
                       layers +
                       R"(, {"name": "output", "cell": "dense", "units": 1}]},
                       "task": {"kind": "echo", "delay": 1, "length": 6, "sequences": 6}, "training": {)" +
                       training + "}}");
        file.close();
        window.open(path.toStdString());
        if (!QTest::qWaitFor([this] { return window.bridge().frame() && frame().updateDone; }, patience))
            qWarning("no first update");
    }

    GraphView& graph() { return *window.findChild<GraphView*>(); }
    QTemporaryDir folder;
};

const char* const lstm = R"({"name": "hidden", "cell": "lstm", "units": 3})";
const char* const bothWays = R"({"name": "hidden", "cell": "gru", "units": 2, "bidirectional": true})";

} // namespace

/// Gated cells, chains in both directions and batches, as a user meets them.
class TestCellsInWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("CHRONOGRAD_RESOURCES", CHRONOGRAD_SOURCE_DIR "/resources"); }
    void theGateChosenIsTheOneDrawn();
    void theTipOfAGatedUnitListsItsGates();
    void theInspectorExplainsEveryGate();
    void theWeightsIntoAUnitAreThoseOfAllItsGates();
    void thatAUnitIsCutOffIsSaidOnceAndNotOfEveryGate();
    void aWeightFitsIntoTheInspectorBesideAWideGraph();
    void theSharesOfAWindowAreSeenAtOnce();
    void operationsScrollOneWayAtMost_data();
    void operationsScrollOneWayAtMost();
    void withAChainAgainstTimeK1AndK2AreFixed();
    void anotherSequenceOfTheBatchCanBeShown();
};

void TestCellsInWindow::theGateChosenIsTheOneDrawn()
{
    OnCell opened(lstm, R"("k1": 3, "k2": 3)");
    auto* gates = opened.find<QWidget>("gate");
    QVERIFY(gates != nullptr);
    const auto buttons = gates->findChildren<QPushButton*>();
    QCOMPARE(buttons.size(), 4);
    QTest::mouseClick(buttons.at(2), Qt::LeftButton);
    for (const Connection& connection : opened.graph().canvas().state().connections) {
        if (connection.to == 1)
            QCOMPARE(connection.use.firstRow, 6); // g: the third block of three rows
    }
}

void TestCellsInWindow::theTipOfAGatedUnitListsItsGates()
{
    OnCell opened(lstm, R"("k1": 3, "k2": 3)");
    const GraphState& state = opened.graph().canvas().state();
    const QString sentence = unitSentence(state, {3, 1, 1});
    for (const char* part : {"i 0.", "f 0.", "g ", "o 0.", "cell ", "∂L/∂h"})
        QVERIFY2(sentence.contains(QString::fromUtf8(part)), qPrintable(sentence));
}

void TestCellsInWindow::theInspectorExplainsEveryGate()
{
    OnCell opened(lstm, R"("k1": 3, "k2": 3)");
    QVERIFY(opened.window.select("hidden.out.delta[2]@3"));
    const auto shown = [&] {
        QStringList names;
        for (ExplanationBlock* block : opened.window.findChildren<ExplanationBlock*>()) {
            if (block->isVisible())
                names << QString::fromStdString(quantityText(block->quantity(), *opened.frame().network));
        }
        return names;
    };
    const QStringList errors{
        QStringLiteral("hidden.out.delta[2]@3"), QStringLiteral("hidden.cell.delta[2]@3"),
        QStringLiteral("hidden.delta[2]@3"),     QStringLiteral("hidden.delta[5]@3"),
        QStringLiteral("hidden.delta[8]@3"),     QStringLiteral("hidden.delta[11]@3")};
    QTRY_COMPARE(shown(), errors);
    QVERIFY(opened.window.select("hidden.cell[2]@3"));
    for (QPushButton* button : opened.window.findChildren<QPushButton*>()) {
        if (button->text() == QStringLiteral("Forward"))
            button->click();
    }
    QTRY_VERIFY(shown().contains(QStringLiteral("hidden.cell[2]@3")));
    QVERIFY(shown().contains(QStringLiteral("hidden.f[2]@3")));
    QVERIFY(shown().contains(QStringLiteral("hidden.net[5]@3")));
}

void TestCellsInWindow::theWeightsIntoAUnitAreThoseOfAllItsGates()
{
    OnCell opened(lstm, R"("k1": 3, "k2": 3)");
    QVERIFY(opened.window.select("hidden.out[2]@3"));
    for (QPushButton* button : opened.window.findChildren<QPushButton*>()) {
        if (button->text() == QStringLiteral("Update"))
            button->click();
    }
    QLabel* table = nullptr;
    for (QLabel* label : opened.window.findChildren<QLabel*>()) {
        if (label->accessibleName() == QStringLiteral("Weights into this unit"))
            table = label;
    }
    QVERIFY(table);
    for (const char* weight : {"W_x[2,1]", "W_x[5,1]", "W_h[8,3]", "b[11]"})
        QTRY_VERIFY2(table->text().contains(QLatin1String(weight)), weight);
    QVERIFY(!table->text().contains(QStringLiteral("W_x[3,1]")));
    emit table->linkActivated(QStringLiteral("0 4 0"));
    const Quantity shown = *opened.window.findChild<InspectorPanel*>()->shown();
    QCOMPARE(quantityText(shown, *opened.frame().network), std::string("hidden.W_x[5,1]"));
}

void TestCellsInWindow::thatAUnitIsCutOffIsSaidOnceAndNotOfEveryGate()
{
    OnCell opened(lstm, R"("k1": 3, "k2": 2)");
    QVERIFY(opened.window.select("hidden.out.delta[2]@1"));
    const auto said = [&] {
        int times = 0;
        for (const QLabel* label : opened.window.findChildren<QLabel*>())
            times +=
                label->isVisible() && label->text().startsWith(QStringLiteral("Cut: k2 reaches")) ? 1 : 0;
        return times;
    };
    QTRY_COMPARE(said(), 1);
}

/// The switches of gates and batch leave it less room than it has beside other networks.
void TestCellsInWindow::aWeightFitsIntoTheInspectorBesideAWideGraph()
{
    OnCell opened(lstm, R"("optimizer": "adam", "learning_rate": 0.01, "batch_size": 3)");
    QVERIFY(opened.window.select("hidden.W_h[2,1]"));
    auto* scroll = opened.window.findChild<InspectorPanel*>()->findChild<QScrollArea*>();
    QTRY_VERIFY(scroll->findChild<QToolButton*>(QStringLiteral("past"))->isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(std::max(scroll->widget()->width(), scroll->viewport()->width()),
                              scroll->viewport()->width(), patience);
}

/// In the lowest window, of which the inspector has a third.
void TestCellsInWindow::theSharesOfAWindowAreSeenAtOnce()
{
    OnCell opened(R"({"name": "hidden", "cell": "elman", "units": 3})", R"("k1": 3, "k2": 5)");
    opened.click("step");
    QVERIFY(opened.waitForUpdate(2));
    QVERIFY(opened.window.select("hidden.W_h[2,1]"));
    const auto* bars = opened.window.findChild<ShareBars*>();
    QTRY_VERIFY(bars->isVisible());
    QTRY_COMPARE(bars->visibleRegion().boundingRect().height(), bars->height()); // with their sum
}

void TestCellsInWindow::operationsScrollOneWayAtMost_data()
{
    QTest::addColumn<QByteArray>("layer");
    const auto row = [](const char* cell, int units, const char* more = "") {
        QTest::addRow("%d %s%s", units, cell, more)
            << QStringLiteral(R"({"name": "hidden", "cell": "%1", "units": %2%3})")
                   .arg(QString::fromLatin1(cell))
                   .arg(units)
                   .arg(QString::fromLatin1(more))
                   .toUtf8();
    };
    row("elman", 4);
    row("lstm", 4);
    row("gru", 4);
    row("elman", 3, R"(, "bidirectional": true)");
}

void TestCellsInWindow::operationsScrollOneWayAtMost()
{
    QFETCH(QByteArray, layer);
    OnCell opened(layer.constData(), R"("k1": "n", "k2": "n")");
    opened.click("operations");
    const auto* area = opened.window.findChild<OperationsArea*>();
    QTRY_VERIFY(area->isVisible());
    const auto scrolls = [area] {
        return int(area->verticalScrollBar()->maximum() > 0) +
               int(area->horizontalScrollBar()->maximum() > 0);
    };
    QTRY_VERIFY2(scrolls() <= 1, qPrintable(QStringLiteral("%1 × %2 in %3 × %4")
                                                .arg(area->view().width())
                                                .arg(area->view().height())
                                                .arg(area->viewport()->width())
                                                .arg(area->viewport()->height())));
}

void TestCellsInWindow::withAChainAgainstTimeK1AndK2AreFixed()
{
    OnCell opened(bothWays, R"("k1": "n", "k2": "n")");
    QVERIFY(!opened.find<QWidget>("k1")->isEnabled());
    QVERIFY(!opened.find<QWidget>("k2")->isEnabled());
    opened.click("step");
    QVERIFY(QTest::qWaitFor([&] { return opened.frame().position.update == 2; }, patience));
    QCOMPARE(opened.frame().window.length(), 6);
}

void TestCellsInWindow::anotherSequenceOfTheBatchCanBeShown()
{
    OnCell opened(lstm, R"("k1": 3, "k2": 3, "batch_size": 3)");
    auto* batch = opened.find<QComboBox>("batch");
    QTRY_COMPARE(batch->count(), 3);
    QVERIFY(batch->isVisible());
    QCOMPARE(opened.frame().position.sequence, 1);
    batch->setFocus();
    QTest::keyClick(batch, Qt::Key_Down);
    QTRY_COMPARE(opened.frame().position.sequence, 2);
    QCOMPARE(opened.frame().member, std::size_t{1});
}

QTEST_MAIN(TestCellsInWindow)
#include "test_cells_in_window.moc"
