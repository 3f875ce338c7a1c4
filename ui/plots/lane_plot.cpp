#include "ui/plots/lane_plot.h"

#include "core/session/loss_curve.h"
#include "ui/plots/loss_range.h"
#include "ui/plots/plot_canvas.h"
#include "ui/plots/plot_numbers.h"
#include "ui/plots/tickers.h"
#include "ui/theme/theme.h"

#include <QMouseEvent>
#include <QTextStream>

#include <algorithm>
#include <cmath>
#include <limits>

namespace chronograd {

namespace {

std::int64_t firstOf(const BoundedSeries& series)
{
    return series.buckets().front().first;
}

std::int64_t lastOf(const BoundedSeries& series)
{
    return series.buckets().back().last;
}

/// Smoothed over the same stretch of the axis in every lane, however many losses lie in it.
std::vector<double> meanOf(const BoundedSeries& series, double stretch)
{
    std::int64_t values = 0;
    for (const Bucket& bucket : series.buckets())
        values += bucket.count;
    const auto length = static_cast<double>(std::max<std::int64_t>(1, lastOf(series) - firstOf(series)));
    return smoothed(series.buckets(), std::max(1.0, stretch * static_cast<double>(values) / length));
}

} // namespace

LanePlot::LanePlot(QWidget* parent)
    : LossAxisChart(QStringLiteral("lanes"), parent)
{
    setAccessibleName(tr("Loss of the lanes"));
    setWhatsThis(
        tr("The smoothed losses of all lanes. Ctrl+click goes to that update, as far as each lane has "
           "come. Wheel or + and − zoom, drag or arrows pan, double-click or 0 shows everything."));
    canvas().xAxis->setTicker(QSharedPointer<WholeTicker>::create(true));
    setXName(tr("update"));
}

LanePlot::~LanePlot() = default;

void LanePlot::setCurves(std::vector<Curve> curves)
{
    m_curves = std::move(curves);
    m_means.clear();
    while (m_graphs.size() > m_curves.size()) {
        canvas().removeGraph(m_graphs.back());
        m_graphs.pop_back();
    }
    while (m_graphs.size() < m_curves.size()) {
        m_graphs.push_back(canvas().addGraph());
        m_graphs.back()->setAdaptiveSampling(false); // already one column per pixel
    }
    std::vector<LegendEntry> entries;
    for (std::size_t i = 0; i < m_curves.size(); ++i) {
        m_graphs[i]->setPen(m_curves[i].pen);
        entries.push_back({.text = m_curves[i].name, .line = m_curves[i].pen});
    }
    legend().setEntries(std::move(entries));
    markStale();
}

void LanePlot::setXName(const QString& name)
{
    canvas().xAxis->setLabel(name);
    showEverything();
}

ChartWidget::Extent LanePlot::extent() const
{
    PlotRange updates{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
    LossRange losses(isLogarithmic());
    for (std::size_t i = 0; i < m_curves.size(); ++i) {
        if (m_curves[i].losses->isEmpty())
            continue;
        updates.lower = std::min(updates.lower, static_cast<double>(firstOf(*m_curves[i].losses)));
        updates.upper = std::max(updates.upper, static_cast<double>(lastOf(*m_curves[i].losses)));
        losses.add(m_means[i]); // as they are drawn: smoothed
    }
    if (updates.lower > updates.upper)
        updates = {0.0, 10.0};
    else if (updates.lower == updates.upper)
        updates.upper += 1.0;
    return {updates, losses.padded()};
}

void LanePlot::refresh()
{
    std::int64_t length = 1;
    for (const Curve& curve : m_curves)
        if (!curve.losses->isEmpty())
            length = std::max(length, lastOf(*curve.losses) - firstOf(*curve.losses));
    m_means.clear();
    for (const Curve& curve : m_curves)
        m_means.push_back(curve.losses->isEmpty() ? std::vector<double>()
                                                  : meanOf(*curve.losses, smoothingHorizon(length)));
    ChartWidget::refresh();
}

void LanePlot::fill()
{
    for (std::size_t i = 0; i < m_curves.size(); ++i) {
        const auto buckets = m_curves[i].losses->buckets();
        if (i >= m_means.size() || m_means[i].size() != buckets.size())
            return; // laid out before the data was looked at: refresh() comes next
        Polyline line;
        for (const PixelColumn& column :
             pixelColumns(buckets, xRange().lower, xRange().upper, pictureWidth()))
            line.emplace_back(buckets[column.lastBucket].centre(), m_means[i][column.lastBucket]);
        setLine(*m_graphs[i], line);
    }
}

void LanePlot::mousePressEvent(QMouseEvent* event)
{
    const bool asks = event->button() == Qt::LeftButton && event->modifiers() == Qt::ControlModifier;
    if (!asks || !pictureRect().contains(event->position().toPoint()))
        return LossAxisChart::mousePressEvent(event);
    const double x = canvas().xAxis->pixelToCoord(canvas().mapFrom(this, event->position().toPoint()).x());
    emit placeAsked(std::max<qint64>(0, std::llround(x)));
    event->accept();
}

PlotWidget::Hover LanePlot::hoverAt(const QPointF& onCanvas)
{
    const QRect picture = canvas().axisRect()->rect();
    if (!picture.adjusted(-4, -4, 4, 4).contains(onCanvas.toPoint()))
        return {};
    const double x = canvas().xAxis->pixelToCoord(onCanvas.x());
    Hover hover;
    QStringList lines;
    for (std::size_t i = 0; i < m_curves.size(); ++i) {
        const BoundedSeries& losses = *m_curves[i].losses;
        if (losses.isEmpty() || i >= m_means.size() || m_means[i].size() != losses.buckets().size())
            continue;
        const std::size_t index = losses.nearest(x);
        const Bucket& bucket = losses.buckets()[index];
        lines << tr("%1: loss %2, mean %3 (%4 %5)")
                     .arg(m_curves[i].name, shownRounded(bucket.mean, 4), shownRounded(m_means[i][index], 4),
                          xLabel(), grouped(bucket.last));
        const QPointF at(canvas().xAxis->coordToPixel(bucket.centre()),
                         canvas().yAxis->coordToPixel(m_means[i][index]));
        if (picture.contains(at.toPoint()))
            hover.dots.push_back({at, m_curves[i].pen.color()});
    }
    hover.text = lines.join(u'\n');
    return hover;
}

void LanePlot::writeCsv(QTextStream& out) const
{
    out << "lane,from,to,loss,least,greatest\n";
    for (const Curve& curve : m_curves) {
        const QString name = QString(curve.name).replace(u'"', QStringLiteral("\"\""));
        for (const Bucket& bucket : curve.losses->buckets()) {
            out << '"' << name << "\"," << bucket.first << ',' << bucket.last << ',' << shortest(bucket.mean)
                << ',' << shortest(bucket.min) << ',' << shortest(bucket.max) << '\n';
        }
    }
}

} // namespace chronograd
