#include "ui/plots/curves_plot.h"

#include "ui/plots/plot_canvas.h"
#include "ui/plots/plot_numbers.h"
#include "ui/plots/plot_painting.h"
#include "ui/plots/series_lines.h"
#include "ui/plots/tickers.h"
#include "ui/theme/mixed_color.h"
#include "ui/theme/theme.h"

#include <QTextStream>

#include <algorithm>
#include <cmath>
#include <limits>

namespace chronograd {

namespace {

constexpr std::size_t mostBuckets = 2048; ///< Several per pixel; there may be many curves.
constexpr int mostLegends = 9;
constexpr int fewLegends = 4; ///< On a canvas lower than lowCanvas.
constexpr int narrowCanvas = 320;
constexpr int narrowestCanvas = 240;
constexpr int mostTipLines = 9;
constexpr int fewPoints = 40;

/// Seen on the ground and on the card of every theme.
QColor gapHatch(const Theme& theme)
{
    return mixed(theme.line, theme.outline, 0.5);
}

/// A parameter of the same layer as the one before does without the name of the layer.
QStringList withoutRepeatedLayers(const QStringList& names)
{
    QStringList result;
    QString before;
    for (const QString& name : names) {
        const QString layer = name.section(u'.', 0, 0);
        const bool isRepeated = name.contains(u'.') && layer == before;
        result << (isRepeated ? name.section(u'.', 1) : name);
        before = layer;
    }
    return result;
}

} // namespace

struct CurvesPlot::Parts
{
    Parts(CurvesPlot& owner, QCustomPlot& plot)
    {
        new PaintedLayer(&plot, QStringLiteral("background"),
                         [&owner](QCPPainter& painter) { owner.paintGaps(painter); });
        new PaintedLayer(&plot, QStringLiteral("main"), [&owner, &plot](QCPPainter& painter) {
            if (!owner.m_kept->series.empty() && !owner.m_kept->series.front().isEmpty())
                return;
            paintHint(painter, plot.axisRect()->rect(), owner.hint());
        });
    }

    std::vector<QCPGraph*> graphs; ///< Owned by the plot.
};

CurvesPlot::CurvesPlot(const QString& fileName, QWidget* parent)
    : ChartWidget(fileName, parent)
    , m_parts(std::make_unique<Parts>(*this, canvas()))
{
    canvas().xAxis->setLabel(tr("update"));
    canvas().xAxis->setTicker(QSharedPointer<WholeTicker>::create(true));
}

CurvesPlot::~CurvesPlot() = default;

void CurvesPlot::startExperiment(const Experiment&)
{
    m_kept.clear();
    forgetCurves();
}

void CurvesPlot::showSession(const Lane* session)
{
    noteRecordingEnd();
    m_kept.show(session);
    makeGraphs();
}

void CurvesPlot::forgetSession(const Lane* session)
{
    if (m_kept.forget(session))
        makeGraphs();
}

void CurvesPlot::forgetCurves()
{
    setNames({});
    showEverything();
}

void CurvesPlot::showNews(const SessionNews& news)
{
    if (const auto valid = m_kept->watch.validUntil(news))
        cutAfter(*valid);
    showAnalyses(news.analyses);
}

void CurvesPlot::showAnalyses(const std::vector<std::shared_ptr<const UpdateAnalysis>>& analyses)
{
    for (const auto& analysis : analyses)
        if (const std::optional<Sample> sample = sampleOf(*analysis))
            add(analysis->update, *sample);
}

void CurvesPlot::cutAfter(std::int64_t update)
{
    m_kept->gaps.cutAfter(update);
    if (update == 0)
        return setNames({});
    for (BoundedSeries& series : m_kept->series)
        series.cutAfter(update);
    m_kept->last = std::min(m_kept->last, update);
    markStale();
}

void CurvesPlot::setNames(const QStringList& names)
{
    m_kept->names = names;
    m_kept->series.assign(static_cast<std::size_t>(names.size()), BoundedSeries(mostBuckets));
    m_kept->last = 0;
    makeGraphs();
}

void CurvesPlot::makeGraphs()
{
    for (QCPGraph* graph : m_parts->graphs)
        canvas().removeGraph(graph);
    m_parts->graphs.clear();
    for (int i = 0; i < m_kept->names.size(); ++i) {
        QCPGraph* graph = canvas().addGraph();
        graph->setAdaptiveSampling(false);
        graph->setPen(curvePen(Theme::current(), i));
        m_parts->graphs.push_back(graph);
    }
    markStale();
}

void CurvesPlot::add(std::int64_t update, const Sample& sample)
{
    if (sample.names != m_kept->names)
        setNames(sample.names);
    if (update <= m_kept->last)
        return; // training stands in the past: this is on the curve already
    if (m_isSeen)
        m_kept->gaps.noteUpdate(m_kept->last, update);
    else
        m_kept->gaps.noteEnd(update); // asked for while it could be seen, and told only now
    for (std::size_t i = 0; i < m_kept->series.size(); ++i)
        m_kept->series[i].append(update, sample.values[i]);
    m_kept->last = update;
    markStale();
}

QString CurvesPlot::valueText(double value) const
{
    return shownRounded(value, 6);
}

ChartWidget::Extent CurvesPlot::extent() const
{
    PlotRange x{0.0, 10.0};
    const PlotRange least = leastRange();
    double lower = least.lower <= least.upper ? least.lower : std::numeric_limits<double>::infinity();
    double upper = least.lower <= least.upper ? least.upper : -std::numeric_limits<double>::infinity();
    for (const BoundedSeries& series : m_kept->series) {
        if (series.isEmpty())
            continue;
        x = {static_cast<double>(series.buckets().front().first), static_cast<double>(m_kept->last)};
        for (const Bucket& bucket : series.buckets()) {
            if (!isLogarithmic() || bucket.min > 0.0)
                lower = std::min(lower, bucket.min);
            upper = std::max(upper, bucket.max);
        }
    }
    if (x.length() < 10.0)
        x.upper = x.lower + 10.0;
    if (!(lower <= upper))
        return {x, isLogarithmic() ? PlotRange{0.1, 1.0} : PlotRange{0.0, 1.0}};
    if (isLogarithmic()) {
        const double pad = std::max(std::pow(upper / lower, 0.06), 1.1);
        return {x, {lower / pad, upper * pad}};
    }
    const double pad = upper > lower ? 0.06 * (upper - lower) : std::max(0.1 * std::abs(upper), 0.05);
    return {x, {lower - pad, upper + pad}};
}

/// As many as leave room for the curves themselves.
int CurvesPlot::namedCurves() const
{
    const int width = canvas().width();
    const auto count = static_cast<int>(m_kept->names.size());
    int most = mostLegends;
    if (canvas().height() < lowCanvas)
        most = width < narrowestCanvas ? 1 : width < narrowCanvas && count > fewLegends + 2 ? 2 : fewLegends;
    return count > most + 1 ? most : count;
}

void CurvesPlot::refresh()
{
    std::vector<LegendEntry> entries;
    const int named = namedCurves();
    const QStringList texts =
        canvas().height() < lowCanvas ? withoutRepeatedLayers(m_kept->names) : m_kept->names;
    for (int i = 0; i < named; ++i)
        entries.push_back({.text = texts[i], .line = curvePen(Theme::current(), i)});
    if (named < m_kept->names.size())
        entries.push_back({.text = tr("and %1 more").arg(m_kept->names.size() - named)});
    addRecordingWords(entries);
    legend().setEntries(std::move(entries));
    QStringList now;
    for (std::size_t i = 0; i < m_kept->series.size() && now.size() < mostTipLines; ++i)
        if (!m_kept->series[i].isEmpty())
            now << tr("%1 %2").arg(m_kept->names[static_cast<int>(i)],
                                   valueText(m_kept->series[i].buckets().back().mean));
    setAccessibleDescription(
        now.isEmpty() ? hint() : tr("After update %1: %2").arg(grouped(m_kept->last), now.join(u", ")));
    ChartWidget::refresh();
}

void CurvesPlot::fill()
{
    for (std::size_t i = 0; i < m_kept->series.size(); ++i) {
        QCPGraph& graph = *m_parts->graphs[i];
        const Polyline line = m_kept->gaps.interrupted(envelope(m_kept->series[i], xRange(), pictureWidth()));
        setLine(graph, line);
        // A single update would be a line without length.
        const bool dots = line.size() <= (m_kept->series.size() > 4 ? 1 : fewPoints);
        graph.setScatterStyle(dots ? QCPScatterStyle(QCPScatterStyle::ssDisc, 4.0)
                                   : QCPScatterStyle(QCPScatterStyle::ssNone));
    }
}

/// A curve that begins late, or is interrupted, is no fault of training.
void CurvesPlot::addRecordingWords(std::vector<LegendEntry>& entries) const
{
    const bool isEmpty = m_kept->series.empty() || m_kept->series.front().isEmpty();
    if (!isEmpty && m_kept->series.front().buckets().front().first > 1)
        entries.push_back({.text = (canvas().width() < narrowCanvas ? tr("since update %1")
                                                                    : tr("recorded since update %1"))
                                       .arg(grouped(m_kept->series.front().buckets().front().first))});
    if (!isEmpty && !m_kept->gaps.all().empty())
        entries.push_back({.text = canvas().width() < narrowCanvas
                                       ? tr("not computed")
                                       : tr("not computed, out of sight or passed over"),
                           .area = Theme::current().ground,
                           .hatch = Theme::current().pen(gapHatch(Theme::current()), 1.0)});
}

void CurvesPlot::paintGaps(QPainter& painter) const
{
    const Theme& theme = Theme::current();
    const QRectF picture = canvas().axisRect()->rect();
    for (const RecordingGaps::Gap& gap : m_kept->gaps.all()) {
        const double from = canvas().xAxis->coordToPixel(static_cast<double>(gap.from));
        const double to = canvas().xAxis->coordToPixel(static_cast<double>(gap.to));
        const QRectF area =
            QRectF(QPointF(from, picture.top()), QPointF(to, picture.bottom())).intersected(picture);
        if (area.isEmpty())
            continue;
        painter.fillRect(area, theme.ground);
        hatch(painter, area, gapHatch(theme), 7.0);
    }
}

void CurvesPlot::setSeen(bool seen)
{
    m_isSeen = seen;
    if (!seen)
        noteRecordingEnd();
}

void CurvesPlot::applyTheme(const Theme& theme)
{
    ChartWidget::applyTheme(theme);
    for (std::size_t i = 0; i < m_parts->graphs.size(); ++i)
        m_parts->graphs[i]->setPen(curvePen(theme, static_cast<int>(i)));
}

PlotWidget::Hover CurvesPlot::hoverAt(const QPointF& onCanvas)
{
    const QRect picture = canvas().axisRect()->rect();
    if (m_kept->series.empty() || m_kept->series.front().isEmpty() || !picture.contains(onCanvas.toPoint()))
        return {};
    struct Near
    {
        std::size_t curve;
        const Bucket* bucket;
        double away;
    };
    std::vector<Near> near;
    const double x = canvas().xAxis->pixelToCoord(onCanvas.x());
    for (std::size_t i = 0; i < m_kept->series.size(); ++i) {
        if (m_kept->series[i].isEmpty())
            continue;
        const Bucket& bucket = m_kept->series[i].buckets()[m_kept->series[i].nearest(x)];
        near.push_back({i, &bucket, std::abs(canvas().yAxis->coordToPixel(bucket.mean) - onCanvas.y())});
    }
    if (near.size() > mostTipLines) { // those nearest to the mouse
        std::ranges::sort(near, {}, &Near::away);
        near.resize(mostTipLines);
        std::ranges::sort(near, {}, &Near::curve);
    }
    const Bucket& first = *near.front().bucket;
    Hover hover;
    QStringList lines{first.count == 1
                          ? tr("update %1").arg(grouped(first.first))
                          : tr("updates %1 – %2 (means)").arg(grouped(first.first), grouped(first.last))};
    for (const Near& each : near) {
        lines << tr("%1: %2").arg(m_kept->names[static_cast<int>(each.curve)], valueText(each.bucket->mean));
        const QPointF at(canvas().xAxis->coordToPixel(each.bucket->centre()),
                         canvas().yAxis->coordToPixel(each.bucket->mean));
        if (picture.contains(at.toPoint()))
            hover.dots.push_back({at, curvePen(Theme::current(), static_cast<int>(each.curve)).color()});
    }
    hover.text = lines.join(u'\n');
    return hover;
}

void CurvesPlot::writeCsv(QTextStream& out) const
{
    out << "curve,update,last_update,\"" << yLabel() << "\",least,greatest\n";
    for (std::size_t i = 0; i < m_kept->series.size(); ++i)
        for (const Bucket& bucket : m_kept->series[i].buckets())
            out << '"' << m_kept->names[static_cast<int>(i)] << "\"," << bucket.first << ',' << bucket.last
                << ',' << shortest(bucket.mean) << ',' << shortest(bucket.min) << ',' << shortest(bucket.max)
                << '\n';
}

} // namespace chronograd
