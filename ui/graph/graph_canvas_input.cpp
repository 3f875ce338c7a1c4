// What mouse, wheel and keys do to the graph.
#include "ui/graph/graph_canvas.h"
#include "ui/graph/graph_selection.h"
#include "ui/graph/graph_tip.h"
#include "ui/graph/time_axis.h"

#include <QHelpEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>

namespace chronograd {

namespace {

constexpr double keyZoom = 1.25;
constexpr int dragThreshold = 4;
constexpr double cutReach = 9.0; ///< Around the line of the cut.

} // namespace

/// The frame of the focus is for those who came by keyboard; others know where they clicked.
void GraphCanvas::focusInEvent(QFocusEvent* event)
{
    m_focusByKey = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
                   event->reason() == Qt::ShortcutFocusReason;
    QGraphicsView::focusInEvent(event);
    viewport()->update();
}

bool GraphCanvas::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && m_state.frame) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto quantity = quantityAt(m_state, mapToScene(help->pos()));
        if (quantity)
            QToolTip::showText(help->globalPos(), tipText(m_state, *quantity), viewport(),
                               rectOf(*quantity).toAlignedRect());
        else
            QToolTip::showText(help->globalPos(), tipBesideQuantities(help->pos()), viewport());
        return true;
    }
    return QGraphicsView::viewportEvent(event);
}

/// Of the cut, or why a unit is still empty.
QString GraphCanvas::tipBesideQuantities(QPoint position) const
{
    if (isOverCut(position))
        return cutSentence(m_state);
    const auto unit = m_state.layout.unitAt(mapToScene(position));
    const bool isLater = unit && unit->t > m_state.newest() && unit->t <= m_state.layout.steps();
    return isLater ? tipText(m_state, unitQuantity(m_state, *unit)) : QString();
}

bool GraphCanvas::isOverCut(QPoint position) const
{
    if (!m_state.isCut() || !m_state.layout.isUnfolded())
        return false;
    return std::abs(mapToScene(position).x() - m_state.layout.boundary(m_state.cutStep() - 1)) <= cutReach;
}

void GraphCanvas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = event->pos();
    m_dragged = event->pos();
    m_panning = false;
}

void GraphCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_pressed) {
        const bool something = m_state.frame && quantityAt(m_state, mapToScene(event->pos()));
        viewport()->setCursor(something ? Qt::PointingHandCursor : Qt::ArrowCursor);
        return;
    }
    if (!m_panning && (event->pos() - *m_pressed).manhattanLength() < dragThreshold)
        return;
    m_panning = true;
    viewport()->setCursor(Qt::ClosedHandCursor);
    const QPoint by = event->pos() - m_dragged;
    m_dragged = event->pos();
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - by.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() - by.y());
    m_following = isPlayheadInView();
}

void GraphCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_pressed)
        return;
    const bool clicked = !m_panning;
    m_pressed.reset();
    m_panning = false;
    viewport()->setCursor(Qt::ArrowCursor);
    if (!clicked)
        return;
    if (const auto quantity = quantityAt(m_state, mapToScene(event->pos())))
        pick(*quantity);
}

void GraphCanvas::wheelEvent(QWheelEvent* event)
{
    const QPoint by = event->angleDelta();
    const bool sideways =
        std::abs(by.x()) > std::abs(by.y()) || event->modifiers().testFlag(Qt::ShiftModifier);
    if (sideways) {
        const int amount = by.x() != 0 ? by.x() : by.y();
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - amount);
        m_following = isPlayheadInView();
    } else if (by.y() != 0) {
        zoomBy(std::pow(1.0015, by.y()), event->position().x());
    }
    event->accept();
}

void GraphCanvas::keyPressEvent(QKeyEvent* event)
{
    const auto arrow = [this](Direction direction) {
        if (!m_state.frame)
            return;
        const Quantity next =
            m_state.selection ? moved(m_state, *m_state.selection, direction) : firstSelection(m_state);
        reveal(next);
        pick(next);
    };
    switch (event->key()) {
    case Qt::Key_Left:
        return arrow(Direction::Earlier);
    case Qt::Key_Right:
        return arrow(Direction::Later);
    case Qt::Key_Up:
        return arrow(Direction::Up);
    case Qt::Key_Down:
        return arrow(Direction::Down);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomBy(keyZoom, viewport()->width() / 2.0);
    case Qt::Key_Minus:
        return zoomBy(1.0 / keyZoom, viewport()->width() / 2.0);
    case Qt::Key_F:
        return setFolded(!m_state.folded);
    case Qt::Key_0:
        return resetZoom();
    default:
        event->ignore();
    }
}

void GraphCanvas::showAsked(const SettingChange& change)
{
    if (m_state.frame && m_state.ask(change))
        bracketsChanged();
}

void GraphCanvas::showDragged(const std::optional<SettingChange>& change)
{
    const bool isOfBracket = !change || change->setting == Setting::K1 || change->setting == Setting::K2;
    if (!m_state.frame || !isOfBracket || m_state.dragged == change)
        return;
    m_state.dragged = change;
    bracketsChanged();
}

void GraphCanvas::bracketsChanged()
{
    m_axis->describe();
    m_axis->update();
    updateItems();
    viewport()->update();
}

} // namespace chronograd
