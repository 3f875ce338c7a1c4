#include "tests/support/shown_graph.h"
#include "ui/graph/graph_legend.h"
#include "ui/graph/minimap.h"
#include "ui/graph/operations_area.h"
#include "ui/graph/operations_view.h"
#include "ui/theme/number_text.h"
#include "ui/theme/segmented_control.h"

#include <QAccessible>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>

#include <algorithm>

using namespace chronograd;

/// The operations of one step, driven by mouse and keyboard.
class TestOperationsView : public QObject, protected test::ShownGraph
{
    Q_OBJECT

private slots:
    void init()
    {
        showGraph(3);
        m_view->showFrame(m_maker->after(Granularity::Update, 3));
        m_view->findChild<QPushButton*>(QStringLiteral("operations"))->click();
    }

    void theButtonShowsThemInsteadOfTheNetwork()
    {
        QVERIFY(operations().isVisible());
        QVERIFY(!m_view->canvas().isVisible());
        QCOMPARE(operations().step(), 12);
        m_view->findChild<QPushButton*>(QStringLiteral("operations"))->click();
        QVERIFY(!operations().isVisible());
        QVERIFY(m_view->canvas().isVisible());
    }

    void whatIsOfCopiesAndEdgesIsThereWithThem()
    {
        auto* fold = m_view->findChild<QPushButton*>(QStringLiteral("fold"));
        auto* weakest = m_view->findChild<QSlider*>(QStringLiteral("weakest"));
        auto* minimap = m_view->findChild<Minimap*>();
        QVERIFY(minimap->isHidden() && weakest->isHidden() && !fold->isEnabled());
        auto* edges = m_view->findChild<SegmentedControl*>();
        auto* legend = m_view->findChild<GraphLegend*>();
        QVERIFY(edges->isHidden() && legend->toolTip().contains(QStringLiteral("left what flows forward")));
        const QRect button = m_view->findChild<QPushButton*>(QStringLiteral("operations"))->geometry();
        m_view->showFrame(m_maker->after(Granularity::Update));
        QVERIFY(minimap->isHidden() && weakest->isHidden() && !fold->isEnabled());
        m_view->findChild<QPushButton*>(QStringLiteral("operations"))->click();
        QVERIFY(minimap->isVisible() && weakest->isVisible() && fold->isEnabled());
        QVERIFY(edges->isVisible() && legend->toolTip().contains(QStringLiteral("Ring and arrow")));
        QCOMPARE(m_view->findChild<QPushButton*>(QStringLiteral("operations"))->geometry(), button);
    }

    void nodesDoNotOverlapAndArrowsLeadToTheRight()
    {
        const int nodes = int(operations().graph().nodes.size());
        QVERIFY(nodes >= 9);
        for (int a = 0; a < nodes; ++a) {
            for (int b = 0; b < a; ++b)
                QVERIFY(!operations().nodeRect(a).intersects(operations().nodeRect(b)));
        }
        for (const OperationArrow& arrow : operations().graph().arrows)
            QVERIFY(operations().nodeRect(arrow.from).right() < operations().nodeRect(arrow.to).left());
    }

    void theNameOfTheStepIsNotCovered()
    {
        m_view->resize(1000, 160); // the operations are higher
        QTest::qWait(20);
        for (int node = 0; node < int(operations().graph().nodes.size()); ++node)
            QVERIFY(operations().nodeRect(node).top() >= 20);
    }

    void whatIsTooHighIsNotMadeSmallForNothing()
    {
        const auto nodeWidth = [this] { return operations().nodeRect(0).width(); };
        m_view->resize(2400, 1000);
        QTRY_VERIFY(nodeWidth() > 54.0); // the room is used
        m_view->resize(1000, 160);
        QTRY_VERIFY(nodeWidth() < 54.0); // as wide as there is room …
        QVERIFY(nodeWidth() > 45.0);     // … and no smaller
        m_view->resize(1000, 560);
    }

    void clickingANumberSelectsItsQuantity()
    {
        QSignalSpy spy(m_view.get(), &GraphView::quantitySelected);
        const int net = arrowTo(OperationKind::Activation, 0);
        click(operations().cellRect({net, 1, false}).center());
        QCOMPARE(name(spy[0]), std::string("hidden.net[2]@12"));
        click(operations().cellRect({net, 2, true}).center());
        QCOMPARE(name(spy[1]), std::string("hidden.delta[3]@12"));
    }

    void clickingAMatrixSelectsAWeight()
    {
        QSignalSpy spy(m_view.get(), &GraphView::quantitySelected);
        const int product = nodeCalled("W_h");
        const QRectF rect = operations().nodeRect(product);
        click(rect.bottomRight() - QPointF(0.2 * rect.width(), 0.2 * rect.height()));
        QCOMPARE(name(spy[0]), std::string("hidden.W_h[3,3].share@12"));
    }

    void clickingTheLossSelectsIt()
    {
        QSignalSpy spy(m_view.get(), &GraphView::quantitySelected);
        click(operations().nodeRect(nodeCalled("E")).center());
        QCOMPARE(name(spy[0]), std::string("loss@12"));
    }

    void theSelectionChoosesTheStep()
    {
        m_view->select(parseQuantity("hidden.out[1]@7", *frame().network));
        QCOMPARE(operations().step(), 7);
        FrameMaker later(FrameMaker::recurrent(3, 40, "3", "5"));
        m_view->showFrame(later.after(Granularity::Update, 12)); // step 7 is past: the newest is shown
        QCOMPARE(operations().step(), frame().position.t);
    }

    void theStepAtWorkIsShownWhileStepping()
    {
        m_view->showFrame(m_maker->until(Phase::Backward, 11, 0));
        QCOMPARE(operations().step(), 11);
    }

    void keysWalkThroughTheNodes()
    {
        operations().setFocus();
        const int first = operations().current();
        QTest::keyClick(&operations(), Qt::Key_Right);
        QVERIFY(operations().current() != first);
        QSignalSpy spy(m_view.get(), &GraphView::quantitySelected);
        QTest::keyClick(&operations(), Qt::Key_Return);
        QCOMPARE(spy.size(), 1);
    }

    void screenReadersHearTheNodesWithTheirValues()
    {
        QAccessibleInterface* graph = QAccessible::queryAccessibleInterface(&operations());
        QVERIFY(graph);
        QCOMPARE(graph->childCount(), int(operations().graph().nodes.size()));
        const int f = operations().graph().arrows[std::size_t(arrowTo(OperationKind::Activation, 0))].to;
        const QString heard = graph->child(f)->text(QAccessible::Name);
        QVERIFY2(heard.contains(QStringLiteral("tanh, activation of hidden")), qPrintable(heard));
        const double out = frame().value(frame().network->layers()[0].output, 0, 12);
        QVERIFY2(heard.contains(exactNumber(out)), qPrintable(heard));
    }

    void aFeedForwardNetworkHasThemToo()
    {
        FrameMaker maker(FrameMaker::feedForward());
        m_view->showFrame(maker.after(Granularity::Update));
        QCOMPARE(operations().step(), 1);
        const auto& nodes = operations().graph().nodes;
        QCOMPARE(std::count_if(nodes.begin(), nodes.end(),
                               [](const OperationNode& node) { return node.kind == OperationKind::Product; }),
                 3);
        QVERIFY(!operations().grab().isNull());
    }

private:
    OperationsView& operations() { return m_view->operations().view(); }
    void click(QPointF place) { QTest::mouseClick(&operations(), Qt::LeftButton, {}, place.toPoint()); }
    std::string name(const QList<QVariant>& arguments)
    {
        return quantityText(arguments[0].value<Quantity>(), *frame().network);
    }
    int nodeCalled(const std::string& label)
    {
        const auto& nodes = operations().graph().nodes;
        return int(std::find_if(nodes.begin(), nodes.end(),
                                [&label](const OperationNode& node) { return node.label == label; }) -
                   nodes.begin());
    }
    int arrowTo(OperationKind kind, int layer)
    {
        const auto& graph = operations().graph();
        for (std::size_t index = 0; index < graph.arrows.size(); ++index) {
            const OperationNode& node = graph.nodes[std::size_t(graph.arrows[index].to)];
            if (node.kind == kind && node.layer == layer)
                return int(index);
        }
        return -1;
    }
};

QTEST_MAIN(TestOperationsView)
#include "test_operations_view.moc"
