#include "ui/graph/edge_pictures.h"

#include "ui/graph/edge_buckets.h"
#include "ui/graph/edge_raster.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace chronograd {

namespace {

constexpr int smallNetwork = 96; ///< Up to so many edges a bundle, every edge is drawn, however weak.

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
            bundles.push_back({&connection, edgeValues(*state.frame, connection, state.quantity, t)});
    }
    return bundles;
}

bool hasNumbers(const GraphState& state, EdgePictures::Part part, std::int64_t t)
{
    return std::any_of(state.connections.begin(), state.connections.end(), [&](const Connection& connection) {
        return connection.isAcrossTime() != (part == EdgePictures::Part::Within) &&
               hasEdgeValues(*state.frame, connection, state.quantity, t);
    });
}

/// FNV-1a over the bits of the numbers and of what they are drawn with.
std::uint64_t contentOf(const std::vector<BundleValues>& bundles, const GraphState& state)
{
    std::uint64_t hash = 14695981039346656037U;
    const auto mix = [&hash](std::uint64_t bits) { hash = (hash ^ bits) * 1099511628211U; };
    mix(std::bit_cast<std::uint64_t>(state.scales.edge));
    mix(static_cast<std::uint64_t>(state.mostEdges));
    mix(static_cast<std::uint64_t>(state.quantity));
    for (const BundleValues& bundle : bundles) {
        mix(bundle.values.has_value());
        if (!bundle.values)
            continue;
        for (const double value : bundle.values->reshaped())
            mix(std::bit_cast<std::uint64_t>(value));
    }
    return hash;
}

QRectF areaOf(const GraphState& state, EdgePictures::Part part)
{
    const GraphLayout& layout = state.layout;
    if (layout.isSpread())
        return {-layout.width() / 2, 0, layout.width(), layout.height()};
    if (part == EdgePictures::Part::Within) {
        const double reach = layout.arcReach() + 4.0;
        return {-reach, 0, 2 * reach, layout.height()};
    }
    return {-layout.pitch(), 0, layout.pitch(), layout.height()};
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
            edgeCurve(state.layout, connection, edge % connection.rows, edge / connection.rows, step);
        strokeEdge(picture.image, origin, pixelRatio, curve, {look.colour.rgb(), look.width, dashed});
    };
    if (!bundle.values) {
        // The bare structure; a scattered part of it says as much as all of it.
        const auto share = static_cast<quint32>(1 + edges / smallNetwork);
        for (int edge = 0; edge < edges; ++edge) {
            if ((static_cast<quint32>(edge) * 2654435761U >> 16) % share == 0)
                draw(edge, edgeLook(0, radius));
        }
        return;
    }
    const bool small = edges <= smallNetwork;
    const double room = 6.0 * std::max(1.0, state.layout.zoom()) * (connection.rows + connection.columns);
    const EdgeLimits limits{small, small ? edges : std::min(state.mostEdges, static_cast<int>(room))};
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
        return {theme.line, 0.8};
    const double size = std::abs(level) / double(edgeLevels);
    const double widest = std::clamp(0.27 * radius, 1.1, 9.0);
    const double tint = 0.28 + 0.72 * size;
    return {theme.signColor(level < 0 ? -tint : tint), 0.7 + (widest - 0.7) * size};
}

void EdgePictures::clear()
{
    m_pictures.clear();
}

void EdgePictures::keep(std::int64_t first, std::int64_t last)
{
    std::erase_if(m_pictures, [first, last](const auto& entry) {
        return entry.first.t > 0 && (entry.first.t < first || entry.first.t > last);
    });
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
    if (picture.image.size() != size)
        picture.image = QImage(size, QImage::Format_ARGB32_Premultiplied);
    picture.image.fill(0);
    picture.image.setDevicePixelRatio(pixelRatio);
    picture.origin = area.topLeft();
    picture.content = content;
    picture.leftOut = 0;
    for (const BundleValues& bundle : bundles)
        drawBundle(picture, state, bundle, part == Part::Cut, pixelRatio);
    ++m_rendered;
    return picture;
}

} // namespace chronograd
