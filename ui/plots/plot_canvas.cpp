#include "ui/plots/plot_canvas.h"

#include "ui/plots/plot_pacer.h"
#include "ui/theme/theme.h"

#include <QElapsedTimer>

namespace chronograd {

namespace {

QString hoverLayerName()
{
    return QStringLiteral("hover");
}

} // namespace

HoverLayer::HoverLayer(QCustomPlot* plot)
    : QCPLayerable(plot, hoverLayerName())
{}

void HoverLayer::show(std::vector<HoverDot> dots, QColor ground)
{
    if (dots.empty() && m_dots.empty())
        return;
    m_dots = std::move(dots);
    m_ground = ground;
    layer()->replot();
}

void HoverLayer::applyDefaultAntialiasingHint(QCPPainter* painter) const
{
    painter->setAntialiasing(true);
}

void HoverLayer::draw(QCPPainter* painter)
{
    for (const HoverDot& dot : m_dots) {
        painter->setPen(Theme::current().pen(m_ground, 1.5));
        painter->setBrush(dot.color);
        painter->drawEllipse(dot.at, 4.5, 4.5);
    }
}

PaintedLayer::PaintedLayer(QCustomPlot* plot, const QString& layer, std::function<void(QCPPainter&)> paint)
    : QCPLayerable(plot, layer)
    , m_paint(std::move(paint))
{}

void PaintedLayer::applyDefaultAntialiasingHint(QCPPainter* painter) const
{
    painter->setAntialiasing(true);
}

void PaintedLayer::draw(QCPPainter* painter)
{
    m_paint(*painter);
}

PlotCanvas::PlotCanvas(QWidget* parent, std::function<void()> refresh)
    : QCustomPlot(parent)
    , m_refresh(std::move(refresh))
{
    addLayer(hoverLayerName());
    layer(hoverLayerName())->setMode(QCPLayer::lmBuffered);
    m_hover = new HoverLayer(this); // The plot deletes its layers' contents.
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    setAutoAddPlottableToLegend(false);
    // Line by line: stroking one dense zigzag as a whole takes a hundred times as long.
    setPlottingHint(QCP::phFastPolylines);
}

void PlotCanvas::markStale()
{
    if (!m_isStale)
        PlotPacer::shared().ask(this, m_milliseconds, [this] { bringUpToDate(); });
    m_isStale = true;
}

void PlotCanvas::bringUpToDate()
{
    if (!m_isStale || width() <= 0 || height() <= 0)
        return;
    QElapsedTimer timer;
    timer.start();
    m_isStale = false;
    m_refresh();
    replot(rpQueuedRefresh);
    ++m_replots;
    m_milliseconds = static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

void PlotCanvas::layOut(const QSize& size)
{
    resize(size);
    setViewport(rect()); // a hidden widget is told of its size when it is shown
    m_isStale = true;
    // Labels fit the layout, and the layout their labels: after the second time they agree.
    for (int times = 0; times < 3 && m_isStale; ++times)
        bringUpToDate();
}

/// Shown for the first time, or in a new size.
void PlotCanvas::paintEvent(QPaintEvent* event)
{
    bringUpToDate();
    QCustomPlot::paintEvent(event);
}

void PlotCanvas::resizeEvent(QResizeEvent*)
{
    setViewport(rect());
    markStale();
}

} // namespace chronograd
