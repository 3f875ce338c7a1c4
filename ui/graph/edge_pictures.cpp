#include "ui/graph/edge_pictures.h"

#include "ui/graph/edge_buckets.h"
#include "ui/graph/edge_heat_map.h"
#include "ui/graph/edge_raster.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace chronograd {

namespace {

constexpr int smallBundle = 96; ///< Up to so many edges, every edge of a bundle is drawn, however weak …
constexpr int fewEdges = 12;    ///< … up to so many even in a hurry.

struct BundleValues
{
    const Connection* connection;
    std::optional<Matrix> values;
};

std::vector<BundleValues> gather(const GraphState& state, EdgePictures::Part part, std::int64_t t)
{
    std::vector<BundleValues> bundles;
    for (const Connection& connection : state.connections) {
        if (connection.isAcrossTime() != (part == EdgePictures::Part::Within))
            bundles.push_back({&connection, edgeValues(*state.frame, connection, state.quantity,
                                                       receivingStep(state.layout, connection, t))});
    }
    return bundles;
}

/// Small bundles show every edge; of large ones the strongest say more than all.
EdgeLimits limitsOf(const Connection& connection, const GraphState& state)
{
    const int edges = connection.rows * connection.columns;
    if (edges <= std::max(fewEdges, std::min(state.mostEdges, smallBundle)))
        return {true, edges, state.weakest};
    const double room = 6.0 * std::max(1.0, state.layout.zoom()) * (connection.rows + connection.columns);
    return {false, std::min(state.mostEdges, static_cast<int>(room)), state.weakest};
}

bool hasNumbers(const GraphState& state, EdgePictures::Part part, std::int64_t t)
{
    return std::any_of(state.connections.begin(), state.connections.end(), [&](const Connection& connection) {
        return connection.isAcrossTime() != (part == EdgePictures::Part::Within) &&
               hasEdgeValues(*state.frame, connection, state.quantity,
                             receivingStep(state.layout, connection, t));
    });
}

/// FNV-1a over the bits of the numbers and of what they are drawn with.
std::uint64_t contentOf(const std::vector<BundleValues>& bundles, const GraphState& state)
{
    std::uint64_t hash = 14695981039346656037U;
    const auto mix = [&hash](std::uint64_t bits) { hash = (hash ^ bits) * 1099511628211U; };
    mix(std::bit_cast<std::uint64_t>(state.scales.edge));
    mix(static_cast<std::uint64_t>(state.quantity));
    for (const BundleValues& bundle : bundles) {
        mix(bundle.values.has_value());
        mix(static_cast<std::uint64_t>(limitsOf(*bundle.connection, state).most));
        if (!bundle.values)
            continue;
        for (const double value : bundle.values->reshaped())
            mix(std::bit_cast<std::uint64_t>(value));
    }
    return hash;
}

/// The smallest area that holds the part's edges, relative to (x of the step, 0), in whole pixels.
QRectF areaOf(const GraphState& state, EdgePictures::Part part)
{
    const GraphLayout& layout = state.layout;
    const double room = std::max(6.0, layout.rowPitch(0) / 2 + 1.0); // Half the widest line, and its slope.
    double top = layout.height();
    double bottom = 0.0;
    for (const Connection& connection : state.connections) {
        if (connection.isAcrossTime() == (part == EdgePictures::Part::Within))
            continue;
        for (const int level : {connection.from, connection.to}) {
            top = std::min(top, layout.center({1, level, 0}).y() - room);
            bottom = std::max(bottom, layout.center({1, level, layout.units(level) - 1}).y() + room);
        }
    }
    top = std::floor(top);
    const double height = std::max(1.0, std::ceil(bottom) - top);
    if (layout.isSpread())
        return {-std::floor(layout.x(1)), top, std::ceil(layout.width()), height};
    if (layout.isFolded() || part == EdgePictures::Part::Within) {
        const double reach = std::ceil((layout.isFolded() ? layout.loopReach() : layout.arcReach()) + room);
        return {-reach, top, 2 * reach, height};
    }
    return {-layout.pitch(), top, layout.pitch(), height};
}

void drawHeatMap(EdgePicture& picture, const GraphState& state, const BundleValues& bundle, QPointF origin)
{
    QPainter painter(&picture.image);
    painter.translate(-origin);
    std::span<const double> values;
    if (bundle.values)
        values = {bundle.values->data(), static_cast<std::size_t>(bundle.values->size())};
    const Connection& connection = *bundle.connection;
    paintHeatMap(painter, heatMapOf(state.layout, connection, receivingStep(state.layout, connection, 1)),
                 values, {state.scales.edge, state.weakest});
    const double weakest = state.weakest * state.scales.edge;
    picture.leftOut += static_cast<int>(
        std::count_if(values.begin(), values.end(), [=](double value) { return std::abs(value) < weakest; }));
}

void drawBundle(EdgePicture& picture, const GraphState& state, const BundleValues& bundle, bool dashed,
                double pixelRatio)
{
    const Connection& connection = *bundle.connection;
    const int edges = connection.rows * connection.columns;
    const double radius = std::min(state.layout.radius(connection.from), state.layout.radius(connection.to));
    // The reference step is 1: pictures are placed relative to the middle of their step.
    constexpr std::int64_t step = 1;
    const QPointF origin = picture.origin + QPointF(state.layout.x(step), 0);
    const auto draw = [&](int edge, const EdgeLook& look) {
        const EdgeCurve curve =
            edgeCurve(state.layout, connection, edge % connection.rows, edge / connection.rows,
                      receivingStep(state.layout, connection, step));
        strokeEdge(picture.image, origin, pixelRatio, curve, {look.colour.rgb(), look.width, dashed});
    };
    if (isHeatMap(state.layout, connection)) {
        drawHeatMap(picture, state, bundle, origin);
        return;
    }
    if (!bundle.values) {
        // The bare structure; a scattered part of it says as much as all of it.
        const auto share = static_cast<quint32>(1 + edges / smallBundle);
        for (int edge = 0; edge < edges; ++edge) {
            if ((static_cast<quint32>(edge) * 2654435761U >> 16) % share == 0)
                draw(edge, edgeLook(0, radius));
        }
        return;
    }
    const EdgeLimits limits = limitsOf(connection, state);
    const EdgeBuckets buckets =
        bucketEdges({bundle.values->data(), static_cast<std::size_t>(edges)}, state.scales.edge, limits);
    picture.leftOut += buckets.leftOut;
    for (int size = 0; size <= edgeLevels; ++size) {
        for (const int level : {-size, size}) {
            const EdgeLook look = edgeLook(level, radius);
            for (const int edge : buckets.at(level))
                draw(edge, look);
            if (size == 0)
                break;
        }
    }
}

} // namespace

EdgeLook edgeLook(int level, double radius)
{
    const Theme& theme = Theme::current();
    if (level == 0)
        return {theme.line, 0.8 * theme.stroke};
    const double size = std::abs(level) / double(edgeLevels);
    const double widest = std::clamp(0.27 * radius, 1.1, 9.0);
    const double tint = 0.28 + 0.72 * size;
    return {theme.signLineColor(level < 0 ? -tint : tint), theme.stroke * (0.7 + (widest - 0.7) * size)};
}

void EdgePictures::clear()
{
    m_spare.clear(); // nobody needed them since the last time
    for (auto& [key, picture] : m_pictures)
        m_spare.push_back(std::move(picture.pixels));
    m_pictures.clear();
}

void EdgePictures::keep(std::int64_t first, std::int64_t last)
{
    std::erase_if(m_pictures, [this, first, last](auto& entry) {
        const bool isOutside = entry.first.t > 0 && (entry.first.t < first || entry.first.t > last);
        if (isOutside)
            m_spare.push_back(std::move(entry.second.pixels));
        return isOutside;
    });
}

/// An empty image. Its memory is used again, with room to grow: while somebody zooms every picture is of
/// another size in every frame, and the system takes longer to hand out new pages than the edges to draw.
void EdgePictures::makeImage(EdgePicture& picture, QSize size)
{
    const std::size_t count =
        static_cast<std::size_t>(size.width()) * static_cast<std::size_t>(size.height());
    if (picture.pixels.empty() && !m_spare.empty()) {
        picture.pixels = std::move(m_spare.back());
        m_spare.pop_back();
    }
    if (picture.pixels.capacity() < count) {
        picture.pixels = {};
        picture.pixels.reserve(count + count / 2);
    }
    picture.pixels.assign(count, 0);
    picture.image = QImage(reinterpret_cast<uchar*>(picture.pixels.data()), size.width(), size.height(),
                           size.width() * qsizetype(sizeof(QRgb)), QImage::Format_ARGB32_Premultiplied);
}

const EdgePicture& EdgePictures::picture(const GraphState& state, Part part, std::int64_t t,
                                         double pixelRatio)
{
    // The shared quantities are absent for all steps or for none; a step without numbers of its own shares
    // the bare structure with its like.
    const bool shared = isShared(state.quantity) || !hasNumbers(state, part, t);
    const Key key{part, isShared(state.quantity) ? 0 : shared ? -1 : t};
    EdgePicture& picture = m_pictures[key];
    if (picture.checkedAt == m_checks)
        return picture;
    picture.checkedAt = m_checks;
    const std::vector<BundleValues> bundles = gather(state, part, t);
    const std::uint64_t content = contentOf(bundles, state);
    if (!picture.image.isNull() && picture.content == content)
        return picture;
    const QRectF area = areaOf(state, part);
    const QSize size(int(std::ceil(area.width() * pixelRatio)), int(std::ceil(area.height() * pixelRatio)));
    makeImage(picture, size);
    picture.image.setDevicePixelRatio(pixelRatio);
    picture.origin = area.topLeft();
    picture.content = content;
    picture.leftOut = 0;
    picture.edges = 0;
    for (const BundleValues& bundle : bundles) {
        drawBundle(picture, state, bundle, part == Part::Cut, pixelRatio);
        picture.edges += bundle.connection->rows * bundle.connection->columns;
    }
    ++m_rendered;
    return picture;
}

} // namespace chronograd
