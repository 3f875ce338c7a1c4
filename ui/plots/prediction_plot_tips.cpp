#include "ui/plots/class_picture.h"
#include "ui/plots/plot_canvas.h"
#include "ui/plots/plot_numbers.h"
#include "ui/plots/prediction_plot.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>
#include <limits>

/// What the mouse is told of a point.

namespace chronograd {

namespace {

constexpr double noFreeValue = std::numeric_limits<double>::quiet_NaN();

/// Ten digits: the tip tells two predictions apart, the CSV file holds all digits.
QString shown(double value)
{
    return shownRounded(value, 10);
}

} // namespace

std::size_t PredictionPlot::pointAt(double x) const
{
    const std::vector<double>& all = m_prediction->x;
    const auto after = std::ranges::lower_bound(all, x);
    auto index = static_cast<std::size_t>(after - all.begin());
    if (index == all.size() || (index > 0 && x - all[index - 1] < all[index] - x))
        --index;
    return index;
}

/// The target, and what the network thinks likeliest.
PlotWidget::Hover PredictionPlot::classesAt(const QPointF& onCanvas) const
{
    constexpr std::size_t most = 3;
    if (!canvas().axisRect()->rect().contains(onCanvas.toPoint()))
        return {};
    const std::size_t index = pointAt(canvas().xAxis->pixelToCoord(onCanvas.x()));
    const auto column = static_cast<Eigen::Index>(index);
    const auto probability = [&](int output) {
        return tr("%1: %2").arg(outputName(output), shown(m_prediction->outputs(output, column)));
    };
    QStringList lines{QStringLiteral("%1 %2").arg(timeName(), shown(m_prediction->x[index]))};
    lines << (m_prediction->hasTarget[index] == 0
                  ? tr("no target")
                  : tr("target %1").arg(probability(targetClass(*m_prediction, index))));
    lines << tr("the likeliest:");
    const std::vector<int> order = likeliest(*m_prediction, index);
    for (std::size_t i = 0; i < std::min(most, order.size()); ++i)
        lines << probability(order[i]);
    return {lines.join(u'\n'), {}};
}

PlotWidget::Hover PredictionPlot::hoverAt(const QPointF& onCanvas)
{
    const QRect picture = canvas().axisRect()->rect();
    if (m_output == allClasses)
        return classesAt(onCanvas);
    if (m_said.empty() || !picture.adjusted(-4, -4, 4, 4).contains(onCanvas.toPoint()))
        return {};
    const std::size_t index = pointAt(canvas().xAxis->pixelToCoord(onCanvas.x()));
    const double target = m_target[index].y();
    const double said = m_said[index].y();
    QStringList lines{QStringLiteral("%1 %2").arg(timeName(), shown(m_said[index].x()))};
    if (index >= m_prediction->firstTest)
        lines.front() += tr(" (test part)");
    lines << tr("prediction %1").arg(shown(said));
    lines << (std::isnan(target) ? tr("no target")
                                 : tr("target %1, difference %2").arg(shown(target), shown(said - target)));
    double free = noFreeValue;
    if (!m_free.empty() && index >= m_prediction->firstFree) {
        free = m_free[index + 1 - m_prediction->firstFree].y();
        lines << tr("fed with its own outputs %1").arg(shown(free));
    }
    const Theme& theme = Theme::current();
    Hover hover{lines.join(u'\n'), {}};
    for (const auto& [value, color] : {std::pair(target, theme.textSecondary),
                                       std::pair(said, theme.backward), std::pair(free, theme.update)})
    {
        const QPointF at(canvas().xAxis->coordToPixel(m_said[index].x()),
                         canvas().yAxis->coordToPixel(value));
        if (!std::isnan(value) && picture.contains(at.toPoint()))
            hover.dots.push_back({at, color});
    }
    return hover;
}

} // namespace chronograd
