#include "core/analysis/flow.h"
#include "core/explain/partial_sum.h"
#include "tests/support/shown_graph.h"
#include "ui/graph/edge_labels.h"
#include "ui/graph/fold_animation.h"
#include "ui/graph/graph_selection.h"
#include "ui/graph/pulses.h"
#include "ui/graph/step_blocks.h"

#include <QProxyStyle>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace chronograd;

namespace {

/// A platform on which people asked for less motion.
class StillStyle : public QProxyStyle
{
public:
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override
    {
        return hint == SH_Widget_Animation_Duration ? 0 : QProxyStyle::styleHint(hint, option, widget, data);
    }
};

} // namespace

/// Seen from far and from near, folded and unfolded.
class TestGraphDetail : public QObject, protected test::ShownGraph
{
    Q_OBJECT

private slots:
    void init()
    {
        showGraph(4);
        m_maker->after(Granularity::Update, 2);
        m_view->showFrame(m_maker->after(Granularity::Update));
    }

    void zoomingLeadsFromBlocksToNumbersOnEdges()
    {
        QCOMPARE(layout().detail(), Detail::Units);
        zoom(Qt::Key_Minus, 3);
        QCOMPARE(layout().detail(), Detail::Blocks);
        zoom(Qt::Key_Minus, 12);
        QCOMPARE(layout().detail(), Detail::Cells);
        QTest::keyClick(&canvas(), Qt::Key_0);
        QCOMPARE(layout().detail(), Detail::Units);
        zoom(Qt::Key_Plus, 2);
        QCOMPARE(layout().detail(), Detail::Numbers);
    }

    void blocksAreNamedFAndG()
    {
        QCOMPARE(blockName(canvas().state(), 0), QStringLiteral("x"));
        QCOMPARE(blockName(canvas().state(), 1), QStringLiteral("f"));
        QCOMPARE(blockName(canvas().state(), 2), QStringLiteral("g"));
    }

    void aBlockShowsItsUnits()
    {
        zoom(Qt::Key_Minus, 3);
        const UnitId unit{8, 1, 0};
        const QImage image = canvas().viewport()->grab().toImage();
        const QPointF place = canvas().positionOf(unit) - QPointF(layout().block(8, 1).width() / 2 - 2.5, 0);
        const QColor shown(image.pixel(place.toPoint()));
        const QColor expected = Theme::current().signColor(*canvas().state().value(unit));
        QVERIFY2(std::abs(shown.red() - expected.red()) < 8 && std::abs(shown.blue() - expected.blue()) < 8,
                 qPrintable(shown.name() + expected.name()));
        QSignalSpy spy(m_view.get(), &GraphView::quantitySelected);
        click(canvas().positionOf({8, 1, 2}));
        QCOMPARE(quantityText(spy[0][0].value<Quantity>(), *canvas().state().frame->network),
                 std::string("hidden.out[3]@8"));
    }

    void theTermAtWorkLeavesTheNumbersOfItsUnitsFree()
    {
        m_view->showFrame(m_maker->until(Phase::Backward, 8, 1));
        Frame frame = *m_maker->after(Granularity::Term);
        frame.stepped = Granularity::Term;
        m_view->showFrame(std::make_shared<const Frame>(frame));
        const QImage image = canvas().viewport()->grab().toImage();
        const QPoint middle = canvas().positionOf({8, 2, 0}).toPoint(); // it comes from the output
        const int reach = int(layout().radius(2)) * 2 / 3;
        for (int x = -reach; x <= reach; ++x)
            for (int y = -reach; y <= reach; ++y)
                QVERIFY(image.pixelColor(middle + QPoint(x, y)) != Theme::current().backward);
        QVERIFY(partialSum(frame)->weight);
    }

    void theEightLargestEdgesHaveNumbers()
    {
        zoom(Qt::Key_Plus, 3);
        const GraphState& state = canvas().state();
        const std::vector<EdgeLabel> labels = edgeLabelsOf(state, 8);
        QVERIFY(labels.size() >= 6 && labels.size() <= 8); // where two would overlap one waits
        double least = 1e9;
        for (const EdgeLabel& label : labels) {
            least = std::min(least, std::abs(label.value));
            for (const EdgeLabel& other : labels)
                QVERIFY(&label == &other || !label.box.intersects(other.box));
        }
        int larger = 0;
        for (const Connection& connection : state.connections)
            larger +=
                int((edgeValues(*state.frame, connection, state.quantity, 8)->array().abs() > least).count());
        QVERIFY(larger < 8);
    }

    void theSelectedUnitsEdgesHaveTheirsOnDemand()
    {
        zoom(Qt::Key_Plus, 3);
        const Quantity unit = parseQuantity("hidden.out[1]@8", *canvas().state().frame->network);
        const auto ofUnit = [this] {
            const auto labels = edgeLabelsOf(canvas().state(), 8);
            return std::count_if(labels.begin(), labels.end(), [](const EdgeLabel& label) {
                return label.edge.connection->to == 1 && label.edge.row == 0 && label.edge.t == 8;
            });
        };
        const auto before = ofUnit();
        m_view->select(unit);
        QVERIFY(ofUnit() > before);
        QCOMPARE(ofUnit(), 5); // from four units and one input
    }

    void theKeyFoldsTheCopiesIntoOneAndBack()
    {
        m_view->setAnimated(false);
        const double pitch = layout().pitch();
        QTest::keyClick(&canvas(), Qt::Key_F);
        QVERIFY(layout().isFolded());
        QCOMPARE(canvas().stepsInView(), (std::vector<std::int64_t>{12}));
        QCOMPARE(layout().x(1), layout().x(12)); // all copies are this one
        auto* button = m_view->findChild<QPushButton*>(QStringLiteral("fold"));
        QVERIFY(button->isChecked());
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(layout().isUnfolded());
        QCOMPARE(layout().pitch(), pitch);
        QVERIFY(!button->isChecked());
    }

    void aFoldedNetworkHasLoopsThatCanBeClicked()
    {
        m_view->setAnimated(false);
        m_view->findChild<QPushButton*>(QStringLiteral("fold"))->click();
        const GraphState& state = canvas().state();
        const auto edge = edgeOf(state, parseQuantity("hidden.W_h[1,4]", *state.frame->network));
        const EdgeCurve loop = edgeCurve(layout(), *edge->connection, 0, 3, 12);
        QVERIFY(loop.pointAt(0.5).x() > layout().x(12) + layout().radius(1)); // around the outside
        const EdgeCurve self = edgeCurve(layout(), *edge->connection, 2, 2, 12);
        QVERIFY(std::abs(self.to - self.from) > 1.0);
        QSignalSpy spy(m_view.get(), &GraphView::quantitySelected);
        click(loop.pointAt(0.5) - QPointF(canvas().horizontalScrollBar()->value(), 0));
        QCOMPARE(spy.size(), 1);
        QCOMPARE(quantityText(spy[0][0].value<Quantity>(), *state.frame->network),
                 std::string("hidden.W_h[1,4].share@12"));
        const QImage image = canvas().viewport()->grab().toImage();
        QVERIFY(QColor(image.pixel(loop.pointAt(0.5).toPoint())) != Theme::current().card);
    }

    void arrowKeysMoveTheOneCopyThroughTime()
    {
        m_view->setAnimated(false);
        QTest::keyClick(&canvas(), Qt::Key_F);
        m_view->select(parseQuantity("hidden.out[1]@9", *canvas().state().frame->network));
        QTest::keyClick(&canvas(), Qt::Key_Left);
        QCOMPARE(canvas().stepsInView(), (std::vector<std::int64_t>{8}));
        const QPointF place = canvas().positionOf({8, 1, 1});
        QSignalSpy spy(m_view.get(), &GraphView::quantitySelected);
        click(place);
        QCOMPARE(quantityText(spy[0][0].value<Quantity>(), *canvas().state().frame->network),
                 std::string("hidden.out[2]@8"));
    }

    void foldingIsAnimatedForAtMostSixHundredMilliseconds()
    {
        QVERIFY(FoldAnimation::duration <= 600);
        QTest::keyClick(&canvas(), Qt::Key_F);
        QVERIFY(canvas().isAnimating());
        auto* animation = canvas().findChild<FoldAnimation*>();
        QVERIFY(animation->isVisible());
        QTRY_VERIFY(!canvas().isAnimating());
        QVERIFY(!animation->isVisible());
        QTest::keyClick(&canvas(), Qt::Key_F);
        QVERIFY(canvas().isAnimating());
        QTRY_VERIFY(!canvas().isAnimating());
    }

    void motionIsLeftOutWhereItIsNotWanted()
    {
        m_view->setAnimated(false);
        QTest::keyClick(&canvas(), Qt::Key_F);
        QVERIFY(!canvas().isAnimating());
        m_view->setAnimated(true);
        StillStyle still;
        canvas().setStyle(&still);
        QTest::keyClick(&canvas(), Qt::Key_F);
        QVERIFY(!canvas().isAnimating());
        QVERIFY(layout().isUnfolded());
        canvas().setStyle(nullptr);
    }

    void forwardPulsesRunRightAndCarryWhatWasJustComputed()
    {
        m_view->showFrame(m_maker->until(Phase::Forward, 11, 0));
        const GraphState& state = canvas().state();
        const std::vector<Pulse> pulses = pulsesOf(state);
        QVERIFY(pulses.size() > 4);
        std::vector<double> flows;
        for (const Connection& connection : state.connections) {
            if (connection.to != 1)
                continue;
            const auto values = edgeValues(*state.frame, connection, EdgeQuantity::Value, 11);
            flows.insert(flows.end(), values->data(), values->data() + values->size());
        }
        for (const Pulse& pulse : pulses) {
            QVERIFY(pulse.forward);
            QVERIFY(std::find(flows.begin(), flows.end(), pulse.value) != flows.end());
            const double by = pulse.path.pointAtPercent(1).x() - pulse.path.pointAtPercent(0).x();
            QVERIFY(by >= -1.0); // from the step before, or from below
        }
        QTest::qWait(150);
        m_view->showFrame(m_maker->after(Granularity::Layer));
        QVERIFY(canvas().pulses().isRunning());
        QTRY_VERIFY(!canvas().pulses().isRunning());
    }

    void backwardPulsesRunLeftAndCarryTheErrorThatComesBack()
    {
        m_view->showFrame(m_maker->until(Phase::Backward, 11, 0));
        const GraphState& state = canvas().state();
        const auto across = std::find_if(state.connections.begin(), state.connections.end(),
                                         [](const Connection& each) { return each.isAcrossTime(); });
        const Matrix back = backflows(*state.frame, across->use, across->term.weight, 12);
        int left = 0;
        for (const Pulse& pulse : pulsesOf(state)) {
            QVERIFY(!pulse.forward);
            const double by = pulse.path.pointAtPercent(1).x() - pulse.path.pointAtPercent(0).x();
            QVERIFY(by <= 1.0);
            if (by > -20.0)
                continue;
            ++left;
            QVERIFY((back.array() == pulse.value).any());
        }
        QVERIFY(left > 0);
    }

    void aTermThatWasJustAddedRunsAlone_data()
    {
        QTest::addColumn<Phase>("phase");
        QTest::newRow("forward, to the right") << Phase::Forward;
        QTest::newRow("backward, to the left") << Phase::Backward;
    }

    void aTermThatWasJustAddedRunsAlone()
    {
        QFETCH(Phase, phase);
        const bool isForward = phase == Phase::Forward;
        // The layer that is computed before hidden at t = 14.
        m_view->showFrame(m_maker->until(phase, isForward ? 13 : 14, 1));
        const int units = layout().units(1);
        int running = 0;
        int across = 0;
        for (;;) {
            const Position before = canvas().state().frame->position;
            m_view->showFrame(m_maker->after(Granularity::Term));
            const GraphState& state = canvas().state();
            const std::vector<Pulse> pulses = pulsesOf(state, before);
            QVERIFY(pulses.size() <= 1);
            const auto sum = partialSum(*state.frame);
            if (sum && !pulses.empty())
                QCOMPARE(pulses.front().value, evaluate(sum->term));
            for (const Pulse& pulse : pulses) {
                QCOMPARE(pulse.forward, isForward);
                const double by = pulse.path.pointAtPercent(1).x() - pulse.path.pointAtPercent(0).x();
                QVERIFY(isForward ? by >= -1.0 : by <= 1.0);
                across += std::abs(by) > 20.0 ? 1 : 0;
            }
            running += int(pulses.size());
            QCOMPARE(state.frame->position.layer, 0);
            if (!state.frame->position.isInside())
                break;
        }
        QCOMPARE(across, units * units);          // W_h
        QCOMPARE(running, units * units + units); // and W_x, or that of the output; a bias runs along no edge
    }

    void aUnitThatWasJustMadeRunsWithAllItsTerms()
    {
        m_view->showFrame(m_maker->until(Phase::Forward, 10, 1));
        for (int unit = 0; unit < layout().units(1); ++unit) {
            const Position before = canvas().state().frame->position;
            m_view->showFrame(m_maker->after(Granularity::Unit));
            const std::vector<Pulse> pulses = pulsesOf(canvas().state(), before);
            QCOMPARE(int(pulses.size()), layout().units(1) + 1);
            const QPointF end = layout().center({11, 1, unit});
            for (const Pulse& pulse : pulses)
                QVERIFY(QLineF(pulse.path.pointAtPercent(1), end).length() < 2 * layout().radius(1));
        }
    }

    void stepsOfATermRunPulses()
    {
        m_view->showFrame(m_maker->until(Phase::Forward, 10, 1));
        for (const Phase phase : {Phase::Forward, Phase::Backward}) {
            QTest::qWait(150);
            m_view->showFrame(m_maker->after(Granularity::Term));
            QCOMPARE(canvas().state().frame->position.phase, phase);
            QVERIFY(canvas().state().frame->position.isInside());
            QVERIFY(canvas().pulses().isRunning());
            QCOMPARE(canvas().pulses().pulses().size(), std::size_t{1});
            m_view->showFrame(m_maker->until(Phase::Backward, m_maker->trainer().position().t, 1));
        }
    }

    void pulsesWaitForNobodyAndRunOnlyWhenWanted()
    {
        m_view->setAnimated(false);
        QTest::qWait(150);
        m_view->showFrame(m_maker->until(Phase::Backward, 11, 0));
        QVERIFY(!canvas().pulses().isRunning());
        m_view->setAnimated(true);
        m_view->showFrame(m_maker->after(Granularity::Layer)); // a stream: faster than one can see
        QVERIFY(!canvas().pulses().isRunning());
        QTest::qWait(150);
        m_view->showFrame(m_maker->after(Granularity::Layer));
        QVERIFY(canvas().pulses().isRunning());
        m_view->showFrame(m_maker->after(Granularity::Update)); // what they told is past
        QVERIFY(!canvas().pulses().isRunning());
    }

    void aNetworkWithoutMemoryCannotBeFolded()
    {
        FrameMaker maker(FrameMaker::feedForward());
        QTest::keyClick(&canvas(), Qt::Key_F);
        m_view->showFrame(maker.after(Granularity::Update));
        QVERIFY(!canvas().state().folded);
        QVERIFY(!m_view->findChild<QPushButton*>(QStringLiteral("fold"))->isEnabled());
        QTest::keyClick(&canvas(), Qt::Key_F);
        QVERIFY(!canvas().state().folded);
    }

private:
    const GraphLayout& layout() { return canvas().state().layout; }
    void zoom(Qt::Key key, int times)
    {
        for (int time = 0; time < times; ++time)
            QTest::keyClick(&canvas(), key);
    }
};

QTEST_MAIN(TestGraphDetail)
#include "test_graph_detail.moc"
