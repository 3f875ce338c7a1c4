#include "tests/support/shown_graph.h"
#include "ui/graph/edge_heat_map.h"
#include "ui/graph/graph_selection.h"
#include "ui/graph/minimap.h"
#include "ui/graph/unit_painter.h"
#include "ui/theme/contrast.h"

#include <QPainter>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>

using namespace chronograd;

/// Wide layers and long sequences stay readable.
class TestGraphWide : public QObject, protected test::ShownGraph
{
    Q_OBJECT

private slots:
    void init()
    {
        showGraph(4);
        m_maker->after(Granularity::Update, 2);
    }

    void edgesWeakerThanTheSliderSaysAreHiddenAndCounted()
    {
        m_view->showFrame(m_maker->until(Phase::Backward, 7, 0));
        auto* slider = m_view->findChild<QSlider*>(QStringLiteral("weakest"));
        QVERIFY(slider);
        m_view->grab();
        QCOMPARE(canvas().leftOut(), 0);
        const int all = canvas().edgesInView();
        slider->setFocus();
        for (int step = 0; step < 5; ++step)
            QTest::keyClick(slider, Qt::Key_PageUp);
        QCOMPARE(canvas().state().weakest, 0.5);
        m_view->grab();
        // Each copy hides the same edges: count them in the matrices.
        int weak = 0;
        int copy = 0;
        for (const Connection& connection : canvas().state().connections) {
            const auto values = edgeValues(frame(), connection, EdgeQuantity::Weight, 7);
            copy += int(values->size());
            weak += int((values->array().abs() < 0.5 * canvas().state().scales.edge).count());
        }
        QVERIFY(weak > 0 && weak < copy);
        QCOMPARE(canvas().edgesInView(), all);
        const int steps = int(canvas().stepsInView().size());
        QVERIFY(canvas().leftOut() >= (steps - 1) * weak && canvas().leftOut() <= (steps + 1) * weak);
        QTRY_VERIFY(slider->accessibleDescription().contains(QLocale().toString(canvas().leftOut())));
        // What is not drawn cannot be clicked on.
        const Connection& across =
            *edgeOf(canvas().state(), parseQuantity("hidden.W_h[1,1]", *frame().network))->connection;
        const auto weights = edgeValues(frame(), across, EdgeQuantity::Weight, 7);
        for (int row = 0; row < 4; ++row) {
            for (int column = 0; column < 4; ++column) {
                const auto found =
                    edgeAt(canvas().state(),
                           edgeCurve(canvas().state().layout, across, row, column, 7).pointAt(0.1), 5.0);
                if (std::abs((*weights)(row, column)) < 0.5 * canvas().state().scales.edge)
                    QVERIFY(!found || found->row != row || found->column != column);
            }
        }
    }

    void wideLayersLeaveOutFaintEdgesAndSayHowMany()
    {
        FrameMaker maker(FrameMaker::recurrent(24, 60, "10", "20", "0.001"));
        m_view->showFrame(maker.after(Granularity::Update, 2));
        m_view->grab();
        QVERIFY(canvas().leftOut() > 100);
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

    void wideBundlesBecomeSmallHeatMaps()
    {
        FrameMaker maker(FrameMaker::recurrent(64, 40, "10", "20", "0.001"));
        m_view->showFrame(maker.after(Granularity::Update, 2));
        const GraphState& state = canvas().state();
        const Quantity wanted = parseQuantity("hidden.W_h[9,40].share@12", *frame().network);
        const auto edge = edgeOf(state, wanted);
        QVERIFY(isHeatMap(state.layout, *edge->connection));
        const EdgeHeatMap map = heatMapOf(state.layout, *edge->connection, 12);
        QVERIFY(map.area.left() > state.layout.x(11) && map.area.right() < state.layout.x(12));
        const QRectF cell = map.cell(edge->row, edge->column);
        QVERIFY(std::abs(cell.center().y() - state.layout.center({12, 1, 8}).y()) <= 1.0); // beside its unit
        const auto found = edgeAt(state, cell.center(), 5.0);
        QVERIFY(found && found->row == 8 && found->column == 39 && found->t == 12);
        QSignalSpy spy(m_view.get(), &GraphView::quantitySelected);
        canvas().horizontalScrollBar()->setValue(int(state.layout.x(12)) - 400);
        click(cell.center() - QPointF(canvas().horizontalScrollBar()->value(), 0));
        QCOMPARE(spy.size(), 1);
        QVERIFY(spy[0][0].value<Quantity>().kind == QuantityKind::Share);
        for (int step = 0; step < 12; ++step)
            QTest::keyClick(&canvas(), Qt::Key_Plus);
        QVERIFY(!isHeatMap(canvas().state().layout,
                           *edgeOf(canvas().state(), wanted)->connection)); // room for lines
    }

    void aHeatMapShowsTheMatrix()
    {
        FrameMaker maker(FrameMaker::recurrent(64, 40, "10", "20", "0.001"));
        m_view->showFrame(maker.after(Granularity::Update, 2));
        const GraphState& state = canvas().state();
        const auto edge = edgeOf(state, parseQuantity("hidden.W_h[1,1]", *frame().network));
        Matrix values = Matrix::Zero(64, 64);
        values(3, 5) = 2.0;
        values(7, 0) = -2.0;
        values(9, 9) = 0.1;
        QImage image(128, 128, QImage::Format_ARGB32_Premultiplied);
        QPainter painter(&image);
        EdgeHeatMap map = heatMapOf(state.layout, *edge->connection, 12);
        map.area = QRectF(0, 0, 128, 128);
        paintHeatMap(painter, map, {values.data(), 4096}, {2.0, 0.2});
        const auto at = [&image, &map](int row, int column) {
            return QColor(image.pixel(map.cell(row, column).center().toPoint()));
        };
        QCOMPARE(at(3, 5), Theme::current().positive);
        QCOMPARE(at(7, 0), Theme::current().negative);
        QCOMPARE(at(9, 9), Theme::current().card); // weaker than the weakest
        QCOMPARE(at(5, 3), Theme::current().card);
    }

    /// Pictures are drawn into the memory of others.
    void zoomingLeavesNothingBehind()
    {
        FrameMaker maker(FrameMaker::recurrent(8, 40, "10", "20", "0.001"));
        m_view->showFrame(maker.after(Granularity::Update, 2));
        m_view->setEdgeQuantity(EdgeQuantity::Share);
        const auto place = [this] { canvas().horizontalScrollBar()->setValue(300); };
        place();
        QTest::qWait(300); // until there is time for the faint edges
        QVERIFY(canvas().edgesInView() > 0);
        const QImage before = canvas().viewport()->grab().toImage();
        for (const Qt::Key key : {Qt::Key_Plus, Qt::Key_Plus, Qt::Key_Minus, Qt::Key_Plus}) {
            QTest::keyClick(&canvas(), key);
            QVERIFY(canvas().viewport()->grab().toImage() != before);
        }
        QTest::keyClick(&canvas(), Qt::Key_0);
        place();
        QTRY_COMPARE(canvas().viewport()->grab().toImage(), before);
    }

    void theMinimapMovesThroughALongSequence()
    {
        FrameMaker maker(FrameMaker::recurrent(4, 1000, "1000", "1000", "0.0001"));
        m_view->showFrame(maker.after(Granularity::Update));
        auto* map = m_view->findChild<Minimap*>();
        QVERIFY(map && map->isVisible());
        QTest::mouseClick(map, Qt::LeftButton, {}, QPoint(map->width() / 2, 8));
        QVERIFY2(visible(500), qPrintable(map->accessibleDescription()));
        QTest::mousePress(map, Qt::LeftButton, {}, QPoint(map->width() / 2, 8));
        QTest::mouseMove(map, QPoint(map->width() / 4, 8));
        QVERIFY(visible(250));
        QTest::mouseRelease(map, Qt::LeftButton, {}, QPoint(map->width() / 4, 8));
        QVERIFY(map->accessibleDescription().contains(QStringLiteral("of 1000")));
        map->setFocus();
        QTest::keyClick(map, Qt::Key_Home);
        QVERIFY(visible(1));
        QTest::keyClick(map, Qt::Key_End);
        QVERIFY(visible(1000));
        // Where the person has looked the next frame leaves the view.
        QTest::keyClick(map, Qt::Key_Home);
        QCoreApplication::processEvents();
        m_view->showFrame(maker.after(Granularity::TimeStep));
        QVERIFY(visible(1));
        m_view->showFrame(m_maker->after(Granularity::Update)); // forty steps, but they do not fit either
        QVERIFY(map->isVisible());
        FrameMaker shorter(FrameMaker::recurrent(4, 5, "5", "5"));
        m_view->showFrame(shorter.after(Granularity::Update));
        QVERIFY(!map->isVisible());
    }

    void smallUnitsNearZeroAreSeen_data()
    {
        QTest::addColumn<ThemeKind>("kind");
        QTest::newRow("light") << ThemeKind::Light;
        QTest::newRow("dark") << ThemeKind::Dark;
    }
    void smallUnitsNearZeroAreSeen()
    {
        QFETCH(ThemeKind, kind);
        applyTheme(*qApp, kind);
        const QColor card = Theme::current().card;
        QImage image(20, 20, QImage::Format_RGB32);
        image.fill(card);
        {
            QPainter painter(&image);
            UnitLook unit;
            unit.center = {10.0, 10.0};
            unit.radius = 3.0;
            unit.fill = 0.0;
            paintUnitDisc(painter, unit);
        }
        applyTheme(*qApp, ThemeKind::Light);
        QVERIFY(contrast(image.pixelColor(7, 10), card) >= 1.5 ||
                contrast(image.pixelColor(6, 10), card) >= 1.5);
    }
};

QTEST_MAIN(TestGraphWide)
#include "test_graph_wide.moc"
