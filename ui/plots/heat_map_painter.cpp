#include "ui/plots/heat_map_painter.h"

#include "ui/plots/plot_numbers.h"
#include "ui/theme/number_text.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QLinearGradient>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace chronograd {

namespace {

constexpr double lineFromCell = 7.0; ///< Smaller cells touch each other.
constexpr Eigen::Index mostNumbers = 400;
constexpr int mostRectangles = 128 * 128; ///< More cells are written as an image into vector files too.

QFont numberFont(const Theme& theme)
{
    return theme.numberFont(theme.smallSize - 0.5);
}

/// Colours of the sign scale, computed once for a whole map.
class ColorTable
{
public:
    explicit ColorTable(const Theme& theme, double scale)
        : m_perUnit(scale > 0.0 ? half / scale : 0.0)
        , m_notFinite(theme.cut.rgb())
    {
        for (int i = 0; i <= 2 * half; ++i)
            m_colors[static_cast<std::size_t>(i)] = theme.signColor(double(i - half) / half).rgb();
    }

    QRgb of(double value) const
    {
        if (!std::isfinite(value))
            return m_notFinite;
        const auto index = std::lround(value * m_perUnit) + half;
        return m_colors[static_cast<std::size_t>(std::clamp(index, 0L, 2L * half))];
    }

private:
    static constexpr int half = 128;
    double m_perUnit;
    QRgb m_notFinite;
    std::array<QRgb, 2 * half + 1> m_colors;
};

void paintAsImage(QPainter& painter, const QRectF& cells, const Matrix& values, const ColorTable& colors)
{
    QImage image(static_cast<int>(values.cols()), static_cast<int>(values.rows()), QImage::Format_RGB32);
    for (int row = 0; row < image.height(); ++row) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(row));
        for (int column = 0; column < image.width(); ++column)
            line[column] = colors.of(values(row, column));
    }
    painter.drawImage(cells, image);
}

void paintAsRectangles(QPainter& painter, const PanelPlace& place, const PanelWish& wish,
                       const Matrix& values, const ColorTable& colors)
{
    for (int row = 0; row < wish.rows; ++row)
        for (int column = 0; column < wish.columns; ++column)
            painter.fillRect(cellRect(place, wish, row, column), QColor(colors.of(values(row, column))));
}

void paintGrid(QPainter& painter, const PanelPlace& place, const PanelWish& wish, const Theme& theme)
{
    const QRectF& cells = place.cells;
    const double width = cells.width() / wish.columns;
    const double height = cells.height() / wish.rows;
    painter.setPen(theme.pen(theme.line, 1));
    if (width >= lineFromCell)
        for (int column = 1; column < wish.columns; ++column)
            painter.drawLine(QPointF(cells.left() + column * width, cells.top()),
                             QPointF(cells.left() + column * width, cells.bottom()));
    if (height >= lineFromCell)
        for (int row = 1; row < wish.rows; ++row)
            painter.drawLine(QPointF(cells.left(), cells.top() + row * height),
                             QPointF(cells.right(), cells.top() + row * height));
    painter.setPen(theme.pen(theme.outline, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(cells);
}

void paintNumbers(QPainter& painter, const PanelPlace& place, const PanelWish& wish, const Matrix& values,
                  const ColorTable& colors, const Theme& theme)
{
    painter.setFont(numberFont(theme));
    for (int row = 0; row < wish.rows; ++row)
        for (int column = 0; column < wish.columns; ++column) {
            painter.setPen(theme.textOn(QColor(colors.of(values(row, column)))));
            painter.drawText(cellRect(place, wish, row, column), Qt::AlignCenter,
                             cellText(values(row, column)));
        }
}

/// Two digits, at most as wide as 0.00012: the panels do not change their widths while training runs.
QString scaleText(double scale)
{
    return shownRounded(scale, 2);
}

void paintScale(QPainter& painter, const QRectF& rect, double scale, const Theme& theme)
{
    const QRectF bar(rect.left(), rect.top() + 5.0, rect.width(), 5.0);
    QLinearGradient gradient(bar.topLeft(), bar.topRight());
    for (int i = 0; i <= 8; ++i)
        gradient.setColorAt(i / 8.0, theme.signColor(i / 4.0 - 1.0));
    painter.fillRect(bar, gradient);
    painter.setPen(theme.pen(theme.line, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(bar);
    const QRectF numbers(rect.left(), bar.bottom() + 1.0, rect.width(), rect.bottom() - bar.bottom() - 1.0);
    painter.setFont(theme.textFont(theme.smallSize - 0.5));
    painter.setPen(theme.textSecondary);
    painter.drawText(numbers, Qt::AlignCenter, scale > 0.0 ? u'±' + scaleText(scale) : QStringLiteral("0"));
    painter.drawText(numbers, Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("−"));
    painter.drawText(numbers, Qt::AlignRight | Qt::AlignVCenter, QStringLiteral("+"));
}

} // namespace

QString cellText(double value)
{
    QString text = QString::number(std::abs(value), 'g', 2);
    if (text.startsWith(u"0."))
        text.remove(0, 1);
    text = typesetCompact(text);
    return value < 0.0 ? u'−' + text : text;
}

double scaleOf(const Matrix& values)
{
    double greatest = 0.0;
    for (const double value : values.reshaped())
        if (std::isfinite(value))
            greatest = std::max(greatest, std::abs(value));
    return greatest;
}

bool haveNumbersRoom(const PanelPlace& place, const Matrix& values, const Theme& theme)
{
    const QFontMetricsF metrics(numberFont(theme));
    const double width = place.cells.width() / static_cast<double>(values.cols()) - 2.0;
    if (place.cells.height() / static_cast<double>(values.rows()) < metrics.height() ||
        values.size() > mostNumbers)
        return false;
    const auto numbers = values.reshaped();
    return std::all_of(numbers.begin(), numbers.end(),
                       [&](double value) { return metrics.horizontalAdvance(cellText(value)) <= width; });
}

QString rangeText(const Matrix& values)
{
    const double scale = scaleOf(values);
    return scale > 0.0 ? u'±' + scaleText(scale) : QStringLiteral("0");
}

void paintHeatMap(QPainter& painter, const PanelPlace& place, const QString& title, const Matrix& values,
                  const Theme& theme, HeatMapStyle style)
{
    const PanelWish wish{static_cast<int>(values.rows()), static_cast<int>(values.cols()), 0.0};
    const double scale = scaleOf(values);
    const ColorTable colors(theme, scale);
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (style.asRectangles && values.size() <= mostRectangles)
        paintAsRectangles(painter, place, wish, values, colors);
    else
        paintAsImage(painter, place.cells, values, colors);
    paintGrid(painter, place, wish, theme);
    if (place.scale.height() > 1.0)
        paintScale(painter, place.scale, scale, theme);
    painter.setRenderHint(QPainter::Antialiasing, true);
    if (style.withNumbers)
        paintNumbers(painter, place, wish, values, colors, theme);
    painter.setFont(theme.textFont(theme.smallSize));
    painter.setPen(theme.text);
    painter.drawText(place.title.adjusted(0, 0, 4, 0), Qt::AlignLeft | Qt::AlignVCenter, title);
}

} // namespace chronograd
