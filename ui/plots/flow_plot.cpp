#include "ui/plots/flow_plot.h"

#include "ui/plots/plot_canvas.h"
#include "ui/plots/plot_numbers.h"
#include "ui/plots/plot_painting.h"
#include "ui/plots/tickers.h"
#include "ui/theme/mixed_color.h"
#include "ui/theme/number_text.h"
#include "ui/theme/theme.h"

#include <QTextStream>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr double leastDecades = 1.0;    ///< From full colour to almost none …
constexpr double mostFlowDecades = 6.0; ///< … as many as there are.
constexpr double faint = 0.1;           ///< Almost none.
constexpr double gapFromCell = 9.0;     ///< Larger cells stand apart.

/// The axis of the losses runs down: its coordinate is −t.
class DownwardTicker : public WholeTicker
{
public:
    DownwardTicker()
        : WholeTicker(false)
    {}

protected:
    QString getTickLabel(double tick, const QLocale& locale, QChar format, int precision) override
    {
        return WholeTicker::getTickLabel(-tick, locale, format, precision);
    }
};

} // namespace

FlowPlot::FlowPlot(QWidget* parent)
    : AnalysisPlot(QStringLiteral("gradient-flow"), &AnalysisRequest::flow, parent)
{
    setAccessibleName(tr("Gradient flow"));
    setWhatsThis(tr("A row per loss, a column per time step: how much of the error of the loss arrives at "
                    "the state of that step, on a logarithmic scale. Hatched: what would "
                    "arrive there if k2 did not cut it off. Wheel or + and − zoom, drag or arrows pan, "
                    "double-click or 0 shows everything."));
    canvas().xAxis->setTicker(QSharedPointer<WholeTicker>::create(false));
    canvas().yAxis->setTicker(QSharedPointer<DownwardTicker>::create());
    canvas().xAxis->setLabel(tr("through step s"));
    canvas().yAxis->setLabel(tr("loss of step t"));
    canvas().yAxis->grid()->setVisible(false);
    canvas().axisRect()->setMinimumMargins(QMargins(44, 4, 10, 20));
    new PaintedLayer(&canvas(), QStringLiteral("main"), [this](QCPPainter& painter) { paint(painter); });
}

const GradientFlow* FlowPlot::flow() const
{
    return analysis() && analysis()->flow ? &*analysis()->flow : nullptr;
}

double FlowPlot::greatest() const
{
    return flow() && flow()->norms.size() > 0 ? flow()->norms.maxCoeff() : 0.0;
}

/// The norm that is drawn with almost no colour.
double FlowPlot::faintest() const
{
    double least = greatest();
    for (const double norm : flow()->norms.reshaped())
        if (norm > 0.0)
            least = std::min(least, norm);
    return std::clamp(least, greatest() * std::pow(10.0, -mostFlowDecades),
                      greatest() * std::pow(10.0, -leastDecades));
}

ChartWidget::Extent FlowPlot::extent() const
{
    if (!flow() || flow()->losses.empty())
        return {{0.5, 10.5}, {-10.5, -0.5}};
    const auto first = static_cast<double>(flow()->firstStep);
    const double last = first + static_cast<double>(flow()->norms.cols()) - 1.0;
    return {{first - 0.5, last + 0.5},
            {-static_cast<double>(flow()->losses.back()) - 0.5,
             -static_cast<double>(flow()->losses.front()) + 0.5}};
}

void FlowPlot::refresh()
{
    showAxes(flow() != nullptr);
    const Theme& theme = Theme::current();
    std::vector<LegendEntry> entries;
    if (flow() && greatest() > 0.0)
        entries = {{.text = shownRounded(greatest(), 2), .area = theme.backward},
                   {.text = tr("%1 = ‖∂L/∂h‖").arg(shownRounded(faintest(), 2)),
                    .area = mixed(theme.card, theme.backward, faint)},
                   {.text = tr("cut by k2"), .line = theme.pen(theme.cut, 1.5, Qt::DashLine)}};
    legend().setEntries(std::move(entries));
    setAccessibleDescription(
        flow() ? counted("chronograd::FlowPlot",
                         "Update %1: %n loss over steps %2 to %3; steps before %4 are cut off.",
                         "Update %1: %n losses over steps %2 to %3; steps before %4 are cut off.",
                         static_cast<std::int64_t>(flow()->losses.size()))
                     .arg(analysis()->update)
                     .arg(flow()->firstStep)
                     .arg(flow()->stepOf(flow()->norms.cols() - 1))
                     .arg(flow()->window.from)
               : tr("No update yet."));
    ChartWidget::refresh();
}

void FlowPlot::paint(QPainter& painter) const
{
    if (flow()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        paintCells(painter);
        painter.setRenderHint(QPainter::Antialiasing, true);
        paintCut(painter);
        return;
    }
    paintHint(painter, canvas().axisRect()->rect(),
              analysis() ? tr("Nothing flows from one step to the next in this network.")
                         : tr("The next update shows how far its error reaches back."));
}

void FlowPlot::paintCells(QPainter& painter) const
{
    const Theme& theme = Theme::current();
    const QRectF picture = canvas().axisRect()->rect();
    const auto x = [this](double s) { return canvas().xAxis->coordToPixel(s); };
    const auto y = [this](double t) { return canvas().yAxis->coordToPixel(-t); };
    const double top = greatest();
    const double decades = std::log10(top / faintest());
    const bool standApart = x(1.0) - x(0.0) >= gapFromCell && y(1.0) - y(0.0) >= gapFromCell;
    for (std::size_t row = 0; row < flow()->losses.size(); ++row) {
        const auto t = static_cast<double>(flow()->losses[row]);
        if (y(t + 0.5) < picture.top() || y(t - 0.5) > picture.bottom())
            continue;
        for (Eigen::Index column = 0; column < flow()->norms.cols(); ++column) {
            const auto s = static_cast<double>(flow()->stepOf(column));
            const double norm = flow()->norms(static_cast<Eigen::Index>(row), column);
            QRectF cell(QPointF(x(s - 0.5), y(t - 0.5)), QPointF(x(s + 0.5), y(t + 0.5)));
            if (!(norm > 0.0) || cell.right() < picture.left() || cell.left() > picture.right())
                continue;
            cell = cell.intersected(picture);
            if (standApart)
                cell.adjust(0.5, 0.5, -0.5, -0.5);
            const double share = 1.0 + std::log10(norm / top) / decades;
            const bool isCut = flow()->isCut(flow()->stepOf(column));
            painter.fillRect(cell, mixed(theme.card, isCut ? theme.outline : theme.backward,
                                         isCut ? 0.5 * share : faint + (1.0 - faint) * share));
            if (isCut)
                hatch(painter, cell, theme.outline);
        }
    }
}

void FlowPlot::paintCut(QPainter& painter) const
{
    const QRectF picture = canvas().axisRect()->rect();
    const double left = canvas().xAxis->coordToPixel(static_cast<double>(flow()->window.from) - 0.5);
    if (left < picture.left() - 1.0 || left > picture.right() || flow()->window.from <= 1)
        return;
    const Theme& theme = Theme::current();
    painter.setPen(theme.pen(theme.cut, 1.6, Qt::DashLine));
    painter.drawLine(QPointF(left, picture.top()), QPointF(left, picture.bottom()));
}

PlotWidget::Hover FlowPlot::hoverAt(const QPointF& onCanvas)
{
    if (!flow() || !canvas().axisRect()->rect().contains(onCanvas.toPoint()))
        return {};
    const std::int64_t t = std::llround(-canvas().yAxis->pixelToCoord(onCanvas.y()));
    const std::int64_t column = std::llround(canvas().xAxis->pixelToCoord(onCanvas.x())) - flow()->firstStep;
    const auto row = std::ranges::find(flow()->losses, t);
    if (row == flow()->losses.end() || column < 0 || column >= flow()->norms.cols())
        return {};
    const std::int64_t s = flow()->stepOf(column);
    const double norm = flow()->norms(row - flow()->losses.begin(), column);
    QStringList lines{tr("loss of t = %1, state of s = %2").arg(t).arg(s)};
    lines << tr("‖∂L/∂h‖ = %1").arg(shownShortest(norm));
    if (s > t && norm == 0.0)
        lines << tr("a loss says nothing about later steps");
    else if (flow()->isCut(s))
        lines << tr("cut off by k2: it does not arrive there");
    return {lines.join(u'\n'), {}};
}

void FlowPlot::writeCsv(QTextStream& out) const
{
    out << "loss_step,through_step,norm,arrives\n";
    for (std::size_t row = 0; flow() && row < flow()->losses.size(); ++row)
        for (Eigen::Index column = 0; column < flow()->norms.cols(); ++column)
            out << flow()->losses[row] << ',' << flow()->stepOf(column) << ','
                << shortest(flow()->norms(static_cast<Eigen::Index>(row), column)) << ','
                << (flow()->isCut(flow()->stepOf(column)) ? 0 : 1) << '\n';
}

} // namespace chronograd
