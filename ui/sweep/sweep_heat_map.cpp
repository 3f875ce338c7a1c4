#include "ui/sweep/sweep_heat_map.h"

#include "ui/sweep/sweep_words.h"
#include "ui/theme/number_text.h"
#include "ui/theme/strength_color.h"
#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QLinearGradient>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr double mostCellWidth = 240.0;
constexpr double mostCellHeight = 100.0;
constexpr double labelGap = 6.0;

double widest(const std::vector<std::string>& values, const QFontMetricsF& metrics)
{
    double width = 0.0;
    for (const std::string& value : values)
        width = std::max(width, metrics.horizontalAdvance(valueWords(value)));
    return width;
}

/// Every how many-th label has room.
std::size_t everyOf(double needed, double distance)
{
    return static_cast<std::size_t>(std::max(1.0, std::ceil(needed / distance)));
}

} // namespace

SweepHeatMap::SweepHeatMap(const SweepShown& shown, const QRectF& area, const Theme& theme)
    : m_shown(shown)
    , m_theme(theme)
    , m_frame(sweepFrame(area, theme))
    , m_labelFont(theme.textFont(theme.smallSize))
    , m_columns(shown.plan->axes()[0].values.size())
    , m_rows(shown.plan->axes()[1].values.size())
    , m_scale(colorScaleOf(shown.cells, shown.measure))
{
    const QFontMetricsF metrics(m_labelFont);
    const double line = metrics.height();
    const double left =
        line + labelGap + std::min(widest(shown.plan->axes()[1].values, metrics), 120.0) + labelGap;
    QRectF cells = m_frame.picture.adjusted(left, 0, -1, -(2 * line + 2 * labelGap));
    const QSizeF room = cells.size();
    cells.setWidth(std::min(cells.width(), mostCellWidth * static_cast<double>(m_columns)));
    cells.setHeight(std::min(cells.height(), mostCellHeight * static_cast<double>(m_rows)));
    m_cells = cells;
    m_spare = room - cells.size();
}

QRectF SweepHeatMap::cellRect(std::int64_t combination) const
{
    const std::vector<std::size_t> places = m_shown.plan->placesOf(combination);
    const double width = m_cells.width() / static_cast<double>(m_columns);
    const double height = m_cells.height() / static_cast<double>(m_rows);
    return {m_cells.left() + static_cast<double>(places[0]) * width,
            m_cells.bottom() - static_cast<double>(places[1] + 1) * height, width, height};
}

QPointF SweepHeatMap::placeOf(std::int64_t combination) const
{
    return cellRect(combination).center();
}

std::optional<std::int64_t> SweepHeatMap::combinationAt(const QPointF& point) const
{
    if (!m_cells.contains(point))
        return std::nullopt;
    const double right = (point.x() - m_cells.left()) / m_cells.width();
    const double up = (m_cells.bottom() - point.y()) / m_cells.height();
    const auto place = [](double share, std::size_t count) {
        return std::min(static_cast<std::size_t>(share * static_cast<double>(count)), count - 1);
    };
    return m_shown.plan->combinationAt({place(right, m_columns), place(up, m_rows)});
}

std::int64_t SweepHeatMap::neighbour(std::int64_t combination, int right, int up) const
{
    std::vector<std::size_t> places = m_shown.plan->placesOf(combination);
    const auto moved = [](std::size_t place, int by, std::size_t count) {
        return static_cast<std::size_t>(std::clamp<std::int64_t>(static_cast<std::int64_t>(place) + by, 0,
                                                                 static_cast<std::int64_t>(count) - 1));
    };
    return m_shown.plan->combinationAt({moved(places[0], right, m_columns), moved(places[1], up, m_rows)});
}

void SweepHeatMap::paint(QPainter& painter, std::optional<std::int64_t> marked) const
{
    painter.setRenderHint(QPainter::Antialiasing, true);
    paintSweepTitle(painter, m_frame.title, m_shown, m_theme);
    for (std::int64_t i = 0; i < m_shown.plan->combinations(); ++i)
        paintCell(painter, i);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(m_theme.pen(m_theme.outline, 1));
    painter.drawRect(m_cells);
    if (m_shown.best) {
        painter.setPen(m_theme.pen(m_theme.text, 2));
        painter.drawRect(cellRect(*m_shown.best).adjusted(1, 1, -1, -1));
    }
    if (marked) {
        painter.setPen(m_theme.pen(m_theme.update, 2.5));
        painter.drawRect(cellRect(*marked).adjusted(-1, -1, 1, 1));
    }
    paintAxes(painter);
    paintLegendRow(painter);
}

void SweepHeatMap::paintCell(QPainter& painter, std::int64_t combination) const
{
    constexpr double lineFrom = 5.0; // smaller cells touch each other
    const SweepCell& cell = m_shown.cell(combination);
    QRectF rect = cellRect(combination);
    if (std::min(rect.width(), rect.height()) >= lineFrom)
        rect.adjust(0.5, 0.5, -0.5, -0.5);
    if (cell.runs() == 0)
        return paintCellLook(painter, rect, CellLook::Waiting, m_theme);
    if (!cell.median)
        return paintCellLook(painter, rect, CellLook::Refused, m_theme);
    if (!cell.hasNumber())
        return paintCellLook(painter, rect, CellLook::Diverged, m_theme);
    const QColor fill = strengthColor(m_theme, m_shown.goodness(*m_scale, *cell.median));
    painter.fillRect(rect, fill);
    paintNumbers(painter, rect, cell, fill);
}

/// The median; below it the spread, and in the corner how many diverged, where they fit.
void SweepHeatMap::paintNumbers(QPainter& painter, const QRectF& rect, const SweepCell& cell,
                                const QColor& fill) const
{
    const QColor ink = m_theme.textOn(fill);
    const QFont large = m_theme.numberFont(m_theme.textSize);
    const QFont small = m_theme.numberFont(m_theme.smallSize - 1.0);
    const QFontMetricsF largeMetrics(large);
    const QFontMetricsF smallMetrics(small);
    const QString median = compactNumber(*cell.median);
    const double room = rect.width() - 6.0;
    if (largeMetrics.horizontalAdvance(median) > room || largeMetrics.height() > rect.height())
        return;
    const QString spread = compactNumber(cell.lower) + QStringLiteral("…") + compactNumber(cell.upper);
    const bool withSpread = cell.finished + cell.diverged > 1 &&
                            smallMetrics.horizontalAdvance(spread) <= room &&
                            largeMetrics.height() + 3 * smallMetrics.height() <= rect.height();
    painter.setPen(ink);
    painter.setFont(large);
    painter.drawText(rect, Qt::AlignCenter, median);
    painter.setFont(small);
    if (withSpread)
        painter.drawText(rect.adjusted(0, 0.5 * rect.height() + 0.5 * largeMetrics.height(), 0, 0),
                         Qt::AlignHCenter | Qt::AlignTop, spread);
    if (cell.diverged > 0 && smallMetrics.height() + 0.5 * largeMetrics.height() <= 0.5 * rect.height()) {
        const QString count = QString::number(cell.diverged);
        const QRectF corner = rect.adjusted(0, 1, -4, 0);
        painter.drawText(corner, Qt::AlignRight | Qt::AlignTop, count);
        painter.setPen(m_theme.pen(ink, 1.3));
        paintCross(painter,
                   QPointF(corner.right() - smallMetrics.horizontalAdvance(count) - 7.0,
                           corner.top() + 0.5 * smallMetrics.height()),
                   5.0);
    }
}

void SweepHeatMap::paintAxes(QPainter& painter) const
{
    const SweepPlan& plan = *m_shown.plan;
    const QFontMetricsF metrics(m_labelFont);
    const double line = metrics.height();
    const double width = m_cells.width() / static_cast<double>(m_columns);
    const double height = m_cells.height() / static_cast<double>(m_rows);
    painter.setFont(m_labelFont);
    painter.setPen(m_theme.text);
    const std::size_t everyColumn = everyOf(widest(plan.axes()[0].values, metrics) + 6.0, width);
    const double labelWidth = width * static_cast<double>(everyColumn);
    for (std::size_t i = 0; i < m_columns; i += everyColumn) {
        const double centre = m_cells.left() + (static_cast<double>(i) + 0.5) * width;
        painter.drawText(
            QRectF(centre - 0.5 * labelWidth, m_cells.bottom() + labelGap, labelWidth, line), Qt::AlignCenter,
            metrics.elidedText(valueWords(plan.axes()[0].values[i]), Qt::ElideRight, labelWidth));
    }
    const double room = m_cells.left() - m_frame.picture.left() - line - 2 * labelGap;
    for (std::size_t i = 0; i < m_rows; i += everyOf(line, height)) {
        const double centre = m_cells.bottom() - (static_cast<double>(i) + 0.5) * height;
        painter.drawText(QRectF(m_cells.left() - labelGap - room, centre - 0.5 * line, room, line),
                         Qt::AlignRight | Qt::AlignVCenter,
                         metrics.elidedText(valueWords(plan.axes()[1].values[i]), Qt::ElideRight, room));
    }
    painter.setPen(m_theme.textSecondary);
    painter.drawText(QRectF(m_cells.left(), m_cells.bottom() + labelGap + line, m_cells.width(), line),
                     Qt::AlignCenter | Qt::TextDontClip, pathWords(plan.base(), plan.axes()[0].path));
    painter.save();
    painter.translate(m_frame.picture.left() + 0.5 * line, m_cells.center().y());
    painter.rotate(-90);
    painter.drawText(QRectF(-0.5 * m_cells.height(), -0.5 * line, m_cells.height(), line),
                     Qt::AlignCenter | Qt::TextDontClip, pathWords(plan.base(), plan.axes()[1].path));
    painter.restore();
}

/// "0.13 … 2.3 or more": from the best to the worst.
QString SweepHeatMap::scaleWords() const
{
    const bool highIsGood = m_shown.measure == SweepMeasure::Accuracy;
    const double best = highIsGood ? m_scale->high : m_scale->low;
    const double worst = highIsGood ? m_scale->low : m_scale->high;
    const bool isCut = std::any_of(m_shown.cells.begin(), m_shown.cells.end(), [&](const SweepCell& cell) {
        return cell.hasNumber() && (highIsGood ? *cell.median < worst : *cell.median > worst);
    });
    QString words = (!isCut       ? SweepTexts::tr("%1 … %2")
                     : highIsGood ? SweepTexts::tr("%1 … %2 or less")
                                  : SweepTexts::tr("%1 … %2 or more"))
                        .arg(shortNumber(best), shortNumber(worst));
    if (m_scale->isLogarithmic)
        words += SweepTexts::tr(", logarithmic");
    return words;
}

void SweepHeatMap::paintLegendRow(QPainter& painter) const
{
    std::vector<SweepLegendEntry> entries;
    if (m_scale) {
        entries.push_back({110.0,
                           [&](const QRectF& rect) {
                               const QRectF bar =
                                   rect.adjusted(0, 0.5 * rect.height() - 4.0, 0, 4.0 - 0.5 * rect.height());
                               QLinearGradient gradient(bar.topLeft(), bar.topRight());
                               for (int i = 0; i <= 4; ++i)
                                   gradient.setColorAt(0.25 * i, strengthColor(m_theme, 1.0 - 0.25 * i));
                               painter.fillRect(bar, gradient);
                           },
                           scaleWords()});
    }
    const auto sample = [](const QRectF& rect) {
        return QRectF(rect.left(), rect.top() + 1.0, rect.width(), rect.height() - 2.0);
    };
    if (m_shown.best)
        entries.push_back({16.0,
                           [&](const QRectF& rect) {
                               painter.setBrush(Qt::NoBrush);
                               painter.setPen(m_theme.pen(m_theme.text, 2));
                               painter.drawRect(sample(rect));
                           },
                           SweepTexts::tr("best")});
    const auto look = [&](CellLook which, const QString& text, auto&& isLike) {
        if (std::any_of(m_shown.cells.begin(), m_shown.cells.end(), isLike))
            entries.push_back(
                {16.0,
                 [&, which](const QRectF& rect) { paintCellLook(painter, sample(rect), which, m_theme); },
                 text});
    };
    look(CellLook::Diverged, SweepTexts::tr("diverged, half of the runs or more"),
         [](const SweepCell& cell) { return cell.median && !cell.hasNumber(); });
    look(CellLook::Refused, SweepTexts::tr("do not go together"),
         [](const SweepCell& cell) { return cell.runs() > 0 && !cell.median; });
    look(CellLook::Waiting, SweepTexts::tr("not run yet"),
         [](const SweepCell& cell) { return cell.runs() == 0; });
    paintLegend(painter, m_frame.legend, entries, m_theme);
}

} // namespace chronograd
