#include "ui/graph/step_item.h"

#include "ui/graph/edge_labels.h"
#include "ui/graph/graph_work.h"
#include "ui/graph/step_blocks.h"
#include "ui/graph/unit_painter.h"
#include "ui/graph/unit_sprites.h"
#include "ui/theme/number_text.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr double fadedStrength = 0.3;
constexpr double ghostStrength = 0.5;
constexpr double idleStrength = 0.3; ///< Of edges beside those at work.

std::optional<double> scaled(std::optional<double> value, double scale)
{
    if (value)
        *value /= scale;
    return value;
}

} // namespace

StepItem::StepItem(const GraphState& state, EdgePictures& pictures, UnitSprites& sprites, std::int64_t t)
    : m_state(state)
    , m_pictures(pictures)
    , m_sprites(sprites)
    , m_t(t)
{
    // The edges out of a step belong to the next one and go under its units.
    setZValue(-static_cast<double>(t));
}

QRectF StepItem::boundingRect() const
{
    const GraphLayout& layout = m_state.layout;
    if (!layout.isUnfolded())
        return {0, 0, layout.width(), layout.height()};
    return {layout.x(m_t) - layout.pitch(), 0, 1.6 * layout.pitch(), layout.height()};
}

void StepItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    m_edges = 0;
    m_leftOut = 0;
    if (!m_state.frame || m_t < m_state.frame->firstStep)
        return;
    if (m_state.layout.isBlocks()) {
        paintStepBlocks(*painter, m_state, m_t);
        paintLossBox(*painter);
        return;
    }
    paintEdges(*painter);
    if (m_state.layout.detail() == Detail::Numbers)
        paintEdgeLabels(*painter, m_sprites, m_state, m_t);
    paintLossBox(*painter);
    paintUnits(*painter);
}

void StepItem::paintEdges(QPainter& painter)
{
    const Frame& frame = *m_state.frame;
    const double pixelRatio = painter.device()->devicePixelRatio();
    const auto blit = [&](EdgePictures::Part part, double strength) {
        const EdgePicture& picture = m_pictures.picture(m_state, part, m_t, pixelRatio);
        m_edges += picture.edges;
        m_leftOut += picture.leftOut;
        const std::optional<Work> work = workOf(m_state);
        const QPointF place = picture.origin + QPointF(m_state.layout.x(m_t), 0);
        painter.setOpacity(work ? strength * idleStrength : strength);
        painter.drawImage(place, picture.image);
        painter.setOpacity(1.0);
        if (work)
            paintAtWork(painter, *work, part, place, picture.image);
    };
    const bool beyond = m_state.isBeyondCut(m_t);
    const double strength = beyond || m_t > m_state.newest() ? 0.22 : 1.0;
    const bool hasPast = m_state.layout.isFolded() || (m_t > 1 && m_t > frame.firstStep);
    if (hasPast && m_state.isRecurrent() && !m_state.layout.isSpread()) {
        const bool atCut = m_state.layout.isUnfolded() && m_state.isCut() && m_t == m_state.window().from;
        blit(atCut ? EdgePictures::Part::Cut : EdgePictures::Part::Across, atCut ? 0.35 : strength);
    }
    blit(EdgePictures::Part::Within, strength);
    paintJoins(painter, strength);
}

/// The bundles at work again, now undimmed: bundles of one step lie in bands of their own, one above the
/// other.
void StepItem::paintAtWork(QPainter& painter, const Work& work, EdgePictures::Part part, QPointF place,
                           const QImage& image) const
{
    const GraphLayout& layout = m_state.layout;
    for (const Connection& connection : m_state.connections) {
        if (connection.isAcrossTime() == (part == EdgePictures::Part::Within) ||
            !isAtWork(work, connection, receivingStep(layout, connection, m_t)))
            continue;
        QRectF band = layout.levelFrame(m_t, connection.from).united(layout.levelFrame(m_t, connection.to));
        if (layout.isSpread()) { // from middle to middle, where the edges of other levels begin
            band.setTop(layout.levelMiddle(connection.to));
            band.setBottom(layout.levelMiddle(connection.from));
        }
        const double ratio = image.devicePixelRatio();
        const double top = std::max(0.0, std::floor(band.top() - place.y()));
        const double bottom = std::min(image.height() / ratio, std::ceil(band.bottom() - place.y()));
        // Arcs of neighbouring levels run on different sides.
        const bool halved = part == EdgePictures::Part::Within && !layout.isSpread();
        const double width = image.width() / ratio / (halved ? 2 : 1);
        const double left = halved && arcSide(connection) > 0 ? width : 0.0;
        painter.drawImage(QRectF(place.x() + left, place.y() + top, width, bottom - top), image,
                          QRectF(left * ratio, top * ratio, width * ratio, (bottom - top) * ratio));
    }
}

/// From the units of two chains to where their outputs stand together.
void StepItem::paintJoins(QPainter& painter, double strength) const
{
    const Theme& theme = Theme::current();
    const auto& layers = m_state.frame->network->layers();
    for (int layer = 0; layer < static_cast<int>(layers.size()); ++layer) {
        if (layers[static_cast<std::size_t>(layer)].hasNet())
            continue;
        painter.setOpacity(strength);
        painter.setPen(theme.pen(theme.outline, 1.0, Qt::DotLine));
        painter.setBrush(Qt::NoBrush);
        const int chainUnits = m_state.layout.units(layer);
        for (int unit = 0; unit < m_state.layout.units(layer + 1); ++unit) {
            Connection join;
            join.from = unit < chainUnits ? layer - 1 : layer;
            join.to = layer + 1;
            painter.drawPath(edgeCurve(m_state.layout, join, unit, unit % chainUnits, m_t).path());
        }
        painter.setOpacity(1.0);
    }
}

void StepItem::paintLossBox(QPainter& painter) const
{
    const GraphLayout& layout = m_state.layout;
    if (!m_state.hasTarget(m_t))
        return;
    const std::optional<double> loss = m_state.stepLoss(m_t);
    LossLook look;
    look.box = layout.lossBox(m_t);
    look.number = loss ? compactNumber(*loss) : QString();
    look.entered = m_state.isInjected(m_t);
    look.strength = m_state.isBeyondCut(m_t) ? fadedStrength : 1.0;
    const int top = layout.levels() - 1;
    const Theme& theme = Theme::current();
    const double from = layout.isBlocks()
                            ? layout.block(m_t, top).top()
                            : layout.center({m_t, top, 0}).y() - layout.radius(top) - layout.ringWidth(top);
    const QPointF start(layout.x(m_t), look.box.bottom());
    painter.setPen(theme.pen(look.entered ? theme.text : theme.line, 1.2));
    painter.drawLine(start, QPointF(start.x(), from));
    if (look.entered) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.text);
        painter.drawConvexPolygon(QPolygonF{start, start + QPointF(3.6, 7.0), start + QPointF(-3.6, 7.0)});
    }
    paintLossShape(painter, look);
    if (const int pixels = numberPixels(look); pixels > 0)
        m_sprites.paintNumber(painter, look.box.center(), look.number, numberInk(look), pixels);
}

void StepItem::paintUnits(QPainter& painter) const
{
    const GraphLayout& layout = m_state.layout;
    const bool ghost = m_t > m_state.newest();
    UnitLook look;
    look.strength = m_state.isBeyondCut(m_t) ? fadedStrength : ghost ? ghostStrength : 1.0;
    for (int level = 0; level < layout.levels(); ++level) {
        look.radius = layout.radius(level);
        look.ring = layout.ringWidth(level);
        for (int unit = 0; unit < layout.units(level); ++unit) {
            const UnitId id{m_t, level, unit};
            const std::optional<double> value = m_state.value(id);
            look.center = layout.center(id);
            look.fill = scaled(value, m_state.scales.value[static_cast<std::size_t>(level)]);
            look.delta = scaled(m_state.delta(id), m_state.scales.delta);
            look.number =
                value && look.radius >= smallestNumberRadius ? numberInside(*value, look.radius) : QString();
            m_sprites.paintUnit(painter, look);
        }
    }
}

} // namespace chronograd
