#include "ui/plots/jacobian_plot.h"

#include "ui/plots/plot_canvas.h"
#include "ui/plots/plot_numbers.h"
#include "ui/plots/plot_painting.h"
#include "ui/plots/tickers.h"
#include "ui/theme/number_text.h"
#include "ui/theme/theme.h"

#include <QTextStream>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr double halfBar = 0.36;
constexpr double mostDecades = 8.0;
constexpr double leastHeight = 100.0; ///< Of a picture with room for numbers below its lines.

} // namespace

JacobianPlot::JacobianPlot(QWidget* parent)
    : AnalysisPlot(QStringLiteral("jacobians"), &AnalysisRequest::jacobians, parent)
{
    setAccessibleName(tr("Jacobians of the steps"));
    setWhatsThis(
        tr("By how much an error can grow on its way back through each step of the window: the norm of "
           "∂hₜ/∂hₜ₋₁; above 1 it may grow, below 1 it shrinks. The line is the norm of the product "
           "of all these from the last step back. Wheel or + and − zoom, drag or arrows pan, "
           "double-click or 0 shows everything."));
    canvas().xAxis->setTicker(QSharedPointer<WholeTicker>::create(false));
    canvas().xAxis->setLabel(tr("step t"));
    canvas().yAxis->setLabel(tr("‖∂hₜ/∂hₜ₋₁‖"));
    setLogarithmic(true);
    canvas().axisRect()->setMinimumMargins(QMargins(54, 4, 10, 20));
    new PaintedLayer(&canvas(), QStringLiteral("main"), [this](QCPPainter& painter) { paint(painter); });
}

const JacobianChain* JacobianPlot::chain() const
{
    return analysis() && analysis()->jacobians ? &*analysis()->jacobians : nullptr;
}

ChartWidget::Extent JacobianPlot::extent() const
{
    double least = 0.45;
    double greatest = 2.2;
    if (!chain() || chain()->norms.empty())
        return {{0.5, 10.5}, {least, greatest}};
    for (const std::vector<double>* numbers : {&chain()->norms, &chain()->products})
        for (const double number : *numbers)
            if (number > 0.0 && std::isfinite(number)) {
                least = std::min(least, number);
                greatest = std::max(greatest, number);
            }
    const auto first = static_cast<double>(chain()->firstStep);
    const auto steps = static_cast<double>(chain()->norms.size());
    // In steps of a fifth of a decade: the axis stands still while the bars move.
    const double top = std::ceil(5.0 * std::log10(greatest * 1.25)) / 5.0;
    const double bottom = std::max(std::floor(5.0 * std::log10(least * 0.6)) / 5.0, top - mostDecades);
    return {{first - 0.6, first + std::max(steps, 3.0) - 0.4}, {std::pow(10.0, bottom), std::pow(10.0, top)}};
}

void JacobianPlot::refresh()
{
    showAxes(chain() && !chain()->norms.empty());
    const Theme& theme = Theme::current();
    std::vector<LegendEntry> entries;
    if (chain() && !chain()->norms.empty())
        entries = {{.text = tr("may grow ↑"), .area = theme.positive},
                   {.text = tr("shrinks ↓"), .area = theme.negative},
                   {.text = tr("product back from the last step"),
                    .line = theme.pen(theme.text, 1.6),
                    .dot = theme.text}};
    legend().setEntries(std::move(entries));
    setAccessibleDescription(
        chain() && !chain()->products.empty()
            ? counted("chronograd::JacobianPlot",
                      "Update %1: over %n step an error becomes at most %2 times as large.",
                      "Update %1: over %n steps an error becomes at most %2 times as large.",
                      static_cast<std::int64_t>(chain()->products.size()))
                  .arg(analysis()->update)
                  .arg(shownRounded(chain()->products.front(), 3))
            : tr("No steps to show."));
    ChartWidget::refresh();
}

void JacobianPlot::paint(QPainter& painter) const
{
    if (chain() && !chain()->norms.empty()) {
        paintBars(painter);
        paintProducts(painter);
        return;
    }
    paintHint(painter, canvas().axisRect()->rect(),
              !analysis() ? tr("The next update shows what each step does to an error.")
              : chain()   ? tr("With k2 = 1 no error goes from step to step.")
                          : tr("No Jacobians: nothing is handed from step to step, or chains run both "
                                 "ways, or more than 128 numbers are handed on."));
}

void JacobianPlot::paintBars(QPainter& painter) const
{
    const Theme& theme = Theme::current();
    const QRectF picture = canvas().axisRect()->rect();
    const double one = std::clamp(canvas().yAxis->coordToPixel(1.0), picture.top(), picture.bottom());
    const QFont font = theme.numberFont(theme.smallSize - 0.5);
    const QFontMetricsF metrics(font);
    for (std::size_t i = 0; i < chain()->norms.size(); ++i) {
        const double t = static_cast<double>(chain()->firstStep) + static_cast<double>(i);
        const double norm = chain()->norms[i];
        const double left = canvas().xAxis->coordToPixel(t - halfBar);
        const double right = canvas().xAxis->coordToPixel(t + halfBar);
        if (right < picture.left() || left > picture.right())
            continue;
        const double end = norm > 0.0 ? canvas().yAxis->coordToPixel(norm) : picture.bottom();
        const QRectF bar = QRectF(QPointF(left, std::min(one, end)), QPointF(right, std::max(one, end)))
                               .intersected(picture);
        painter.fillRect(bar, norm >= 1.0 ? theme.positive : theme.negative);
        const QString text = QStringLiteral("×%1").arg(norm, 0, 'f', 2);
        const double room = canvas().xAxis->coordToPixel(1.0) - canvas().xAxis->coordToPixel(0.0);
        if (metrics.horizontalAdvance(text) + 3.0 > room || picture.height() < leastHeight)
            continue;
        painter.setFont(font);
        painter.setPen(theme.text);
        const QRectF label(left - room, picture.bottom() - metrics.height(), right - left + 2.0 * room,
                           metrics.height());
        painter.drawText(label, Qt::AlignCenter, text);
    }
    painter.setPen(theme.pen(theme.outline, 1));
    painter.drawLine(QPointF(picture.left(), one), QPointF(picture.right(), one));
}

void JacobianPlot::paintProducts(QPainter& painter) const
{
    const Theme& theme = Theme::current();
    Polyline points;
    for (std::size_t i = 0; i < chain()->products.size(); ++i)
        points.emplace_back(static_cast<double>(chain()->firstStep) + static_cast<double>(i),
                            chain()->products[i]);
    const auto place = [this](const QPointF& point) {
        return QPointF(canvas().xAxis->coordToPixel(point.x()), canvas().yAxis->coordToPixel(point.y()));
    };
    const Polyline shown = cutTo(points, xRange(), yRange(), true);
    painter.setPen(theme.pen(theme.text, 1.6));
    for (std::size_t i = 1; i < shown.size(); ++i)
        if (!std::isnan(shown[i].y()) && !std::isnan(shown[i - 1].y()))
            painter.drawLine(place(shown[i - 1]), place(shown[i]));
    painter.setPen(theme.pen(theme.card, 1));
    painter.setBrush(theme.text);
    for (const QPointF& point : points)
        if (points.size() <= 40 && xRange().contains(point.x()) && yRange().contains(point.y()))
            painter.drawEllipse(place(point), 3.5, 3.5);
}

PlotWidget::Hover JacobianPlot::hoverAt(const QPointF& onCanvas)
{
    if (!chain() || !canvas().axisRect()->rect().contains(onCanvas.toPoint()))
        return {};
    const std::int64_t t = std::llround(canvas().xAxis->pixelToCoord(onCanvas.x()));
    const std::int64_t index = t - chain()->firstStep;
    if (index < 0 || index >= static_cast<std::int64_t>(chain()->norms.size()))
        return {};
    const auto at = static_cast<std::size_t>(index);
    const std::int64_t last = chain()->firstStep + static_cast<std::int64_t>(chain()->norms.size()) - 1;
    return {tr("from step %1 back to %2: at most × %3\nfrom step %4 back to %2: at most × %5")
                .arg(t)
                .arg(t - 1)
                .arg(shownRounded(chain()->norms[at], 6))
                .arg(last)
                .arg(shownRounded(chain()->products[at], 6)),
            {}};
}

void JacobianPlot::writeCsv(QTextStream& out) const
{
    out << "step,norm,product_from_the_last_step\n";
    for (std::size_t i = 0; chain() && i < chain()->norms.size(); ++i)
        out << chain()->firstStep + static_cast<std::int64_t>(i) << ',' << shortest(chain()->norms[i]) << ','
            << shortest(chain()->products[i]) << '\n';
}

} // namespace chronograd
