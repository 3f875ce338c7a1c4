#pragma once

#include "tests/support/frame_maker.h"
#include "ui/graph/graph_canvas.h"
#include "ui/graph/graph_view.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QTest>

#include <memory>

namespace chronograd::test {

/// A graph on the screen, and frames for it; of a test that calls showGraph() before each of its functions.
class ShownGraph
{
protected:
    ShownGraph()
    {
        applyTheme(*qApp, ThemeKind::Light);
        qRegisterMetaType<Quantity>();
    }

    /// An empty one, on which nothing has been trained yet.
    void showGraph(int units)
    {
        m_view = std::make_unique<GraphView>();
        m_view->resize(1000, 560);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        m_maker = std::make_unique<FrameMaker>(FrameMaker::recurrent(units, 40, "3", "5"));
    }

    /// One that does not move, of a network that was updated twice: what is drawn can be compared.
    void showStillGraph()
    {
        showGraph(4);
        m_view->setAnimated(false);
        m_maker->after(Granularity::Update, 2);
    }

    GraphCanvas& canvas() { return m_view->canvas(); }
    const Frame& frame() { return *canvas().state().frame; }
    bool visible(std::int64_t t)
    {
        const QPointF place = canvas().positionOf({t, 1, 0});
        return place.x() >= 0 && place.x() <= canvas().viewport()->width();
    }
    void click(QPointF place) { QTest::mouseClick(canvas().viewport(), Qt::LeftButton, {}, place.toPoint()); }

    std::unique_ptr<GraphView> m_view;
    std::unique_ptr<FrameMaker> m_maker;
};

} // namespace chronograd::test
