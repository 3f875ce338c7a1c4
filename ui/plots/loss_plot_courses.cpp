#include "ui/plots/loss_plot.h"
#include "ui/plots/plot_canvas.h"

#include <QMouseEvent>

#include <algorithm>

namespace chronograd {

namespace {

constexpr double grip = 6.0; ///< Pixels around a curve.

} // namespace

const Course* LossPlot::otherAt(const QPointF& onCanvas) const
{
    const QCustomPlot& plot = canvas();
    if (!plot.axisRect()->rect().contains(onCanvas.toPoint()) || m_otherLines.size() != m_others.size())
        return nullptr;
    const Course* nearest = nullptr;
    double least = grip;
    for (std::size_t i = 0; i < m_others.size(); ++i) {
        Polyline pixels = m_otherLines[i];
        for (QPointF& point : pixels)
            point = {plot.xAxis->coordToPixel(point.x()), plot.yAxis->coordToPixel(point.y())};
        if (const double away = distance(pixels, onCanvas); away <= least) {
            least = away;
            nearest = &m_others[i];
        }
    }
    return nearest;
}

void LossPlot::mouseMoveEvent(QMouseEvent* event)
{
    ChartWidget::mouseMoveEvent(event);
    if (event->buttons() != Qt::NoButton)
        return;
    if (otherAt(onCanvas(event->position())))
        setCursor(Qt::PointingHandCursor);
    else
        unsetCursor();
}

void LossPlot::mouseReleaseEvent(QMouseEvent* event)
{
    const bool isClick =
        event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier && !isDragged();
    ChartWidget::mouseReleaseEvent(event);
    if (const Course* course = isClick ? otherAt(onCanvas(event->position())) : nullptr)
        emit courseAsked(m_course, course->number);
}

} // namespace chronograd
