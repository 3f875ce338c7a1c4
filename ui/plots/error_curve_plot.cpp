#include "ui/plots/error_curve_plot.h"

#include "core/analysis/rate_regime.h"
#include "core/session/session.h"
#include "ui/plots/plot_canvas.h"
#include "ui/plots/plot_numbers.h"
#include "ui/plots/plot_painting.h"
#include "ui/plots/tickers.h"
#include "ui/plots/weight_names.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QTextStream>

#include <algorithm>
#include <cmath>
#include <limits>

namespace chronograd {

namespace {

constexpr double leastHalf = 2.0; ///< Of the stretch of weights …
constexpr double mostHalf = 8.0;  ///< … around 0.
constexpr double wellInside = 0.85;
constexpr double ballRadius = 6.0;

} // namespace

ErrorCurvePlot::ErrorCurvePlot(QWidget* parent)
    : ChartWidget(QStringLiteral("error-curve"), parent)
    , m_chooser(new QComboBox(this))
    , m_graph(canvas().addGraph())
{
    setAccessibleName(tr("Error curve of one weight"));
    setWhatsThis(
        tr("The loss of the last update's window as one weight goes to and fro and all others stay. "
           "The ball is the weight now; the arrows are the step just taken and the one that rate and "
           "momentum would take next; the word beside them says what rate and momentum do in a valley as "
           "narrow as here: crawl, converge, overshoot or diverge. Choose the weight here, in the graph or "
           "in a heat map. Wheel or "
           "+ and − zoom, drag or arrows pan, double-click or 0 shows everything."));
    canvas().xAxis->setTicker(QSharedPointer<NumberTicker>::create());
    canvas().yAxis->setLabel(tr("E: loss of this window"));
    canvas().axisRect()->setMinimumMargins(QMargins(54, 4, 12, 20));
    m_graph->setAdaptiveSampling(false);
    new PaintedLayer(&canvas(), QStringLiteral("main"), [this](QCPPainter& painter) { paint(painter); });
    m_chooser->setAccessibleName(tr("Weight whose error curve is shown"));
    m_chooser->setToolTip(tr("Whose error curve is shown"));
    m_chooser->setMaxVisibleItems(20);
    connect(m_chooser, &QComboBox::activated, this,
            [this](int index) { chooseWeight(m_chooser->itemData(index).value<WeightPlace>()); });
    // Looking elsewhere computes elsewhere.
    connect(this, &ChartWidget::viewMoved, this, [this] {
        if (isZoomed())
            askForRange(xRange());
    });
}

void ErrorCurvePlot::startExperiment(const Experiment&)
{
    m_analysis = nullptr;
    m_network = nullptr;
    m_weight = {};
    m_isPlaced = false;
    m_chooser->clear();
    showEverything();
}

void ErrorCurvePlot::showSession(const Lane*)
{
    m_analysis = nullptr;
    m_isPlaced = false;
    markStale();
}

void ErrorCurvePlot::ask(AnalysisRequest& request) const
{
    request.errorCurve = ErrorCurveRequest{m_weight, m_range.lower, m_range.upper};
}

void ErrorCurvePlot::showNews(const SessionNews& news)
{
    if (news.restarted) {
        m_analysis = nullptr;
        m_isPlaced = false;
        markStale();
    }
    if (news.frame) {
        m_settings = news.frame->settings;
        for (const SettingChange& change : news.frame->pending)
            apply(m_settings, change);
    }
    if (news.frame && news.frame->network != m_network) {
        const bool isOther = !m_network || !haveSameWeights(*m_network, *news.frame->network);
        m_network = news.frame->network;
        if (isOther)
            fillChooser();
    }
    for (const auto& analysis : news.analyses)
        if (analysis->errorCurve && analysis->errorCurve->weight == m_weight) {
            m_analysis = analysis;
            markStale();
        }
    if (!news.analyses.empty() && curve())
        follow(curve()->after);
}

/// The stretch stays where it is while the ball is well inside: then the ball moves, not the picture. Around
/// 0 where that reaches far enough.
void ErrorCurvePlot::follow(double weight)
{
    const double middle = 0.5 * (m_range.lower + m_range.upper);
    if (isZoomed() || (m_isPlaced && std::abs(weight - middle) <= wellInside * 0.5 * m_range.length()))
        return;
    double half = leastHalf;
    while (half < mostHalf && std::abs(weight) > wellInside * half)
        half *= 2.0;
    const double step = 0.25 * half;
    const double centre = std::abs(weight) <= wellInside * half ? 0.0 : std::round(weight / step) * step;
    m_isPlaced = true;
    askForRange({centre - half, centre + half});
}

void ErrorCurvePlot::askForRange(PlotRange range)
{
    if (range == m_range)
        return;
    m_range = range;
    emit requestChanged();
}

void ErrorCurvePlot::chooseWeight(const WeightPlace& weight)
{
    if (weight == m_weight)
        return;
    m_weight = weight;
    m_analysis = nullptr;
    m_isPlaced = false;
    m_chooser->setCurrentText(nameOfWeight());
    showEverything();
    emit requestChanged();
}

QString ErrorCurvePlot::nameOfWeight() const
{
    return m_network ? weightName(*m_network, m_weight) : QString();
}

void ErrorCurvePlot::fillChooser()
{
    m_chooser->clear();
    addWeights(*m_chooser, *m_network);
    const auto& views = m_network->parameters().views();
    const auto parameter = static_cast<std::size_t>(m_weight.parameter);
    const bool isThere = parameter < views.size() && m_weight.row < views[parameter].rows &&
                         m_weight.column < views[parameter].columns;
    if (!isThere)
        m_weight = {};
    m_chooser->setCurrentText(nameOfWeight());
    placeChooser();
    if (!isThere)
        emit requestChanged();
}

void ErrorCurvePlot::placeChooser()
{
    placeInCorner(*m_chooser, QSize(std::min(150, width() / 2), 24));
}

void ErrorCurvePlot::resizeEvent(QResizeEvent* event)
{
    ChartWidget::resizeEvent(event);
    placeChooser();
}

const ErrorCurve* ErrorCurvePlot::curve() const
{
    return m_analysis && m_analysis->errorCurve ? &*m_analysis->errorCurve : nullptr;
}

ChartWidget::Extent ErrorCurvePlot::extent() const
{
    if (!curve())
        return {m_range, {0.0, 1.0}};
    double least = std::numeric_limits<double>::infinity();
    double greatest = -least;
    const auto add = [&](double loss) {
        if (std::isfinite(loss)) {
            least = std::min(least, loss);
            greatest = std::max(greatest, loss);
        }
    };
    for (const double loss : curve()->losses)
        add(loss);
    add(curve()->lossAfter);
    if (!(least <= greatest))
        return {m_range, {0.0, 1.0}};
    const double pad = greatest > least ? 0.08 * (greatest - least) : std::max(0.1 * greatest, 1e-6);
    return {{curve()->weights.front(), curve()->weights.back()},
            {least >= 0.0 ? std::max(least - pad, -0.3 * pad) : least - pad, greatest + pad}};
}

QString ErrorCurvePlot::regimeWords() const
{
    const auto regime = curve() ? regimeOf(*curve(), m_settings) : std::nullopt;
    if (!regime)
        return {};
    switch (*regime) {
    case RateRegime::Hill:
        return tr("on a hill");
    case RateRegime::Crawls:
        return tr("crawls");
    case RateRegime::Converges:
        return tr("converges");
    case RateRegime::Overshoots:
        return tr("overshoots");
    case RateRegime::Diverges:
        return tr("diverges");
    }
    return {};
}

void ErrorCurvePlot::refresh()
{
    const Theme& theme = Theme::current();
    std::vector<LegendEntry> entries;
    if (curve()) {
        entries = {{.text = tr("w = %1").arg(shownRounded(curve()->after, 4)), .dot = theme.backward},
                   {.text = tr("last step"), .line = theme.pen(theme.update, 2.0)}};
        if (curve()->next)
            entries.push_back(
                {.text = tr("next: Δ = %1").arg(shownRounded(*curve()->next - curve()->after, 3)),
                 .line = theme.pen(theme.backward, 2.0, Qt::DashLine)});
        if (const QString words = regimeWords(); !words.isEmpty())
            entries.push_back({.text = words});
    }
    legend().setEntries(std::move(entries));
    canvas().xAxis->setLabel(m_network ? tr("weight %1").arg(nameOfWeight()) : tr("weight"));
    setAccessibleDescription(curve() ? tr("After update %1 the weight is %2, its error %3, the slope %4.")
                                           .arg(m_analysis->update)
                                           .arg(shownRounded(curve()->after, 5))
                                           .arg(shownRounded(curve()->lossAfter, 5))
                                           .arg(shownRounded(curve()->slope, 4))
                                     : tr("No update yet."));
    ChartWidget::refresh();
}

void ErrorCurvePlot::fill()
{
    Polyline line;
    for (std::size_t i = 0; curve() && i < curve()->weights.size(); ++i) {
        const double loss = curve()->losses[i];
        line.emplace_back(curve()->weights[i],
                          std::isfinite(loss) ? loss : std::numeric_limits<double>::quiet_NaN());
    }
    setLine(*m_graph, line);
}

void ErrorCurvePlot::applyTheme(const Theme& theme)
{
    ChartWidget::applyTheme(theme);
    m_graph->setPen(theme.pen(theme.curve, 2.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
}

void ErrorCurvePlot::paint(QPainter& painter) const
{
    if (curve()) {
        paintTangent(painter);
        paintBalls(painter);
        return;
    }
    paintHint(painter, canvas().axisRect()->rect(),
              tr("The next update shows the error around this weight."));
}

void ErrorCurvePlot::paintTangent(QPainter& painter) const
{
    const PlotRange x = xRange();
    const double reach = 0.12 * x.length();
    const double now = curve()->after;
    const Polyline tangent = cutTo({{now - reach, curve()->lossAfter - reach * curve()->slope},
                                    {now + reach, curve()->lossAfter + reach * curve()->slope}},
                                   x, yRange(), false);
    painter.setPen(Theme::current().pen(Theme::current().textSecondary, 1.4));
    for (std::size_t i = 1; i < tangent.size(); ++i)
        if (!std::isnan(tangent[i].y()) && !std::isnan(tangent[i - 1].y()))
            painter.drawLine(QPointF(canvas().xAxis->coordToPixel(tangent[i - 1].x()),
                                     canvas().yAxis->coordToPixel(tangent[i - 1].y())),
                             QPointF(canvas().xAxis->coordToPixel(tangent[i].x()),
                                     canvas().yAxis->coordToPixel(tangent[i].y())));
}

void ErrorCurvePlot::paintBalls(QPainter& painter) const
{
    const Theme& theme = Theme::current();
    const QRectF picture = canvas().axisRect()->rect();
    const auto place = [&](double weight, double loss) {
        const double y = std::isfinite(loss) ? canvas().yAxis->coordToPixel(loss) : picture.top();
        return QPointF(canvas().xAxis->coordToPixel(weight), y);
    };
    // What lies outside is told by an arrow that ends at the edge.
    const auto inside = [&picture](QPointF at) {
        return QPointF(std::clamp(at.x(), picture.left(), picture.right()),
                       std::clamp(at.y(), picture.top(), picture.bottom()));
    };
    const QPointF before = place(curve()->before, curve()->lossBefore);
    const QPointF now = place(curve()->after, curve()->lossAfter);
    if (!picture.adjusted(-1, -1, 1, 1).contains(now))
        return;
    paintArrow(painter, inside(before), now, theme.pen(theme.update, 2.0));
    if (picture.contains(before)) {
        painter.setPen(theme.pen(theme.update, 1.6));
        painter.setBrush(theme.card);
        painter.drawEllipse(before, 3.5, 3.5);
    }
    if (curve()->next) {
        const QPointF next = place(*curve()->next, curve()->lossNext);
        paintArrow(painter, now, inside(next), theme.pen(theme.backward, 2.0, Qt::DashLine));
        if (picture.contains(next)) {
            painter.setPen(theme.pen(theme.backward, 1.6));
            painter.setBrush(theme.card);
            painter.drawEllipse(next, ballRadius - 1.0, ballRadius - 1.0);
        }
    }
    painter.setPen(theme.pen(theme.card, 1.2));
    painter.setBrush(theme.backward);
    painter.drawEllipse(now, ballRadius, ballRadius);
}

PlotWidget::Hover ErrorCurvePlot::hoverAt(const QPointF& onCanvas)
{
    const QRect picture = canvas().axisRect()->rect();
    if (!curve() || !picture.contains(onCanvas.toPoint()))
        return {};
    const double x = canvas().xAxis->pixelToCoord(onCanvas.x());
    const auto after = std::ranges::lower_bound(curve()->weights, x);
    const auto index =
        std::min(static_cast<std::size_t>(after - curve()->weights.begin()), curve()->weights.size() - 1);
    Hover hover;
    hover.text = tr("%1 = %2: E = %3")
                     .arg(nameOfWeight(), shownRounded(curve()->weights[index], 6),
                          shownRounded(curve()->losses[index], 8));
    const QPointF now(canvas().xAxis->coordToPixel(curve()->after),
                      canvas().yAxis->coordToPixel(curve()->lossAfter));
    if (std::hypot(now.x() - onCanvas.x(), now.y() - onCanvas.y()) < 2.0 * ballRadius)
        hover.text = tr("after update %1: %2 = %3, E = %4, slope ∂E/∂w = %5")
                         .arg(m_analysis->update)
                         .arg(nameOfWeight(), shownShortest(curve()->after),
                              shownRounded(curve()->lossAfter, 10), shownRounded(curve()->slope, 10));
    const QPointF dot(canvas().xAxis->coordToPixel(curve()->weights[index]),
                      canvas().yAxis->coordToPixel(curve()->losses[index]));
    if (picture.contains(dot.toPoint()))
        hover.dots.push_back({dot, Theme::current().curve});
    return hover;
}

void ErrorCurvePlot::writeCsv(QTextStream& out) const
{
    out << '"' << nameOfWeight() << "\",error\n";
    for (std::size_t i = 0; curve() && i < curve()->weights.size(); ++i)
        out << shortest(curve()->weights[i]) << ',' << shortest(curve()->losses[i]) << '\n';
}

} // namespace chronograd
