#include "ui/plots/loss_plot.h"

#include "ui/plots/course_button.h"
#include "ui/plots/loss_marks.h"
#include "ui/plots/loss_range.h"
#include "ui/plots/plot_numbers.h"
#include "ui/plots/series_lines.h"
#include "ui/plots/setting_text.h"
#include "ui/plots/tickers.h"
#include "ui/theme/theme.h"

#include <QMouseEvent>
#include <QTextStream>

#include <algorithm>
#include <cmath>
#include <limits>

namespace chronograd {

namespace {

constexpr double noLoss = std::numeric_limits<double>::quiet_NaN();
constexpr int fewLosses = 60;             ///< So few have room for a dot each.
constexpr std::int64_t leastUpdates = 10; ///< On the axis: the first point does not hide in a corner.

/// The running mean at the end of each pixel's updates.
Polyline meanLine(const BoundedSeries& series, const std::vector<double>& mean, PlotRange x, int pixels)
{
    Polyline line;
    for (const PixelColumn& column : pixelColumns(series.buckets(), x.lower, x.upper, pixels))
        line.emplace_back(series.buckets()[column.lastBucket].centre(), mean[column.lastBucket]);
    return line;
}

} // namespace

struct LossPlot::Graphs
{
    QCPGraph* before; ///< Running mean of the run before.
    QCPGraph* single;
    QCPGraph* singleDots;
    QCPGraph* mean;
    QCPGraph* test;
    QCPGraph* testDots;
    bool haveTestDots = true;
    std::vector<QCPGraph*> others; ///< Running means of other courses.

    void keepOthers(QCustomPlot& plot, std::size_t count)
    {
        for (; others.size() > count; others.pop_back())
            plot.removeGraph(others.back());
        while (others.size() < count) {
            others.push_back(plot.addGraph());
            others.back()->setAdaptiveSampling(false);
        }
    }

    explicit Graphs(QCustomPlot& plot)
        : before(plot.addGraph())
        , single(plot.addGraph())
        , singleDots(plot.addGraph())
        , mean(plot.addGraph())
        , test(plot.addGraph())
        , testDots(plot.addGraph())
    {
        for (QCPGraph* graph : {before, single, mean, test})
            graph->setAdaptiveSampling(false); // Already one column per pixel.
    }
};

LossPlot::LossPlot(QWidget* parent)
    : LossAxisChart(QStringLiteral("loss"), parent)
    , m_curve(std::make_unique<LossCurve>())
    , m_graphs(std::make_unique<Graphs>(canvas()))
    , m_marks(new LossMarks(&canvas()))
{
    setAccessibleName(tr("Loss"));
    setWhatsThis(tr("The loss of every update, its running mean and the test loss; dashed lines mark changed "
                    "settings. Ctrl+click goes to an update, a click on a faint curve back to that course. "
                    "Wheel or + and − zoom, drag or arrows pan, "
                    "double-click or 0 shows everything."));
    canvas().xAxis->setLabel(tr("update"));
    canvas().xAxis->setTicker(QSharedPointer<WholeTicker>::create(true));
}

LossPlot::~LossPlot() = default;

void LossPlot::showNews(const SessionNews& news)
{
    if (news.restarted || (m_hasRun && news.run != m_run)) {
        if (!m_curve->isEmpty())
            m_before = std::move(m_curve);
        m_curve = std::make_unique<LossCurve>();
        m_isStartSeen = false;
        m_others.clear();
        markStale();
    }
    m_run = news.run;
    m_course = news.course;
    m_hasRun = true;
    if (news.curve) {
        m_curve = std::make_unique<LossCurve>(*news.curve);
        m_others = *news.otherCourses;
        markStale();
    }
    if (news.frame) {
        const std::int64_t update = news.frame->position.update;
        const auto now = update < news.furthest ? std::optional(update) : std::nullopt;
        if (now != m_now) {
            m_now = now;
            markStale();
        }
    }
    // Until something changes, a frame shows what the run began with.
    if (!m_isStartSeen && news.frame && news.changes.empty() && m_curve->marks().empty()) {
        m_start = news.frame->settings;
        m_isStartSeen = true;
    }
    for (const LossPoint& point : news.points)
        m_curve->append(point);
    for (const ChangeMark& mark : news.changes)
        m_curve->append(mark);
    if (!news.points.empty() || !news.changes.empty())
        markStale();
}

void LossPlot::hideRunBefore(bool hide)
{
    m_hidesBefore = hide;
    markStale();
}

void LossPlot::setLaneShown(bool shown)
{
    m_isLaneShown = shown;
    markStale();
}

void LossPlot::clear(std::optional<Hyperparameters> start)
{
    m_curve = std::make_unique<LossCurve>();
    m_before.reset();
    m_others.clear();
    m_start = std::move(start);
    m_hasRun = false;
    m_isStartSeen = false;
    m_now.reset();
    showEverything();
}

QString LossPlot::markText(std::size_t index) const
{
    return changeText(m_curve->marks()[index].change, m_curve->before(index, m_start));
}

QStringList LossPlot::markTexts() const
{
    QStringList texts;
    for (std::size_t i = 0; i < m_curve->marks().size(); ++i)
        texts << markText(i);
    return texts;
}

QColor LossPlot::markColor(std::size_t index) const
{
    const Theme& theme = Theme::current();
    switch (m_curve->marks()[index].change.setting) {
    case Setting::K1:
        return theme.update;
    case Setting::K2:
        return theme.backward;
    default:
        return theme.text;
    }
}

ChartWidget::Extent LossPlot::extent() const
{
    LossRange range(isLogarithmic());
    std::int64_t last = m_curve->lastUpdate();
    if (isLogarithmic())
        range.addAll(m_curve->losses());
    else
        range.addMost(m_curve->losses());
    range.addAll(m_curve->testLosses());
    range.add(m_mean);
    if (before()) {
        range.add(m_meanBefore);
        last = std::max(last, before()->lastUpdate());
    }
    for (std::size_t i = 0; i < m_otherMeans.size(); ++i) {
        range.add(m_otherMeans[i]);
        last = std::max(last, m_others[i].furthest);
    }
    return {{0.0, static_cast<double>(std::max(last, leastUpdates))}, range.padded()};
}

void LossPlot::refresh()
{
    m_horizon = smoothingHorizon(m_curve->lastUpdate());
    m_mean = smoothed(m_curve->losses().buckets(), m_horizon);
    m_meanBefore.clear();
    if (before())
        m_meanBefore = smoothed(before()->losses().buckets(), smoothingHorizon(before()->lastUpdate()));
    m_otherMeans.clear();
    for (const Course& other : m_others)
        m_otherMeans.push_back(
            smoothed(other.curve->losses().buckets(), smoothingHorizon(other.curve->lastUpdate())));
    m_marks->shown.clear();
    for (std::size_t i = 0; i < m_curve->marks().size(); ++i)
        m_marks->shown.push_back(
            {static_cast<double>(m_curve->marks()[i].update), markText(i), markColor(i)});
    m_marks->now = m_now;
    m_marks->hint =
        m_curve->isEmpty() && !before() ? tr("Each update adds the loss it was made for.") : QString();
    setAccessibleDescription(m_mean.empty() ? tr("No update yet.")
                                            : tr("After update %1 the loss is about %2.")
                                                  .arg(grouped(m_curve->lastUpdate()))
                                                  .arg(shownRounded(m_mean.back(), 4)));
    fillLegend(Theme::current());
    ChartWidget::refresh();
}

/// Are the means those of the curves that are shown now?
bool LossPlot::isLookedAt() const
{
    const std::size_t bucketsBefore = before() ? before()->losses().buckets().size() : 0;
    return m_mean.size() == m_curve->losses().buckets().size() && m_meanBefore.size() == bucketsBefore &&
           std::equal(m_others.begin(), m_others.end(), m_otherMeans.begin(), m_otherMeans.end(),
                      [](const Course& other, const std::vector<double>& mean) {
                          return other.curve->losses().buckets().size() == mean.size();
                      });
}

/// Each from where it left another course on: before that they are one.
void LossPlot::fillOthers(PlotRange x, int width)
{
    m_graphs->keepOthers(canvas(), m_others.size());
    m_otherLines.clear();
    for (std::size_t i = 0; i < m_others.size(); ++i) {
        const Course& other = m_others[i];
        Polyline line = meanLine(other.curve->losses(), m_otherMeans[i], x, width);
        std::erase_if(line,
                      [&other](QPointF point) { return point.x() < static_cast<double>(other.forkedAfter); });
        setLine(*m_graphs->others[i], line);
        m_graphs->others[i]->setPen(otherCoursePen(Theme::current()));
        m_otherLines.push_back(std::move(line));
    }
}

void LossPlot::fill()
{
    if (!isLookedAt())
        return; // Laid out before the data was looked at: refresh() comes next.
    const PlotRange x = xRange();
    const int width = pictureWidth();
    const Polyline single = envelope(m_curve->losses(), x, width);
    const Polyline test = envelope(m_curve->testLosses(), x, width);
    setLine(*m_graphs->single, single);
    setLine(*m_graphs->mean, meanLine(m_curve->losses(), m_mean, x, width));
    setLine(*m_graphs->test, test);
    setLine(*m_graphs->before, before() ? meanLine(before()->losses(), m_meanBefore, x, width) : Polyline());
    fillOthers(x, width);
    const Theme& theme = Theme::current();
    const auto few = [](const Polyline& line) { return line.size() <= fewLosses ? line : Polyline(); };
    setDots(*m_graphs->singleDots, few(single), theme.curveFaint, 5);
    setDots(*m_graphs->testDots, few(test), theme.testCurve, 6);
    m_graphs->haveTestDots = test.size() <= fewLosses;
    fillLegend(theme); // As wide as before: only its samples follow what is shown.
}

void LossPlot::applyTheme(const Theme& theme)
{
    LossAxisChart::applyTheme(theme);
    m_graphs->single->setPen(theme.pen(theme.curveFaint, 1.0));
    m_graphs->mean->setPen(theme.pen(theme.curve, 2.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    m_graphs->test->setPen(theme.pen(theme.testCurve, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    QPen before = theme.pen(theme.textSecondary, 1.8, Qt::SolidLine, Qt::FlatCap);
    before.setDashPattern({1.2, 1.8});
    m_graphs->before->setPen(before);
}

void LossPlot::fillLegend(const Theme& theme)
{
    std::vector<LegendEntry> entries{{.text = tr("per update"), .line = m_graphs->single->pen()},
                                     {.text = tr("mean of about %1").arg(grouped(std::llround(m_horizon))),
                                      .line = m_graphs->mean->pen()}};
    if (!m_curve->testLosses().isEmpty())
        entries.push_back({.text = tr("test"),
                           .line = m_graphs->test->pen(),
                           .dot = m_graphs->haveTestDots ? QBrush(theme.testCurve) : QBrush()});
    if (before())
        entries.push_back({.text = tr("run before"), .line = m_graphs->before->pen()});
    if (m_isLaneShown)
        entries.push_back({.text = tr("of the run; lanes: see Compare")});
    legend().setEntries(std::move(entries));
}

void LossPlot::mousePressEvent(QMouseEvent* event)
{
    const bool asks = event->button() == Qt::LeftButton && event->modifiers() == Qt::ControlModifier;
    if (!asks || m_curve->isEmpty() || !pictureRect().contains(event->position().toPoint()))
        return ChartWidget::mousePressEvent(event);
    const double x = canvas().xAxis->pixelToCoord(canvas().mapFrom(this, event->position().toPoint()).x());
    const auto update = static_cast<std::int64_t>(std::llround(x));
    emit updateAsked(std::clamp<std::int64_t>(update, 0, m_curve->lastUpdate()));
    event->accept();
}

PlotWidget::Hover LossPlot::hoverAt(const QPointF& onCanvas)
{
    const QRect picture = canvas().axisRect()->rect();
    if (m_mean.empty() || !picture.adjusted(-4, -4, 4, 4).contains(onCanvas.toPoint()))
        return {};
    const QCPAxis& xAxis = *canvas().xAxis;
    const double x = xAxis.pixelToCoord(onCanvas.x());
    const std::size_t index = m_curve->losses().nearest(x);
    const Bucket& bucket = m_curve->losses().buckets()[index];
    const auto place = [this, &xAxis](double update, double loss) {
        return QPointF(xAxis.coordToPixel(update), canvas().yAxis->coordToPixel(loss));
    };

    Hover hover;
    QStringList lines;
    if (bucket.count == 1) {
        lines << tr("update %1: loss %2").arg(grouped(bucket.first), shownShortest(bucket.mean));
    } else {
        lines << tr("updates %1 – %2: loss %3 … %4, mean %5")
                     .arg(grouped(bucket.first), grouped(bucket.last), shownShortest(bucket.min),
                          shownShortest(bucket.max), shownShortest(bucket.mean));
    }
    lines << tr("mean of about the last %1: %2")
                 .arg(grouped(std::llround(m_horizon)))
                 .arg(shownRounded(m_mean[index], 5));
    const Theme& theme = Theme::current();
    hover.dots.push_back({place(bucket.centre(), bucket.mean), theme.curve});
    if (!m_curve->testLosses().isEmpty()) {
        const Bucket& test = m_curve->testLosses().buckets()[m_curve->testLosses().nearest(bucket.centre())];
        lines << tr("test loss %1 after update %2").arg(shownShortest(test.mean), grouped(test.last));
        hover.dots.push_back({place(test.centre(), test.mean), theme.testCurve});
    }
    for (std::size_t i = 0; i < m_curve->marks().size(); ++i) {
        const double at = static_cast<double>(m_curve->marks()[i].update);
        if (std::abs(xAxis.coordToPixel(at) - onCanvas.x()) <= 5.0)
            lines << tr("from update %1 on: %2").arg(grouped(m_curve->marks()[i].update), markText(i));
    }
    if (const Course* other = otherAt(onCanvas))
        lines << courseText(*other) << tr("Click: back to its end, exactly as it was");
    hover.text = lines.join(u'\n');
    std::erase_if(hover.dots,
                  [&picture](const HoverDot& dot) { return !picture.contains(dot.at.toPoint()); });
    return hover;
}

void LossPlot::writeCsv(QTextStream& out) const
{
    // Beyond 32,768 updates neighbours are merged: then `last_update` tells how far a row reaches.
    out << "update,last_update,loss,least,greatest,mean,test_loss\n";
    const auto buckets = m_curve->losses().buckets();
    const auto mean = smoothed(buckets, m_horizon);
    const auto tests = m_curve->testLosses().buckets();
    std::size_t test = 0;
    for (std::size_t i = 0; i < buckets.size(); ++i) {
        const Bucket& bucket = buckets[i];
        double testLoss = noLoss;
        for (; test < tests.size() && tests[test].last <= bucket.last; ++test)
            testLoss = tests[test].mean;
        out << bucket.first << ',' << bucket.last << ',' << shortest(bucket.mean) << ','
            << shortest(bucket.min) << ',' << shortest(bucket.max) << ',' << shortest(mean[i]) << ','
            << (std::isnan(testLoss) ? QString() : shortest(testLoss)) << '\n';
    }
}

} // namespace chronograd
