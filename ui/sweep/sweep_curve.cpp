#include "ui/sweep/sweep_curve.h"

#include "ui/sweep/sweep_words.h"
#include "ui/theme/strength_color.h"
#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr double gap = 6.0;

QRectF curveBoxIn(const QRectF& picture, const Theme& theme)
{
    const double line = QFontMetricsF(theme.textFont(theme.smallSize)).height();
    return picture.adjusted(SweepMeasureAxis::labelWidth(theme), 0, -1, -(2 * line + 2 * gap));
}

} // namespace

SweepCurve::SweepCurve(const SweepShown& shown, const QRectF& area, const Theme& theme)
    : m_shown(shown)
    , m_theme(theme)
    , m_frame(sweepFrame(area, theme))
    , m_box(curveBoxIn(m_frame.picture, theme))
    , m_axis(shown, QLineF(m_box.topLeft(), m_box.bottomLeft()), scaleOf(shown.cells, true))
{}

double SweepCurve::columnWidth() const
{
    return m_box.width() / static_cast<double>(m_shown.cells.size());
}

double SweepCurve::xOf(std::int64_t combination) const
{
    return m_box.left() + (static_cast<double>(combination) + 0.5) * columnWidth();
}

QPointF SweepCurve::placeOf(std::int64_t combination) const
{
    const SweepCell& cell = m_shown.cell(combination);
    return {xOf(combination), cell.median ? m_axis.yOf(*cell.median) : m_box.center().y()};
}

std::optional<std::int64_t> SweepCurve::combinationAt(const QPointF& point) const
{
    if (!m_box.contains(point))
        return std::nullopt;
    return std::min(static_cast<std::int64_t>((point.x() - m_box.left()) / columnWidth()),
                    m_shown.plan->combinations() - 1);
}

std::int64_t SweepCurve::neighbour(std::int64_t combination, int right, int /*up*/) const
{
    return std::clamp<std::int64_t>(combination + right, 0, m_shown.plan->combinations() - 1);
}

void SweepCurve::paint(QPainter& painter, std::optional<std::int64_t> marked) const
{
    painter.setRenderHint(QPainter::Antialiasing, true);
    paintSweepTitle(painter, m_frame.title, m_shown, m_theme);
    m_axis.paint(painter, m_theme, Qt::AlignLeft, m_box.right());
    paintXAxis(painter);
    if (marked) {
        painter.setPen(m_theme.pen(m_theme.update, 1, Qt::DashLine));
        painter.drawLine(QPointF(xOf(*marked), m_box.top()), QPointF(xOf(*marked), m_box.bottom()));
    }
    if (m_shown.plan->repeats() > 1)
        paintBand(painter);
    paintMedians(painter);
    paintLegendRow(painter);
}

/// From quartile to quartile, broken where there is no number.
void SweepCurve::paintBand(QPainter& painter) const
{
    QPolygonF upper;
    QPolygonF lower;
    const auto close = [&] {
        std::reverse(lower.begin(), lower.end());
        painter.setPen(Qt::NoPen);
        painter.setBrush(strengthColor(m_theme, 0.12));
        painter.drawPolygon(upper + lower);
        upper.clear();
        lower.clear();
    };
    for (std::int64_t i = 0; i < m_shown.plan->combinations(); ++i) {
        const SweepCell& cell = m_shown.cell(i);
        if (!cell.hasNumber()) {
            close();
            continue;
        }
        const double half = std::min(5.0, 0.3 * columnWidth()); // a single one is seen too
        for (const double x : {xOf(i) - half, xOf(i) + half}) {
            upper << QPointF(x, m_axis.yOf(cell.upper));
            lower << QPointF(x, m_axis.yOf(cell.lower));
        }
    }
    close();
    painter.setBrush(Qt::NoBrush);
}

void SweepCurve::paintMedians(QPainter& painter) const
{
    std::optional<QPointF> before;
    for (std::int64_t i = 0; i < m_shown.plan->combinations(); ++i) {
        const SweepCell& cell = m_shown.cell(i);
        const QPointF place = placeOf(i);
        if (cell.hasNumber() && before) {
            painter.setPen(m_theme.pen(m_theme.backward, 2));
            painter.drawLine(*before, place);
        }
        before = cell.hasNumber() ? std::optional(place) : std::nullopt;
        if (cell.diverged > 0) {
            painter.setPen(m_theme.pen(m_theme.cut, 1.6));
            paintCross(painter, QPointF(place.x(), m_axis.yOfDiverged()), 9.0);
        }
        if (cell.runs() > 0 && !cell.median)
            paintCellLook(painter,
                          QRectF(place.x() - 0.4 * columnWidth(), m_box.top() + 1, 0.8 * columnWidth(),
                                 m_box.height() - 2),
                          CellLook::Refused, m_theme);
    }
    for (std::int64_t i = 0; i < m_shown.plan->combinations(); ++i) {
        if (!m_shown.cell(i).hasNumber())
            continue;
        const bool isBest = m_shown.best == i;
        painter.setPen(m_theme.pen(isBest ? m_theme.text : m_theme.card, isBest ? 2 : 1.5));
        painter.setBrush(m_theme.backward);
        const double radius = isBest ? 5.5 : 4.0;
        painter.drawEllipse(placeOf(i), radius, radius);
    }
    painter.setBrush(Qt::NoBrush);
}

void SweepCurve::paintXAxis(QPainter& painter) const
{
    const SweepAxis& axis = m_shown.plan->axes().front();
    const QFont font = m_theme.textFont(m_theme.smallSize);
    const QFontMetricsF metrics(font);
    painter.setFont(font);
    painter.setPen(m_theme.pen(m_theme.outline, 1));
    painter.drawLine(m_box.bottomLeft(), m_box.bottomRight());
    double widest = 0.0;
    for (const std::string& value : axis.values)
        widest = std::max(widest, metrics.horizontalAdvance(valueWords(value)));
    const auto every = static_cast<std::int64_t>(std::max(1.0, std::ceil((widest + 8.0) / columnWidth())));
    const double width = columnWidth() * static_cast<double>(every);
    painter.setPen(m_theme.text);
    for (std::int64_t i = 0; i < m_shown.plan->combinations(); i += every)
        painter.drawText(
            QRectF(xOf(i) - 0.5 * width, m_box.bottom() + gap, width, metrics.height()), Qt::AlignCenter,
            metrics.elidedText(valueWords(axis.values[static_cast<std::size_t>(i)]), Qt::ElideRight, width));
    painter.setPen(m_theme.textSecondary);
    painter.drawText(
        QRectF(m_box.left(), m_box.bottom() + gap + metrics.height(), m_box.width(), metrics.height()),
        Qt::AlignCenter, pathWords(m_shown.plan->base(), axis.path));
}

void SweepCurve::paintLegendRow(QPainter& painter) const
{
    std::vector<SweepLegendEntry> entries;
    entries.push_back(
        {22.0,
         [&](const QRectF& rect) {
             const double y = rect.center().y();
             painter.setPen(m_theme.pen(m_theme.backward, 2));
             painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y));
         },
         m_shown.plan->repeats() > 1 ? SweepTexts::tr("median") : measureWords(m_shown.measure)});
    if (m_shown.plan->repeats() > 1)
        entries.push_back({22.0,
                           [&](const QRectF& rect) {
                               painter.fillRect(rect.adjusted(0, 3, 0, -3), strengthColor(m_theme, 0.12));
                           },
                           SweepTexts::tr("the middle half of the repeats")});
    if (m_shown.best)
        entries.push_back({14.0,
                           [&](const QRectF& rect) {
                               painter.setPen(m_theme.pen(m_theme.text, 2));
                               painter.setBrush(m_theme.backward);
                               painter.drawEllipse(rect.center(), 5.0, 5.0);
                               painter.setBrush(Qt::NoBrush);
                           },
                           SweepTexts::tr("best")});
    if (std::any_of(m_shown.cells.begin(), m_shown.cells.end(),
                    [](const SweepCell& cell) { return cell.diverged > 0; }))
        entries.push_back({12.0,
                           [&](const QRectF& rect) {
                               painter.setPen(m_theme.pen(m_theme.cut, 1.6));
                               paintCross(painter, rect.center(), 9.0);
                           },
                           SweepTexts::tr("a run diverged")});
    paintLegend(painter, m_frame.legend, entries, m_theme);
}

} // namespace chronograd
