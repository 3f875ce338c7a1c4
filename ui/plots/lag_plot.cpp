#include "ui/plots/lag_plot.h"

#include "ui/plots/plot_canvas.h"
#include "ui/plots/plot_numbers.h"
#include "ui/plots/plot_painting.h"
#include "ui/plots/tickers.h"
#include "ui/theme/number_text.h"
#include "ui/theme/theme.h"

#include <QTextStream>

#include <algorithm>
#include <cmath>
#include <limits>

namespace chronograd {

namespace {

constexpr double mostLagDecades = 8.0;
constexpr double halfLagBar = 0.4;
constexpr std::int64_t fewLags = 4; ///< The axis is no shorter, if the sequence is not.

} // namespace

LagPlot::LagPlot(QWidget* parent)
    : AnalysisPlot(QStringLiteral("gradient-by-lag"), &AnalysisRequest::flow, parent)
{
    setAccessibleName(tr("Gradient by lag"));
    setWhatsThis(
        tr("How large the share of the gradient is that comes from 0, 1, 2 … steps back. Hatched: as "
           "large as it would be if k2 cut nothing off. Wheel or + and − zoom, drag or arrows pan, "
           "double-click or 0 shows everything."));
    canvas().xAxis->setTicker(QSharedPointer<WholeTicker>::create(false));
    canvas().xAxis->setLabel(tr("lag: steps back from the loss"));
    canvas().yAxis->setLabel(tr("‖share of ∂L/∂w‖"));
    setLogarithmic(true);
    canvas().axisRect()->setMinimumMargins(QMargins(54, 4, 10, 20));
    new PaintedLayer(&canvas(), QStringLiteral("main"), [this](QCPPainter& painter) { paint(painter); });
}

const GradientFlow* LagPlot::flow() const
{
    return analysis() && analysis()->flow ? &*analysis()->flow : nullptr;
}

bool LagPlot::hasShares() const
{
    const auto isShare = [](double norm) { return norm > 0.0; };
    return flow() &&
           (std::ranges::any_of(flow()->applied, isShare) || std::ranges::any_of(flow()->uncut, isShare));
}

bool LagPlot::isCutAt(std::size_t lag) const
{
    return std::abs(flow()->uncut[lag] - flow()->applied[lag]) > 1e-9 * flow()->uncut[lag];
}

ChartWidget::Extent LagPlot::extent() const
{
    double least = std::numeric_limits<double>::infinity();
    double greatest = 0.0;
    if (flow())
        for (const std::vector<double>* norms : {&flow()->applied, &flow()->uncut})
            for (const double norm : *norms)
                if (norm > 0.0) {
                    least = std::min(least, norm);
                    greatest = std::max(greatest, norm);
                }
    if (!(greatest > 0.0))
        return {{-0.6, 9.6}, {0.1, 1.0}};
    // Whole decades: the axis stands still while the bars move.
    const double top = std::ceil(std::log10(greatest) + 0.05);
    const double bottom = std::max(std::floor(std::log10(least) - 0.3), top - mostLagDecades);
    const auto lags = static_cast<double>(
        std::max(static_cast<std::int64_t>(flow()->uncut.size()), std::min(fewLags, flow()->sequenceLength)));
    return {{-0.6, lags - 0.4}, {std::pow(10.0, bottom), std::pow(10.0, top)}};
}

void LagPlot::refresh()
{
    showAxes(hasShares());
    const Theme& theme = Theme::current();
    std::vector<LegendEntry> entries;
    if (flow()) {
        entries.push_back({.text = tr("in the update"), .area = theme.backward});
        entries.push_back(
            {.text = tr("if nothing were cut"), .line = theme.pen(theme.textSecondary, 1.5, Qt::DotLine)});
    }
    legend().setEntries(std::move(entries));
    setAccessibleDescription(
        flow() ? tr("Update %1: shares from %2 lags.").arg(analysis()->update).arg(flow()->applied.size())
               : tr("No update yet."));
    ChartWidget::refresh();
}

void LagPlot::paint(QPainter& painter) const
{
    const Theme& theme = Theme::current();
    const QRectF picture = canvas().axisRect()->rect();
    if (!hasShares()) {
        paintHint(painter, picture,
                  flow()       ? tr("The gradient of this update is 0.")
                  : analysis() ? tr("Nothing flows from one step to the next in this network.")
                               : tr("The next update shows from how far back its gradient comes."));
        return;
    }
    const auto bar = [&](std::size_t lag, double norm) {
        const auto middle = static_cast<double>(lag);
        const double top = norm > 0.0 ? canvas().yAxis->coordToPixel(norm) : picture.bottom();
        return QRectF(QPointF(canvas().xAxis->coordToPixel(middle - halfLagBar), top),
                      QPointF(canvas().xAxis->coordToPixel(middle + halfLagBar), picture.bottom()))
            .intersected(picture);
    };
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (std::size_t lag = 0; lag < flow()->uncut.size(); ++lag) {
        const QRectF applied = bar(lag, flow()->applied[lag]);
        const QRectF uncut = bar(lag, flow()->uncut[lag]);
        if (isCutAt(lag))
            hatch(painter, uncut, theme.outline);
        painter.fillRect(applied, theme.backward);
        if (isCutAt(lag) && !uncut.isEmpty()) {
            painter.setPen(theme.pen(theme.textSecondary, 1, Qt::DotLine));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(uncut);
        }
    }
    painter.setRenderHint(QPainter::Antialiasing, true);
}

PlotWidget::Hover LagPlot::hoverAt(const QPointF& onCanvas)
{
    if (!flow() || !canvas().axisRect()->rect().contains(onCanvas.toPoint()))
        return {};
    const std::int64_t lag = std::llround(canvas().xAxis->pixelToCoord(onCanvas.x()));
    if (lag < 0 || lag >= static_cast<std::int64_t>(flow()->uncut.size()))
        return {};
    const auto at = static_cast<std::size_t>(lag);
    QStringList lines{lag == 0
                          ? tr("from the step of the loss itself")
                          : counted("chronograd::LagPlot", "from %n step back", "from %n steps back", lag)};
    lines << tr("in the update: %1").arg(shownShortest(flow()->applied[at]));
    if (isCutAt(at))
        lines << tr("if nothing were cut: %1").arg(shownShortest(flow()->uncut[at]));
    return {lines.join(u'\n'), {}};
}

void LagPlot::writeCsv(QTextStream& out) const
{
    out << "lag,norm_in_update,norm_uncut\n";
    for (std::size_t lag = 0; flow() && lag < flow()->uncut.size(); ++lag)
        out << lag << ',' << shortest(flow()->applied[lag]) << ',' << shortest(flow()->uncut[lag]) << '\n';
}

} // namespace chronograd
