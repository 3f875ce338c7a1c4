#include "ui/sweep/sweep_parallel.h"

#include "ui/sweep/sweep_words.h"
#include "ui/theme/strength_color.h"
#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr double faintest = 0.3; ///< The line of the worst run.

QRectF linesBoxIn(const QRectF& picture, const Theme& theme)
{
    const double line = QFontMetricsF(theme.textFont(theme.smallSize)).height();
    constexpr double left = 70.0; // half of the first axis' name
    return picture.adjusted(left, line + 6.0, -SweepMeasureAxis::labelWidth(theme) - 10.0, -4.0);
}

double distanceTo(const QPointF& point, const QPointF& a, const QPointF& b)
{
    const QPointF along = b - a;
    const double length = QPointF::dotProduct(along, along);
    const double share =
        length > 0 ? std::clamp(QPointF::dotProduct(point - a, along) / length, 0.0, 1.0) : 0.0;
    const QPointF away = point - (a + share * along);
    return std::hypot(away.x(), away.y());
}

} // namespace

SweepParallel::SweepParallel(const SweepShown& shown, const QRectF& area, const Theme& theme)
    : m_shown(shown)
    , m_theme(theme)
    , m_frame(sweepFrame(area, theme))
    , m_box(linesBoxIn(m_frame.picture, theme))
    , m_measure(shown, QLineF(m_box.topRight(), m_box.bottomRight()),
                colorScaleOf(shown.cells, shown.measure))
    , m_colors(colorScaleOf(shown.cells, shown.measure))
{
    for (std::int64_t i = 0; i < shown.plan->combinations(); ++i)
        if (shown.cell(i).median)
            m_order.push_back(i);
    const double sign = shown.measure == SweepMeasure::Accuracy ? 1.0 : -1.0;
    std::stable_sort(m_order.begin(), m_order.end(), [&](std::int64_t a, std::int64_t b) {
        return sign * *shown.cell(a).median < sign * *shown.cell(b).median;
    });
}

double SweepParallel::xOf(std::size_t axis) const
{
    return m_box.left() +
           m_box.width() * static_cast<double>(axis) / static_cast<double>(m_shown.plan->axes().size());
}

double SweepParallel::yOf(std::size_t axis, std::size_t place) const
{
    const auto count = static_cast<double>(m_shown.plan->axes()[axis].values.size());
    return m_box.bottom() - m_box.height() * (static_cast<double>(place) + 0.5) / count;
}

QPolygonF SweepParallel::lineOf(std::int64_t combination) const
{
    QPolygonF line;
    const std::vector<std::size_t> places = m_shown.plan->placesOf(combination);
    for (std::size_t axis = 0; axis < places.size(); ++axis)
        line << QPointF(xOf(axis), yOf(axis, places[axis]));
    const SweepCell& cell = m_shown.cell(combination);
    if (cell.median)
        line << QPointF(m_box.right(), m_measure.yOf(*cell.median));
    return line;
}

QPointF SweepParallel::placeOf(std::int64_t combination) const
{
    return lineOf(combination).back();
}

std::optional<std::int64_t> SweepParallel::combinationAt(const QPointF& point) const
{
    constexpr double reach = 7.0;
    std::optional<std::int64_t> nearest;
    double least = reach;
    for (const std::int64_t combination : m_order) { // of lines at the same distance the one on top
        const QPolygonF line = lineOf(combination);
        for (qsizetype i = 1; i < line.size(); ++i) {
            if (point.x() < line[i - 1].x() - reach || point.x() > line[i].x() + reach)
                continue;
            const double distance = distanceTo(point, line[i - 1], line[i]);
            if (distance <= least) {
                least = distance;
                nearest = combination;
            }
        }
    }
    return nearest;
}

/// Upwards to better ones: lines have no left and right.
std::int64_t SweepParallel::neighbour(std::int64_t combination, int right, int up) const
{
    const auto at = std::find(m_order.begin(), m_order.end(), combination);
    if (m_order.empty())
        return combination;
    const auto place =
        at == m_order.end() ? static_cast<std::ptrdiff_t>(m_order.size()) - 1 : at - m_order.begin();
    return m_order[static_cast<std::size_t>(
        std::clamp<std::ptrdiff_t>(place + right + up, 0, static_cast<std::ptrdiff_t>(m_order.size()) - 1))];
}

void SweepParallel::paintLine(QPainter& painter, std::int64_t combination) const
{
    const SweepCell& cell = m_shown.cell(combination);
    painter.setBrush(Qt::NoBrush);
    if (cell.hasNumber()) {
        const double goodness = m_shown.goodness(*m_colors, *cell.median);
        painter.setPen(m_theme.pen(strengthColor(m_theme, faintest + (1.0 - faintest) * goodness * goodness),
                                   1.0 + goodness));
    } else {
        painter.setPen(m_theme.pen(m_theme.cut, 1, Qt::DashLine));
    }
    painter.drawPolyline(lineOf(combination));
}

void SweepParallel::paint(QPainter& painter, std::optional<std::int64_t> marked) const
{
    painter.setRenderHint(QPainter::Antialiasing, true);
    paintSweepTitle(painter, m_frame.title, m_shown, m_theme);
    for (const std::int64_t combination : m_order)
        paintLine(painter, combination);
    if (m_shown.best) {
        painter.setPen(m_theme.pen(m_theme.text, 2.5));
        painter.drawPolyline(lineOf(*m_shown.best));
    }
    if (marked) {
        painter.setPen(m_theme.pen(m_theme.update, 3));
        painter.drawPolyline(lineOf(*marked));
    }
    for (std::size_t axis = 0; axis < m_shown.plan->axes().size(); ++axis)
        paintAxis(painter, axis);
    m_measure.paint(painter, m_theme, Qt::AlignRight, std::nullopt);
    const double line = QFontMetricsF(m_theme.textFont(m_theme.smallSize)).height();
    painter.setPen(m_theme.textSecondary);
    painter.drawText(QRectF(m_box.right() - 100.0, m_box.top() - line - 6.0, 200.0, line), Qt::AlignCenter,
                     measureWords(m_shown.measure));
    paintLegendRow(painter);
}

void SweepParallel::paintAxis(QPainter& painter, std::size_t axis) const
{
    const SweepAxis& setting = m_shown.plan->axes()[axis];
    const QFont font = m_theme.textFont(m_theme.smallSize);
    const QFontMetricsF metrics(font);
    const double line = metrics.height();
    const double distance = m_box.width() / static_cast<double>(m_shown.plan->axes().size());
    painter.setFont(font);
    painter.setPen(m_theme.pen(m_theme.outline, 1));
    painter.drawLine(QPointF(xOf(axis), m_box.top()), QPointF(xOf(axis), m_box.bottom()));
    painter.setPen(m_theme.textSecondary);
    const double width = std::min(distance, 2 * (xOf(axis) - m_frame.picture.left()));
    painter.drawText(
        QRectF(xOf(axis) - 0.5 * width, m_box.top() - line - 6.0, width, line), Qt::AlignCenter,
        metrics.elidedText(pathWords(m_shown.plan->base(), setting.path), Qt::ElideRight, width));
    const double step = m_box.height() / static_cast<double>(setting.values.size());
    const auto every = static_cast<std::size_t>(std::max(1.0, std::ceil(line / step)));
    for (std::size_t i = 0; i < setting.values.size(); i += every) {
        const QString text =
            metrics.elidedText(valueWords(setting.values[i]), Qt::ElideRight, 0.5 * distance);
        const QRectF ground(xOf(axis) + 5.0, yOf(axis, i) - 0.5 * line, metrics.horizontalAdvance(text) + 4.0,
                            line);
        painter.setPen(m_theme.pen(m_theme.outline, 1));
        // Left of the axis only: before a number it would be a minus sign.
        painter.drawLine(QPointF(xOf(axis) - 4.0, yOf(axis, i)), QPointF(xOf(axis), yOf(axis, i)));
        painter.fillRect(ground, m_theme.card); // lines pass behind the value
        painter.setPen(m_theme.text);
        painter.drawText(ground, Qt::AlignCenter, text);
    }
}

void SweepParallel::paintLegendRow(QPainter& painter) const
{
    std::vector<SweepLegendEntry> entries;
    const auto add = [&](const QColor& color, double width, Qt::PenStyle style, const QString& text) {
        entries.push_back({22.0,
                           [&painter, pen = m_theme.pen(color, width, style)](const QRectF& rect) {
                               painter.setPen(pen);
                               painter.drawLine(QPointF(rect.left(), rect.center().y()),
                                                QPointF(rect.right(), rect.center().y()));
                           },
                           text});
    };
    add(m_theme.backward, 2.0, Qt::SolidLine, SweepTexts::tr("good"));
    add(strengthColor(m_theme, faintest), 1.5, Qt::SolidLine, SweepTexts::tr("bad"));
    if (m_shown.best)
        add(m_theme.text, 2.5, Qt::SolidLine, SweepTexts::tr("best"));
    if (std::any_of(m_shown.cells.begin(), m_shown.cells.end(),
                    [](const SweepCell& cell) { return cell.median && !cell.hasNumber(); }))
        add(m_theme.cut, 1.0, Qt::DashLine, SweepTexts::tr("diverged, half of the runs or more"));
    paintLegend(painter, m_frame.legend, entries, m_theme);
}

} // namespace chronograd
