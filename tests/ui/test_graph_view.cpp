#include "core/analysis/share.h"
#include "tests/support/shown_graph.h"
#include "ui/graph/graph_selection.h"
#include "ui/graph/graph_tip.h"
#include "ui/graph/graph_work.h"
#include "ui/graph/row_labels.h"
#include "ui/graph/share_sum.h"
#include "ui/graph/time_axis.h"
#include "ui/graph/warning_marks.h"
#include "ui/theme/number_text.h"
#include "ui/theme/segmented_control.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

using namespace chronograd;

namespace {

QRgb pixelAt(GraphView& view, QPointF position)
{
    const QImage image = view.canvas().viewport()->grab().toImage();
    return image.pixel(position.toPoint());
}

} // namespace

class TestGraphView : public QObject, protected test::ShownGraph
{
    Q_OBJECT

private slots:
    void init()
    {
        showGraph(4);
        m_view->setAnimated(false); // pixels are compared
        m_maker->after(Granularity::Update, 2);
    }

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

    void whatALongerSequenceHadIsNotMarked()
    {
        FrameMaker shorter(FrameMaker::recurrent(4, 5, "3", "5"));
        m_view->showFrame(shorter.until(Phase::Backward, 3, 0));
        const QImage bare = m_view->grab().toImage();
        Quantity quantity = parseQuantity("hidden.out[2]@3", *frame().network);
        m_view->select(quantity);
        QVERIFY(m_view->grab().toImage() != bare);
        quantity.t = 7;
        m_view->select(quantity);
        QCOMPARE(m_view->grab().toImage(), bare);
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

    void theSwitchChangesWhatEdgesShow()
    {
        m_view->showFrame(m_maker->until(Phase::Backward, 7, 0));
        auto* control = m_view->findChild<SegmentedControl*>();
        QVERIFY(control);
        QCOMPARE(m_view->edgeQuantity(), EdgeQuantity::Weight);
        const QImage weights = m_view->grab().toImage();
        const auto buttons = control->findChildren<QAbstractButton*>();
        QCOMPARE(buttons.size(), 4);
        QTest::mouseClick(buttons[1], Qt::LeftButton);
        QCOMPARE(m_view->edgeQuantity(), EdgeQuantity::Share);
        QVERIFY(m_view->grab().toImage() != weights);
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

    void whatIsNotComputedYetIsNotShown()
    {
        FrameMaker maker(FrameMaker::recurrent(4, 40, "3", "5"));
        m_view->showFrame(maker.until(Phase::Forward, 2, 0));
        const GraphState& state = canvas().state();
        QVERIFY(state.value({2, 1, 0}).has_value());
        QVERIFY(!state.value({2, 2, 0}).has_value());
        QVERIFY(!state.delta({1, 1, 0}).has_value());
        // The card's own colour inside the dashed outline, and no number.
        QCOMPARE(QColor(pixelAt(*m_view, canvas().positionOf({2, 2, 0}))), Theme::current().card);
    }

    void fillIsTheActivationOnTheSignScale()
    {
        m_view->showFrame(m_maker->until(Phase::Backward, 7, 0));
        const double value = *canvas().state().value({7, 1, 0});
        const double r = canvas().state().layout.radius(1);
        const QColor shown(pixelAt(*m_view, canvas().positionOf({7, 1, 0}) - QPointF(0, 0.75 * r)));
        const QColor expected = Theme::current().signColor(value);
        QVERIFY2(std::abs(shown.red() - expected.red()) < 8 && std::abs(shown.blue() - expected.blue()) < 8,
                 qPrintable(shown.name() + expected.name()));
    }

    void bracketsSayHowFarTheyReach()
    {
        m_view->showFrame(m_maker->until(Phase::Backward, 9, 0));
        QCOMPARE(canvas().timeAxis().k2Text(), QStringLiteral("k2 = 5 steps back"));
        QCOMPARE(canvas().timeAxis().k1Text(), QStringLiteral("k1 = 3 since the last update"));
        m_view->showFrame(m_maker->until(Phase::Forward, 10, 1));
        QCOMPARE(canvas().timeAxis().k1Text(), QStringLiteral("k1 = 3: 1 since the last update"));
        m_view->showFrame(m_maker->until(Phase::Forward, 11, 0)); // the step at work counts
        QVERIFY((frame().sinceLast == Window{10, 11}));
        QVERIFY(canvas().state().isCut());
        QVERIFY(canvas().state().isBeyondCut(6));
        QVERIFY(!canvas().state().isBeyondCut(7));
    }

    void sharedWeightsAreRenderedOnce()
    {
        m_view->showFrame(m_maker->until(Phase::Backward, 9, 1));
        m_view->grab();
        const int before = canvas().renderedPictures();
        QVERIFY(before <= 3); // within, across, and across the cut
        m_maker->trainer().advance(Granularity::Layer);
        m_view->showFrame(m_maker->frame()); // the backward pass changes no weight
        m_view->grab();
        QCOMPARE(canvas().renderedPictures(), before);
    }

    void onlyStepsWhoseNumbersChangedAreRenderedAgain()
    {
        m_view->setEdgeQuantity(EdgeQuantity::Share);
        m_view->showFrame(m_maker->until(Phase::Backward, 9, 0));
        m_view->grab();
        m_maker->trainer().advance(Granularity::Layer);
        m_view->showFrame(m_maker->frame()); // adds the output layer at t = 8
        m_view->grab();
        const int before = canvas().renderedPictures();
        m_maker->trainer().advance(Granularity::Layer);
        m_view->showFrame(m_maker->frame()); // adds the hidden layer at t = 8
        m_view->grab();
        QVERIFY(canvas().renderedPictures() - before <= 2);
        QVERIFY(canvas().renderedPictures() > before);
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

    void aFeedForwardNetworkIsSpreadOverTheWidth()
    {
        FrameMaker maker(FrameMaker::feedForward());
        m_view->showFrame(maker.after(Granularity::Update));
        QVERIFY(canvas().state().layout.isSpread());
        QCOMPARE(canvas().state().layout.height(), double(canvas().viewport()->height()));
        QVERIFY(canvas().viewport()->height() > canvas().height() - 40); // no room wasted on brackets
        const auto* rows = canvas().findChild<RowLabels*>();
        QVERIFY(rows->width() >= rows->neededWidth());
        QVERIFY(rows->neededWidth() > rows->fontMetrics().horizontalAdvance(QStringLiteral("second")));
        QVERIFY(!canvas().state().isCut());
        QSignalSpy spy(m_view.get(), &GraphView::quantitySelected);
        click(canvas().positionOf({1, 1, 2}));
        QCOMPARE(quantityText(spy[0][0].value<Quantity>(), *frame().network), std::string("first.out[3]@1"));
        QTest::keyClick(&canvas(), Qt::Key_Left);
        QCOMPARE(quantityText(spy[1][0].value<Quantity>(), *frame().network), std::string("first.out[2]@1"));
        QTest::keyClick(&canvas(), Qt::Key_Up);
        QCOMPARE(quantityText(spy[2][0].value<Quantity>(), *frame().network), std::string("second.out[2]@1"));
    }

    void wideLayersLeaveOutFaintEdgesAndSayHowMany()
    {
        FrameMaker maker(FrameMaker::recurrent(24, 60, "10", "20", "0.001"));
        m_view->showFrame(maker.after(Granularity::Update, 2));
        m_view->grab();
        QVERIFY(canvas().leftOut() > 100);
    }

    void aSelectedWeightLeadsItsSharesIntoTheGradient()
    {
        m_view->showFrame(m_maker->after(Granularity::Update));
        const Quantity weight = parseQuantity("hidden.W_h[1,4].share@7", *frame().network);
        m_view->select(weight);
        const auto mark = shareSumOf(canvas().state());
        QVERIFY(mark.has_value());
        QCOMPARE(mark->steps, frame().window.length());
        const ShareSum sum = sumOfShares(frame(), weight.parameter, weight.row, weight.column);
        const auto at =
            Eigen::Index(frame().network->parameters()[weight.parameter].at(weight.row, weight.column));
        QVERIFY(std::abs(sum.sum - frame().gradient[at]) < 1e-12);
        QVERIFY2(mark->text.contains(compactNumber(sum.sum)), qPrintable(mark->text));
        QSignalSpy spy(m_view.get(), &GraphView::quantitySelected);
        click(mark->pill.center() - QPointF(canvas().horizontalScrollBar()->value(), 0));
        QCOMPARE(quantityText(spy[0][0].value<Quantity>(), *frame().network),
                 std::string("hidden.W_h[1,4].gradient"));
        QVERIFY(shareSumOf(canvas().state()).has_value()); // the gradient is all copies' too
    }

    void warningsStandWhereTheyConcern()
    {
        m_view->showFrame(m_maker->after(Granularity::Update));
        const QImage before = m_view->grab().toImage();
        Warning dead{WarningKind::DeadRelu, "two dead units", "They are 0.", std::nullopt, 0, {1, 3}};
        Warning rate{WarningKind::RateTooLarge, "the loss rises", "Lower α.", Setting::LearningRate, -1, {}};
        m_view->setWarnings({dead, rate});
        const GraphState& state = canvas().state();
        QCOMPARE(warningsAtLevel(state, 1), QStringLiteral("two dead units: They are 0."));
        QVERIFY(warningsAtLevel(state, 0).isEmpty() && warningsAtLevel(state, 2).isEmpty());
        QCOMPARE(warningsAtLoss(state), QStringLiteral("the loss rises: Lower α."));
        QVERIFY(m_view->grab().toImage() != before);
        m_view->setWarnings({});
        QCOMPARE(m_view->grab().toImage(), before);
    }

    void theVelocityStandsBesideTheGradient()
    {
        FrameMaker maker(FrameMaker::recurrent(4, 12, "3", "5"));
        m_view->showFrame(maker.after(Granularity::Update, 2));
        const Quantity weight = parseQuantity("hidden.W_h[1,4]", *frame().network);
        m_view->select(weight);
        const auto mark = shareSumOf(canvas().state());
        QVERIFY(mark && mark->arrows && mark->arrows->velocity);
        const auto at =
            Eigen::Index(frame().network->parameters()[weight.parameter].at(weight.row, weight.column));
        QCOMPARE(mark->arrows->gradient.value, frame().gradient[at]);
        QCOMPARE(mark->arrows->velocity->value, frame().velocity[at]);
        QVERIFY(mark->arrows->velocity->size * mark->arrows->velocity->value > 0.0);
        QVERIFY(mark->velocityText.contains(compactNumber(frame().velocity[at])));
        QSignalSpy spy(m_view.get(), &GraphView::quantitySelected);
        click(mark->velocityArea.center() - QPointF(canvas().horizontalScrollBar()->value(), 0));
        QCOMPARE(quantityText(spy[0][0].value<Quantity>(), *frame().network),
                 std::string("hidden.W_h[1,4].velocity"));
        // while the next update is gathered there is none
        m_view->showFrame(maker.until(Phase::Backward, 7, 0));
        QVERIFY(!shareSumOf(canvas().state())->arrows);
    }

    void whatIsNotAtWorkIsDimmed()
    {
        m_view->showFrame(m_maker->until(Phase::Backward, 7, 0));
        const auto work = workOf(canvas().state());
        QVERIFY(work.has_value());
        const auto between = [&](std::int64_t t) {
            const QPointF left = canvas().positionOf({t - 1, 1, 0});
            const QPointF right = canvas().positionOf({t, 1, 3});
            const QImage image = canvas().viewport()->grab().toImage();
            double ink = 0.0;
            for (int y = int(left.y()); y < int(right.y()); ++y) {
                for (int x = int(left.x()) + 24; x < int(right.x()) - 24; ++x)
                    ink += 255 - qGray(image.pixel(x, y));
            }
            return ink;
        };
        // The error comes to t = 7 along the edges to t = 8; those into t = 7 have their turn later.
        QVERIFY2(between(8) > 1.8 * between(7),
                 qPrintable(QStringLiteral("%1 %2").arg(between(8)).arg(between(7))));
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

    void faintEdgesComeWhenTheStreamOfFramesStops()
    {
        FrameMaker maker(FrameMaker::recurrent(24, 60, "10", "20", "0.001"));
        m_view->setEdgeQuantity(EdgeQuantity::Value);
        m_view->showFrame(maker.after(Granularity::Update));
        m_view->showFrame(maker.after(Granularity::Update));
        m_view->grab();
        const int hurried = canvas().leftOut();
        QTRY_VERIFY((m_view->grab(), canvas().leftOut() < hurried));
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

    void withoutAFrameThereIsNothingAndNothingBreaks()
    {
        GraphView empty;
        empty.resize(500, 300);
        empty.show();
        QTest::keyClick(&empty.canvas(), Qt::Key_Left);
        QTest::keyClick(&empty.canvas(), Qt::Key_Plus);
        QTest::mouseClick(empty.canvas().viewport(), Qt::LeftButton, {}, QPoint(100, 100));
        empty.showFrame(nullptr);
        QVERIFY(!empty.grab().isNull());
    }
};

QTEST_MAIN(TestGraphView)
#include "test_graph_view.moc"
