#include "ui/plots/chart_widget.h"

#include "ui/plots/label_rows.h"
#include "ui/plots/plot_canvas.h"
#include "ui/plots/tickers.h"
#include "ui/theme/reading.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr double keyZoom = 1.4;
constexpr double keyPan = 0.1;
constexpr int manyTicks = 5; ///< Of y, about so many …
constexpr int fewTicks = 3;  ///< … and so many on axes lower than this:
constexpr int lowAxis = 90;

PlotRange rangeOf(const QCPAxis& axis)
{
    return {axis.range().lower, axis.range().upper};
}

/// Numbers beyond this cannot be drawn any more, or do not differ.
bool isDrawable(PlotRange range, bool logarithmic)
{
    const double size = std::max(std::abs(range.lower), std::abs(range.upper));
    if (!(size < 1e300) || (logarithmic && !(range.lower > 1e-300)))
        return false;
    return range.length() > 1e-13 * size && range.length() > 1e-290;
}

void styleAxis(QCPAxis& axis, const Theme& theme)
{
    axis.setBasePen(theme.pen(theme.outline, 1));
    axis.setTickPen(theme.pen(theme.outline, 1));
    axis.setTickLengthIn(0);
    axis.setTickLengthOut(4);
    axis.setSubTicks(false);
    axis.setTickLabelFont(theme.textFont(theme.smallSize));
    axis.setTickLabelColor(theme.textSecondary);
    axis.setLabelFont(theme.textFont(theme.smallSize));
    axis.setLabelColor(theme.textSecondary);
    axis.setTickLabelPadding(4);
    axis.setLabelPadding(3);
    axis.grid()->setPen(theme.pen(theme.line, 1));
    axis.grid()->setZeroLinePen(Qt::NoPen);
}

} // namespace

ChartWidget::ChartWidget(const QString& fileName, QWidget* parent)
    : PlotWidget(fileName, parent)
    , m_legend(std::make_unique<LegendRow>(canvas()))
    , m_showEverything(new QAction(tr("Show everything"), this))
{
    canvas().xAxis->grid()->setVisible(false);
    canvas().yAxis->setTicker(QSharedPointer<NumberTicker>::create());
    canvas().axisRect()->setMinimumMargins(QMargins(54, 4, 26, 20));
    // The ranges are settled by refresh(), the size of the picture by the layout: only then can lines be
    // thinned to its pixels.
    connect(&canvas(), &QCustomPlot::afterLayout, this, [this] {
        fill();
        fitYAxis();
    });
    connect(m_showEverything, &QAction::triggered, this, &ChartWidget::showEverything);
}

ChartWidget::~ChartWidget() = default;

PlotRange ChartWidget::xRange() const
{
    return rangeOf(*canvas().xAxis);
}

PlotRange ChartWidget::yRange() const
{
    return rangeOf(*canvas().yAxis);
}

QRect ChartWidget::pictureRect() const
{
    return canvas().axisRect()->rect().translated(canvas().pos());
}

QStringList ChartWidget::legendTexts() const
{
    return m_legend->texts();
}

QString ChartWidget::xLabel() const
{
    return canvas().xAxis->label();
}

QString ChartWidget::yLabel() const
{
    const QString shown = canvas().yAxis->label();
    return shown == m_fitLabel ? m_yLabel : shown;
}

/// A label longer than its axis is broken into two lines, and those are cut; a low axis has fewer numbers.
void ChartWidget::fitYAxis()
{
    QCPAxis& axis = *canvas().yAxis;
    const int room = canvas().axisRect()->height();
    const int ticks = room < lowAxis ? fewTicks : manyTicks;
    const QFontMetrics metrics(axis.labelFont());
    m_yLabel = yLabel();
    QStringList lines =
        (metrics.horizontalAdvance(m_yLabel) > room ? inTwoLines(m_yLabel) : m_yLabel).split(u'\n');
    for (QString& line : lines)
        line = metrics.elidedText(line, Qt::ElideLeft, room); // the index of a weight is at its end
    const QString label = m_fitLabel = lines.join(u'\n');
    if (label == axis.label() && axis.ticker()->tickCount() == ticks)
        return;
    axis.setLabel(label);
    axis.ticker()->setTickCount(ticks);
    markStale(); // the layout depends on them
}

int ChartWidget::pictureWidth() const
{
    return std::max(canvas().axisRect()->width(), 1);
}

void ChartWidget::placeInCorner(QWidget& control, QSize size)
{
    constexpr int right = 8;
    constexpr int top = 3;
    control.setGeometry(QRect(QPoint(width() - size.width() - right, top), size));
    control.raise();
    legend().setReserved(size.grownBy({0, 0, right, top}));
}

void ChartWidget::setLogarithmic(bool on)
{
    if (on == m_isLogarithmic)
        return;
    m_isLogarithmic = on;
    m_isZoomed = false; // A range of the one scale means nothing on the other.
    QCPAxis& axis = *canvas().yAxis;
    axis.setRange(1.0, 10.0);
    axis.setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    if (on)
        axis.setTicker(QSharedPointer<LogTicker>::create());
    else
        axis.setTicker(QSharedPointer<NumberTicker>::create());
    markStale();
}

void ChartWidget::setLine(QCPGraph& graph, const Polyline& line)
{
    const Polyline shown = cutTo(line, xRange(), yRange(), m_isLogarithmic);
    QVector<QCPGraphData> points;
    points.reserve(static_cast<qsizetype>(shown.size()));
    for (const QPointF& point : shown)
        points.append(QCPGraphData(point.x(), point.y()));
    graph.data()->set(points, true);
}

void ChartWidget::setDots(QCPGraph& graph, const Polyline& points, const QColor& color, double size)
{
    QVector<QCPGraphData> shown;
    for (const QPointF& point : points)
        if (xRange().contains(point.x()) && yRange().contains(point.y()))
            shown.append(QCPGraphData(point.x(), point.y()));
    graph.data()->set(shown, true);
    graph.setLineStyle(QCPGraph::lsNone);
    graph.setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, color, size));
}

void ChartWidget::refresh()
{
    fitYAxis();
    if (!m_isZoomed) {
        const Extent all = extent();
        canvas().xAxis->setRange(all.x.lower, all.x.upper);
        canvas().yAxis->setRange(all.y.lower, all.y.upper);
    }
    giveTicksRoom();
}

/// The numbers of a narrow plot must not touch each other.
void ChartWidget::giveTicksRoom()
{
    const QMargins margins = canvas().axisRect()->minimumMargins();
    const int besidePicture = std::max(80, margins.left() + margins.right());
    constexpr int mostTicks = 5;
    const QCPAxis& axis = *canvas().xAxis;
    const QString longest = groupingLocale().toString(axis.range().upper, 'g', 6);
    const int pixelsPerTick = QFontMetrics(axis.tickLabelFont()).horizontalAdvance(longest) * 5 / 4 + 16;
    axis.ticker()->setTickCount(std::clamp((canvas().width() - besidePicture) / pixelsPerTick, 2, mostTicks));
}

void ChartWidget::applyTheme(const Theme& theme)
{
    canvas().setLocale(groupingLocale());
    canvas().setBackground(theme.card);
    styleAxis(*canvas().xAxis, theme);
    styleAxis(*canvas().yAxis, theme);
    canvas().yAxis->setBasePen(Qt::NoPen);
    canvas().yAxis->setTickPen(Qt::NoPen);
    m_legend->setStyle(theme.textFont(theme.smallSize), theme.text);
}

QList<QAction*> ChartWidget::viewActions()
{
    m_showEverything->setEnabled(m_isZoomed);
    return {m_showEverything};
}

void ChartWidget::setRanges(PlotRange x, PlotRange y)
{
    if (!isDrawable(x, false) || !isDrawable(y, m_isLogarithmic))
        return;
    m_isZoomed = true;
    canvas().xAxis->setRange(x.lower, x.upper);
    canvas().yAxis->setRange(y.lower, y.upper);
    markStale();
    emit viewMoved();
}

void ChartWidget::zoomBy(double factor)
{
    const PlotRange x = xRange();
    const PlotRange y = yRange();
    const double middle = m_isLogarithmic ? std::sqrt(y.lower * y.upper) : 0.5 * (y.lower + y.upper);
    setRanges(zoomed(x, factor, 0.5 * (x.lower + x.upper), false),
              zoomed(y, factor, middle, m_isLogarithmic));
}

void ChartWidget::panBy(double shareOfWidth, double shareOfHeight)
{
    setRanges(moved(xRange(), shareOfWidth, false), moved(yRange(), shareOfHeight, m_isLogarithmic));
}

void ChartWidget::showEverything()
{
    m_isZoomed = false;
    markStale();
    emit viewMoved();
}

void ChartWidget::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomBy(keyZoom);
    case Qt::Key_Minus:
        return zoomBy(1.0 / keyZoom);
    case Qt::Key_0:
        return showEverything();
    case Qt::Key_Left:
        return panBy(-keyPan, 0.0);
    case Qt::Key_Right:
        return panBy(keyPan, 0.0);
    case Qt::Key_Up:
        return panBy(0.0, keyPan);
    case Qt::Key_Down:
        return panBy(0.0, -keyPan);
    default:
        PlotWidget::keyPressEvent(event);
    }
}

void ChartWidget::wheelEvent(QWheelEvent* event)
{
    const QRect picture = canvas().axisRect()->rect();
    const QPointF at = onCanvas(event->position());
    const bool isOverX = at.y() > picture.bottom();
    const bool isOverY = at.x() < picture.left();
    const double factor = std::pow(1.0015, event->angleDelta().y());
    const double x = canvas().xAxis->pixelToCoord(at.x());
    const double y = canvas().yAxis->pixelToCoord(at.y());
    // Over an axis only that axis is zoomed.
    setRanges(isOverY ? xRange() : zoomed(xRange(), factor, x, false),
              isOverX ? yRange() : zoomed(yRange(), factor, y, m_isLogarithmic));
    event->accept();
}

void ChartWidget::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return PlotWidget::mousePressEvent(event);
    m_dragFrom = event->pos();
    m_isDragged = false;
}

void ChartWidget::mouseMoveEvent(QMouseEvent* event)
{
    PlotWidget::mouseMoveEvent(event);
    if (!(event->buttons() & Qt::LeftButton))
        return;
    const QPoint by = event->pos() - m_dragFrom;
    if (!m_isDragged && by.manhattanLength() < QApplication::startDragDistance())
        return;
    m_isDragged = true;
    m_dragFrom = event->pos();
    const QSize size = canvas().axisRect()->size();
    panBy(-double(by.x()) / std::max(size.width(), 1), double(by.y()) / std::max(size.height(), 1));
    setCursor(Qt::ClosedHandCursor);
}

void ChartWidget::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_isDragged)
        unsetCursor();
    m_isDragged = false;
    PlotWidget::mouseReleaseEvent(event);
}

void ChartWidget::mouseDoubleClickEvent(QMouseEvent*)
{
    showEverything();
}

} // namespace chronograd
