#include "ui/plots/polyline.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace chronograd {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// The points of one pixel column, as indices into the line.
struct ColumnOfPoints
{
    std::size_t first, least, greatest, last;

    explicit ColumnOfPoints(std::size_t i)
        : first(i)
        , least(i)
        , greatest(i)
        , last(i)
    {}

    void add(const Polyline& line, std::size_t i)
    {
        last = i;
        if (line[i].y() < line[least].y())
            least = i;
        if (line[i].y() > line[greatest].y())
            greatest = i;
    }

    void appendTo(Polyline& result, const Polyline& line) const
    {
        std::size_t indices[] = {first, least, greatest, last};
        std::sort(std::begin(indices), std::end(indices));
        const auto* end = std::unique(std::begin(indices), std::end(indices));
        for (const auto* i = indices; i != end; ++i)
            result.push_back(line[*i]);
    }
};

/// The shares [enter, leave] of the segment a–b inside the rectangle (Liang & Barsky 1984).
struct Inside
{
    double enter = 0.0;
    double leave = 1.0;
};

std::optional<Inside> insideOf(QPointF a, QPointF b, PlotRange x, PlotRange y)
{
    Inside inside;
    const auto cut = [&inside](double from, double delta, PlotRange range) {
        if (delta == 0.0)
            return range.contains(from);
        double t0 = (range.lower - from) / delta;
        double t1 = (range.upper - from) / delta;
        if (t0 > t1)
            std::swap(t0, t1);
        inside.enter = std::max(inside.enter, t0);
        inside.leave = std::min(inside.leave, t1);
        return inside.enter <= inside.leave;
    };
    if (cut(a.x(), b.x() - a.x(), x) && cut(a.y(), b.y() - a.y(), y))
        return inside;
    return std::nullopt;
}

/// Collects the pieces that are inside, joining neighbours.
class PieceCollector
{
public:
    explicit PieceCollector(bool logarithmic)
        : m_logarithmic(logarithmic)
    {}

    void add(QPointF from, QPointF to, bool joins)
    {
        if (!joins || m_pieces.empty())
            begin(from);
        m_pieces.push_back(shown(to));
    }
    void begin(QPointF at)
    {
        if (!m_pieces.empty())
            m_pieces.emplace_back(m_pieces.back().x(), nan);
        m_pieces.push_back(shown(at));
    }
    Polyline take() { return std::move(m_pieces); }

private:
    QPointF shown(QPointF point) const
    {
        return m_logarithmic ? QPointF(point.x(), std::pow(10.0, point.y())) : point;
    }

    bool m_logarithmic;
    Polyline m_pieces;
};

bool isGap(QPointF point)
{
    return std::isnan(point.x()) || std::isnan(point.y());
}

} // namespace

Polyline thinned(const Polyline& line, PlotRange x, int pixels)
{
    const auto before = [](const QPointF& point, double value) { return point.x() < value; };
    auto begin = std::lower_bound(line.begin(), line.end(), x.lower, before) - line.begin();
    auto end = std::lower_bound(line.begin(), line.end(), x.upper, before) - line.begin();
    begin = std::max<std::ptrdiff_t>(begin - 1, 0);
    end = std::min(end + 2, static_cast<std::ptrdiff_t>(line.size()));

    Polyline result;
    std::optional<ColumnOfPoints> column;
    double pixel = 0.0;
    const double perX = pixels / x.length();
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
        const double itsPixel = std::floor((line[i].x() - x.lower) * perX);
        if (column && (itsPixel != pixel || isGap(line[i]))) {
            column->appendTo(result, line);
            column.reset();
        }
        if (isGap(line[i]))
            result.push_back(line[i]);
        else if (column)
            column->add(line, i);
        else
            column.emplace(i);
        pixel = itsPixel;
    }
    if (column)
        column->appendTo(result, line);
    return result;
}

Polyline cutTo(const Polyline& line, PlotRange x, PlotRange y, bool logarithmic)
{
    PlotRange rows = y;
    if (logarithmic)
        rows = {std::log10(y.lower), std::log10(y.upper)};
    const double below = rows.lower - 20.0 * rows.length();
    const auto straight = [&](QPointF point) {
        if (!logarithmic || isGap(point))
            return point;
        return QPointF(point.x(), point.y() > 0.0 ? std::log10(point.y()) : below);
    };

    PieceCollector pieces(logarithmic);
    bool joins = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const QPointF a = straight(line[i]);
        const bool ends = i + 1 == line.size() || isGap(line[i + 1]);
        if (isGap(a) || ends) {
            const bool isAlone = ends && !isGap(a) && (i == 0 || isGap(line[i - 1]));
            if (isAlone && x.contains(a.x()) && rows.contains(a.y()))
                pieces.begin(a);
            joins = false;
            continue;
        }
        const QPointF b = straight(line[i + 1]);
        const auto inside = insideOf(a, b, x, rows);
        if (inside) {
            const QPointF from = inside->enter > 0.0 ? a + inside->enter * (b - a) : a;
            const QPointF to = inside->leave < 1.0 ? a + inside->leave * (b - a) : b;
            pieces.add(from, to, joins && inside->enter == 0.0);
        }
        joins = inside && inside->leave == 1.0;
    }
    return pieces.take();
}

double distance(const Polyline& line, QPointF point)
{
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 1; i < line.size(); ++i) {
        const QPointF along = line[i] - line[i - 1];
        const double length = QPointF::dotProduct(along, along);
        if (std::isnan(length))
            continue;
        const QPointF to = point - line[i - 1];
        const double share =
            length > 0.0 ? std::clamp(QPointF::dotProduct(to, along) / length, 0.0, 1.0) : 0.0;
        const QPointF off = to - share * along;
        least = std::min(least, std::hypot(off.x(), off.y()));
    }
    return least;
}

PlotRange zoomed(PlotRange range, double factor, double centre, bool logarithmic)
{
    if (logarithmic) {
        const PlotRange result =
            zoomed({std::log10(range.lower), std::log10(range.upper)}, factor, std::log10(centre), false);
        return {std::pow(10.0, result.lower), std::pow(10.0, result.upper)};
    }
    return {centre - (centre - range.lower) / factor, centre + (range.upper - centre) / factor};
}

PlotRange moved(PlotRange range, double share, bool logarithmic)
{
    if (logarithmic) {
        const double ratio = std::pow(range.upper / range.lower, share);
        return {range.lower * ratio, range.upper * ratio};
    }
    const double by = share * range.length();
    return {range.lower + by, range.upper + by};
}

} // namespace chronograd
