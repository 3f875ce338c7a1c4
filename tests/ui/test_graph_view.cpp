#include "tests/support/shown_graph.h"
#include "ui/graph/graph_selection.h"
#include "ui/graph/graph_tip.h"
#include "ui/graph/time_axis.h"

#include <QAccessible>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

using namespace chronograd;

/// Selecting in the graph and moving through it; what tips and screen readers say.
class TestGraphView : public QObject, protected test::ShownGraph
{
    Q_OBJECT

private slots:
    void init() { showStillGraph(); }

    void clickingAUnitSelectsItsActivation()
    {
        m_view->showFrame(m_maker->until(Phase::Backward, 7, 0));
        QSignalSpy spy(m_view.get(), &GraphView::quantitySelected);
        click(canvas().positionOf({7, 1, 2}));
        QCOMPARE(spy.size(), 1);
        const auto quantity = spy[0][0].value<Quantity>();
        QCOMPARE(quantityText(quantity, *frame().network), std::string("hidden.out[3]@7"));
        QVERIFY(canvas().state().selection == quantity);
    }

    void clickingALossSelectsIt()
    {
        m_view->showFrame(m_maker->until(Phase::Backward, 7, 0));
        QSignalSpy spy(m_view.get(), &GraphView::quantitySelected);
        click(canvas().rectOf(lossQuantity(8)).center());
        QCOMPARE(spy.size(), 1);
        QCOMPARE(quantityText(spy[0][0].value<Quantity>(), *frame().network), std::string("loss@8"));
    }

    void clickingAnEdgeSelectsTheShareOfItsWeight()
    {
        m_view->showFrame(m_maker->until(Phase::Backward, 7, 0));
        QSignalSpy spy(m_view.get(), &GraphView::quantitySelected);
        const Quantity wanted = parseQuantity("hidden.W_h[1,4].share@8", *frame().network);
        const auto edge = edgeOf(canvas().state(), wanted);
        QVERIFY(edge.has_value());
        const EdgeCurve curve =
            edgeCurve(canvas().state().layout, *edge->connection, edge->row, edge->column, 8);
        click(curve.pointAt(0.12) - QPointF(canvas().horizontalScrollBar()->value(), 0));
        QCOMPARE(spy.size(), 1);
        QCOMPARE(quantityText(spy[0][0].value<Quantity>(), *frame().network),
                 quantityText(wanted, *frame().network));
    }

    void selectingFromOutsideEmitsNothing()
    {
        m_view->showFrame(m_maker->until(Phase::Backward, 7, 0));
        QSignalSpy spy(m_view.get(), &GraphView::quantitySelected);
        const Quantity quantity = parseQuantity("hidden.delta[2]@8", *frame().network);
        m_view->select(quantity);
        QVERIFY(spy.isEmpty());
        QVERIFY(canvas().state().selection == quantity);
    }

    void whatIsSelectedFromOutsideComesIntoViewAndStaysThere()
    {
        FrameMaker maker(FrameMaker::recurrent(4, 120, "3", "5"));
        m_view->resize(500, 560);
        m_view->showFrame(maker.until(Phase::Forward, 60, 1));
        const std::int64_t first = frame().firstStep;
        QVERIFY(visible(60) && !visible(first));
        m_view->select(
            parseQuantity("hidden.out[2]@" + std::to_string(first + 1), *frame().network)); // a link
        QVERIFY(visible(first + 1));
        m_view->select(parseQuantity("hidden.W_h[1,2]", *frame().network)); // of all copies
        QVERIFY(visible(first + 1));
        const std::int64_t left = canvas().stepsInView().front();
        const double pitch = canvas().state().layout.pitch();
        m_view->resize(1000, 1000);
        QTRY_VERIFY(canvas().state().layout.pitch() > pitch);
        QCOMPARE(canvas().stepsInView().front(), left);
        m_view->resize(1000, 560);
    }

    void arrowKeysMoveThroughTimeAndLayers()
    {
        m_view->showFrame(m_maker->until(Phase::Backward, 7, 0));
        m_view->select(parseQuantity("hidden.out[1]@7", *frame().network));
        QSignalSpy spy(m_view.get(), &GraphView::quantitySelected);
        const std::vector<std::pair<Qt::Key, std::string>> walk{
            {Qt::Key_Left, "hidden.out[1]@6"}, {Qt::Key_Right, "hidden.out[1]@7"},
            {Qt::Key_Down, "hidden.out[2]@7"}, {Qt::Key_Up, "hidden.out[1]@7"},
            {Qt::Key_Up, "output.out[1]@7"},   {Qt::Key_Up, "loss@7"},
            {Qt::Key_Right, "loss@8"},         {Qt::Key_Down, "output.out[1]@8"},
            {Qt::Key_Down, "hidden.out[1]@8"},
        };
        for (const auto& [key, name] : walk) {
            QTest::keyClick(&canvas(), key);
            QCOMPARE(quantityText(spy.takeFirst()[0].value<Quantity>(), *frame().network), name);
        }
    }

    void tipsSayNameValueDeltaAndTime()
    {
        m_view->showFrame(m_maker->until(Phase::Backward, 7, 0));
        const GraphState& state = canvas().state();
        const QString unit = tipText(state, parseQuantity("hidden.out[3]@7", *frame().network));
        QVERIFY2(unit.contains(QStringLiteral("hidden 3 at t = 7")), qPrintable(unit));
        QVERIFY(unit.contains(QStringLiteral("value ")));
        QVERIFY(unit.contains(QStringLiteral("δ = ∂L/∂net = ")));
        const QString early = tipText(state, parseQuantity("hidden.out[3]@6", *frame().network));
        QVERIFY2(early.contains(QStringLiteral("no δ yet")), qPrintable(early));
        const QString edge = tipText(state, parseQuantity("hidden.W_h[3,2].share@7", *frame().network));
        QVERIFY2(edge.contains(QStringLiteral("hidden.W_h[3,2]")), qPrintable(edge));
        QVERIFY(edge.contains(QStringLiteral("from hidden 2 at t = 6 to hidden 3 at t = 7")));
        QVERIFY(edge.contains(QStringLiteral("share of the gradient at t = 7")));
    }

    void hoveringShowsTheTip()
    {
        m_view->showFrame(m_maker->until(Phase::Backward, 7, 0));
        const QPoint place = canvas().positionOf({7, 1, 2}).toPoint();
        QHelpEvent help(QEvent::ToolTip, place, canvas().viewport()->mapToGlobal(place));
        QCoreApplication::sendEvent(canvas().viewport(), &help);
        QTRY_VERIFY(QToolTip::text().contains(QStringLiteral("hidden 3 at t = 7")));
        QToolTip::hideText();
    }

    void anEmptyUnitTellsWhyItIsEmpty()
    {
        m_view->showFrame(m_maker->after(Granularity::Update, 3));
        const std::int64_t next = frame().position.t + 1;
        const GraphState& state = canvas().state();
        QVERIFY(state.value({next, 0, 0}) && !state.value({next, 1, 0}));
        const auto tip = [&](const UnitId& unit) {
            const QPoint place = canvas().positionOf(unit).toPoint();
            QHelpEvent help(QEvent::ToolTip, place, canvas().viewport()->mapToGlobal(place));
            QCoreApplication::sendEvent(canvas().viewport(), &help);
            return QToolTip::text();
        };
        QTRY_VERIFY(tip({next, 1, 0}).contains(QStringLiteral("not computed yet")));
        QVERIFY(tipText(state, unitQuantity(state, {next, 0, 0})).contains(QStringLiteral("can be changed")));
        const UnitId later{frame().lastStep + 1, 0, 0};
        QVERIFY(tipText(state, unitQuantity(state, later)).contains(QStringLiteral("comes with a later")));
        QToolTip::hideText();
    }

    void aTargetToComeHasATipAndAName()
    {
        m_view->showFrame(m_maker->after(Granularity::Update, 3));
        const std::int64_t next = frame().position.t + 1;
        const QString name = QStringLiteral("loss at t = %1").arg(next);
        const Quantity target = targetQuantity(next);
        QAccessibleInterface* graph = QAccessible::queryAccessibleInterface(&canvas());
        m_view->select(target);
        const QString tip = tipText(canvas().state(), target);
        QVERIFY2(tip.contains(name) && tip.contains(QStringLiteral("not computed yet")), qPrintable(tip));
        QVERIFY(graph->text(QAccessible::Value).startsWith(name));
        QAccessibleInterface* box = graph->focusChild();
        QVERIFY(box && box->state().selected);
        QVERIFY(box->text(QAccessible::Name).startsWith(name));
        QVERIFY(box->rect().contains(
            canvas().viewport()->mapToGlobal(canvas().rectOf(target).center().toPoint())));
    }

    void theNewestStepStaysInViewUntilThePersonScrolls()
    {
        FrameMaker maker(FrameMaker::recurrent(4, 120, "3", "5"));
        m_view->showFrame(maker.until(Phase::Forward, 60, 1));
        QVERIFY(visible(60));
        canvas().horizontalScrollBar()->setValue(0);
        QTest::mousePress(canvas().viewport(), Qt::LeftButton, {}, QPoint(100, 20));
        QTest::mouseMove(canvas().viewport(), QPoint(140, 20));
        QTest::mouseMove(canvas().viewport(), QPoint(300, 20));
        QTest::mouseRelease(canvas().viewport(), Qt::LeftButton, {}, QPoint(300, 20));
        m_view->showFrame(maker.until(Phase::Forward, 62, 1));
        QCOMPARE(canvas().horizontalScrollBar()->value(), 0);
        QTest::keyClick(&canvas(), Qt::Key_0);
        m_view->showFrame(maker.until(Phase::Forward, 64, 1));
        QVERIFY(visible(64));
    }

    void zoomKeysAndTheWheelZoom()
    {
        m_view->showFrame(m_maker->until(Phase::Backward, 9, 0));
        const double natural = canvas().state().layout.pitch();
        QTest::keyClick(&canvas(), Qt::Key_Plus);
        QVERIFY(canvas().state().layout.pitch() > natural);
        QTest::keyClick(&canvas(), Qt::Key_0);
        QCOMPARE(canvas().state().layout.pitch(), natural);
        const QPoint place(300, 100);
        QWheelEvent wheel(place, canvas().viewport()->mapToGlobal(place), {}, QPoint(0, -240), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(canvas().viewport(), &wheel);
        QVERIFY(canvas().state().layout.pitch() < natural);
    }

    void theCutIsToldInWords()
    {
        m_view->showFrame(m_maker->until(Phase::Backward, 9, 0));
        QVERIFY(canvas().state().isCut());
        const QString words = cutSentence(canvas().state());
        QVERIFY2(words.contains(QStringLiteral("step 8 uses the state of step 7")), qPrintable(words));
        QVERIFY(canvas().timeAxis().accessibleDescription().contains(words));
        const double x = canvas().state().layout.boundary(7) - canvas().horizontalScrollBar()->value();
        const QPoint place(int(x), 8);
        QHelpEvent help(QEvent::ToolTip, place, canvas().viewport()->mapToGlobal(place));
        QCoreApplication::sendEvent(canvas().viewport(), &help);
        QTRY_COMPARE(QToolTip::text(), words);
        QToolTip::hideText();
    }

    void screenReadersSeeTheUnitsAndTheSelection()
    {
        m_view->showFrame(m_maker->until(Phase::Backward, 7, 0));
        QAccessibleInterface* graph = QAccessible::queryAccessibleInterface(&canvas());
        QVERIFY(graph);
        QCOMPARE(graph->childCount(), int(canvas().stepsInView().size()) * 7); // six units and a loss
        const QPoint place = canvas().viewport()->mapToGlobal(canvas().positionOf({7, 1, 2}).toPoint());
        QAccessibleInterface* unit = graph->childAt(place.x(), place.y());
        QVERIFY(unit);
        const QString name = unit->text(QAccessible::Name);
        QVERIFY2(name.startsWith(QStringLiteral("hidden 3 at t = 7: value ")), qPrintable(name));
        QVERIFY(name.contains(QStringLiteral("δ = ∂L/∂net = ")));
        QVERIFY(unit->rect().contains(place));
        QCOMPARE(graph->child(graph->indexOfChild(unit)), unit);
        QVERIFY(!unit->state().selected);
        m_view->select(parseQuantity("hidden.out[3]@7", *frame().network));
        QVERIFY(unit->state().selected);
        QCOMPARE(graph->focusChild(), unit);
        QVERIFY(graph->text(QAccessible::Value).contains(QStringLiteral("hidden 3 at t = 7")));
        const QPoint box =
            canvas().viewport()->mapToGlobal(canvas().rectOf(lossQuantity(8)).center().toPoint());
        QAccessibleInterface* loss = graph->childAt(box.x(), box.y());
        QVERIFY(loss && loss != unit);
        QVERIFY2(loss->text(QAccessible::Name).startsWith(QStringLiteral("loss at t = 8: value ")),
                 qPrintable(loss->text(QAccessible::Name)));
        m_view->select(lossQuantity(8));
        QCOMPARE(graph->focusChild(), loss);
        m_view->select(parseQuantity("hidden.W_h[1,4].gradient", *frame().network));
        QVERIFY(graph->text(QAccessible::Value).contains(QStringLiteral("sum of ")));
    }

    void anotherNetworkReplacesTheOld()
    {
        m_view->showFrame(m_maker->until(Phase::Backward, 7, 0));
        m_view->select(parseQuantity("hidden.out[4]@7", *frame().network));
        const double pitch = canvas().state().layout.pitch();
        QTest::keyClick(&canvas(), Qt::Key_Minus);
        QVERIFY(canvas().state().layout.pitch() < pitch);
        FrameMaker again(FrameMaker::recurrent(4, 40, "3", "5"));
        m_view->showFrame(again.after(Granularity::Update));
        QVERIFY(canvas().state().layout.pitch() < pitch); // the same picture begun anew
        FrameMaker other(FrameMaker::recurrent(2, 10, "2", "3"));
        m_view->showFrame(other.after(Granularity::Update));
        const double fresh = canvas().state().layout.pitch();
        QTest::keyClick(&canvas(), Qt::Key_0);
        QCOMPARE(canvas().state().layout.pitch(), fresh); // nobody has zoomed this one
        QVERIFY(!canvas().state().selection.has_value());
        QCOMPARE(canvas().state().layout.units(1), 2);
        QVERIFY(!m_view->grab().isNull());
    }
};

QTEST_MAIN(TestGraphView)
#include "test_graph_view.moc"
