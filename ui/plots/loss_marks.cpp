#include "ui/plots/loss_marks.h"

#include "ui/plots/plot_painting.h"
#include "ui/theme/theme.h"

namespace chronograd {

namespace {

void paintNow(QCPPainter& painter, const QCPAxisRect& area, double x)
{
    const Theme& theme = Theme::current();
    if (x < area.left() || x > area.right())
        return;
    painter.setPen(theme.pen(theme.text, 1.6));
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.text);
    const QPointF tip(x, area.bottom());
    painter.drawConvexPolygon(QPolygonF{tip, tip + QPointF(5, 8), tip + QPointF(-5, 8)});
}

} // namespace

LossMarks::LossMarks(QCustomPlot* plot)
    : PaintedLayer(plot, QStringLiteral("main"), [this, plot](QCPPainter& painter) {
        const Theme& theme = Theme::current();
        paintMarks(painter, *plot->axisRect(), *plot->xAxis, shown, theme.textFont(theme.smallSize),
                   theme.card);
        if (now)
            paintNow(painter, *plot->axisRect(), plot->xAxis->coordToPixel(static_cast<double>(*now)));
        if (hint.isEmpty())
            return;
        paintHint(painter, plot->axisRect()->rect(), hint);
    })
{}

} // namespace chronograd
