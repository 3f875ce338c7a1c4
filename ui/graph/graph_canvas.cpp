#include "ui/graph/graph_canvas.h"

#include "ui/graph/cut_marks.h"
#include "ui/graph/edge_heat_map.h"
#include "ui/graph/fold_animation.h"
#include "ui/graph/graph_accessible.h"
#include "ui/graph/graph_marks.h"
#include "ui/graph/graph_selection.h"
#include "ui/graph/pulses.h"
#include "ui/graph/row_labels.h"
#include "ui/graph/step_item.h"
#include "ui/graph/time_axis.h"
#include "ui/graph/unit_cells.h"
#include "ui/graph/warning_marks.h"
#include "ui/theme/theme.h"

#include <QGraphicsScene>
#include <QPainter>
#include <QScrollBar>
#include <QTimer>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr int streamInterval = 120; ///< Frames that come faster than this (ms) are a stream.

} // namespace

GraphCanvas::GraphCanvas(QWidget* parent)
    : QGraphicsView(parent)
    , m_rows(new RowLabels(m_state, this))
    , m_axis(new TimeAxis(m_state, this))
    , m_fold(new FoldAnimation(viewport()))
    , m_pulses(new PulseLayer(viewport()))
    , m_calm(new QTimer(this))
{
    setScene(new QGraphicsScene(this));
    scene()->setItemIndexMethod(QGraphicsScene::NoIndex);
    setFrameShape(QFrame::NoFrame);
    setAlignment(Qt::AlignLeft | Qt::AlignTop);
    setViewportUpdateMode(FullViewportUpdate);
    setOptimizationFlags(DontSavePainterState | DontAdjustForAntialiasing);
    setRenderHint(QPainter::Antialiasing);
    setTransformationAnchor(NoAnchor);
    setResizeAnchor(NoAnchor);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // the minimap moves through time
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    setAccessibleName(tr("Unfolded network"));
    GraphAccessible::install();
    m_calm->setSingleShot(true);
    m_calm->setInterval(streamInterval);
    connect(m_calm, &QTimer::timeout, this, &GraphCanvas::calmDown);
    connect(m_axis, &TimeAxis::dragged, this, &GraphCanvas::showDragged);
    connect(m_axis, &TimeAxis::dragged, this, &GraphCanvas::settingDragged);
    connect(m_axis, &TimeAxis::dropped, this, &GraphCanvas::settingDropped);
}

GraphCanvas::~GraphCanvas() = default;

int GraphCanvas::leftOut() const
{
    int sum = 0;
    for (const auto& [t, item] : m_items)
        sum += item->leftOut();
    return sum;
}

int GraphCanvas::edgesInView() const
{
    int sum = 0;
    for (const auto& [t, item] : m_items)
        sum += item->edges();
    return sum;
}

void GraphCanvas::showFrame(std::shared_ptr<const Frame> frame)
{
    const bool sameNetwork = m_state.frame && frame && m_state.frame->network == frame->network;
    const bool moved = !m_state.frame || !frame || !(m_state.frame->position == frame->position);
    if (moved || !sameNetwork) {
        m_state.k1Asked.reset();
        m_state.k2Asked.reset();
    }
    if (!sameNetwork)
        m_state.dragged.reset();
    const Position before = sameNetwork ? m_state.frame->position : Position();
    m_state.frame = std::move(frame);
    if (m_state.frame)
        for (const SettingChange& change : m_state.frame->pending)
            m_state.ask(change);
    m_pictures.refresh();
    m_hurried = false;
    if (m_sinceFrame.isValid() && m_sinceFrame.elapsed() < streamInterval)
        hurry();
    m_sinceFrame.start();
    if (m_state.frame && !sameNetwork) {
        m_state.connections = connectionsOf(*m_state.frame->network, m_state.gate);
        if (m_state.folded && !m_state.isRecurrent()) {
            m_state.folded = false;
            emit foldChanged(false);
        }
        m_state.selection.reset();
        m_following = true;
        if (levelsOf(*m_state.frame->network) != m_layoutInput.units)
            m_layoutInput.zoom = 1.0; // another picture, not the same one begun anew
    }
    relayout();
    placeMargins();
    relayout();
    showShownStep(m_state.playhead());
    follow();
    updateItems();
    updateScales();
    viewport()->update();
    m_axis->describe();
    m_axis->update();
    m_pulses->stop();
    if (moved && !m_hurried && m_state.frame && mayAnimate())
        m_pulses->run(pulsesOf(m_state, before),
                      QPointF(horizontalScrollBar()->value(), verticalScrollBar()->value()));
    emit viewChanged();
}

void GraphCanvas::select(const std::optional<Quantity>& quantity)
{
    m_state.selection = quantity;
    viewport()->update();
    if (quantity)
        GraphAccessible::announceSelection(*this);
}

void GraphCanvas::setMark(std::optional<GraphMark> mark)
{
    if (mark == m_state.mark)
        return;
    m_state.mark = std::move(mark);
    viewport()->update();
}

void GraphCanvas::coverSums(bool covering)
{
    m_state.coversSums = covering;
    viewport()->update();
}

void GraphCanvas::setWarnings(std::vector<Warning> warnings)
{
    m_state.warnings = std::move(warnings);
    m_axis->describe();
    m_rows->describe();
    m_axis->update();
    m_rows->update();
    viewport()->update();
}

void GraphCanvas::setEdgeQuantity(EdgeQuantity quantity)
{
    if (m_state.quantity == quantity)
        return;
    m_state.quantity = quantity;
    m_pictures.clear();
    updateItems();
    updateScales();
    viewport()->update();
    emit scalesChanged();
}

void GraphCanvas::themeChanged()
{
    m_pictures.clear();
    m_sprites.clear();
    placeMargins();
    relayout();
    viewport()->update();
}

void GraphCanvas::relayout()
{
    if (!m_state.frame)
        return;
    GraphLayoutInput input;
    input.viewport = viewport()->size();
    input.units = levelsOf(*m_state.frame->network);
    input.steps = std::max({m_state.frame->position.sequenceLength, m_state.newest(), std::int64_t(1)});
    input.zoom = m_layoutInput.zoom;
    input.folded = m_state.folded;
    if (input == m_layoutInput && m_state.layout.levels() > 0)
        return;
    m_layoutInput = input;
    m_state.layout = GraphLayout(input);
    m_state.layout.showStep(m_shownStep);
    m_pictures.clear();
    m_sprites.clear();
    for (const auto& [t, item] : m_items)
        item->layoutChanged();
    const bool tall = m_state.layout.height() > viewport()->height() + 1.0;
    setVerticalScrollBarPolicy(tall ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    setSceneRect(0, 0, std::floor(m_state.layout.width()), std::floor(m_state.layout.height()));
    m_rows->update();
}

/// The margins hold the row names and the time axis; their size depends on the network and the theme.
void GraphCanvas::placeMargins()
{
    const QMargins wanted(m_rows->neededWidth(), 0, 0, m_axis->neededHeight());
    if (wanted != viewportMargins()) {
        m_placing = true;
        setViewportMargins(wanted);
        m_placing = false;
    }
    const QRect inside = viewport()->geometry();
    m_rows->setGeometry(0, inside.top(), inside.left(), inside.height());
    m_axis->setGeometry(inside.left(), inside.bottom() + 1, inside.width(), m_axis->neededHeight());
}

void GraphCanvas::setGate(int gate)
{
    m_state.gate = gate;
    if (!m_state.frame)
        return;
    m_state.connections = connectionsOf(*m_state.frame->network, gate);
    m_pictures.clear();
    updateItems();
    updateScales();
    viewport()->update();
}

void GraphCanvas::setWeakest(double share)
{
    m_state.weakest = share;
    hurry();
    updateBudget();
    m_pictures.clear();
    viewport()->update();
}

void GraphCanvas::updateScales()
{
    if (!m_state.frame)
        return;
    const auto [first, last] = visibleSteps();
    const GraphScales scales =
        scalesOf(*m_state.frame, m_state.connections, m_state.quantity,
                 std::max(first, m_state.frame->firstStep), std::min(last, m_state.frame->lastStep));
    if (scales == m_state.scales)
        return;
    m_state.scales = scales;
    emit scalesChanged();
}

void GraphCanvas::pick(const Quantity& quantity)
{
    select(quantity);
    emit quantityPicked(quantity);
}

QPointF GraphCanvas::positionOf(const UnitId& unit) const
{
    return m_state.layout.center(unit) -
           QPointF(horizontalScrollBar()->value(), verticalScrollBar()->value());
}

QRectF GraphCanvas::rectOf(const Quantity& quantity) const
{
    if (!m_state.frame)
        return {};
    const QPointF scroll(horizontalScrollBar()->value(), verticalScrollBar()->value());
    if (const auto unit = unitOf(m_state, quantity))
        return m_state.layout.cell(*unit).translated(-scroll);
    if (quantity.kind == QuantityKind::StepLoss || quantity.kind == QuantityKind::Target)
        return m_state.layout.lossBox(quantity.t).translated(-scroll);
    if (const auto edge = edgeOf(m_state, quantity);
        edge && !(edge->connection->isAcrossTime() && edge->t < 2))
        return edgePath(m_state.layout, *edge->connection, edge->row, edge->column,
                        std::max<std::int64_t>(1, edge->t))
            .boundingRect()
            .translated(-scroll);
    return {};
}

void GraphCanvas::drawBackground(QPainter* painter, const QRectF& rect)
{
    painter->fillRect(rect, Theme::current().card);
    if (m_state.frame && m_state.layout.isCells())
        paintUnitCells(*painter, m_state);
}

void GraphCanvas::drawForeground(QPainter* painter, const QRectF&)
{
    if (!m_state.frame)
        return;
    const auto [first, last] = visibleSteps();
    paintCut(*painter, m_state);
    paintLoopMarks(*painter, m_state);
    paintPlayhead(*painter, m_state);
    paintSelection(*painter, m_state, first, last);
    paintMark(*painter, m_state, first, last);
    paintWarnedUnits(*painter, m_state);
    painter->resetTransform();
    const Theme& theme = Theme::current();
    if (m_shown != std::pair(edgesInView(), leftOut())) {
        m_shown = {edgesInView(), leftOut()};
        QMetaObject::invokeMethod(this, &GraphCanvas::viewChanged, Qt::QueuedConnection);
    }
    if (m_focusByKey && hasFocus()) {
        painter->setPen(theme.pen(theme.backward, 1.0, Qt::DotLine));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(viewport()->rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
}

} // namespace chronograd
