#include "ui/graph/graph_canvas.h"

#include "ui/graph/graph_selection.h"
#include "ui/graph/pulses.h"
#include "ui/graph/row_labels.h"
#include "ui/graph/step_item.h"
#include "ui/graph/time_axis.h"

#include <QGraphicsScene>
#include <QScrollBar>
#include <QTimer>

#include <algorithm>
#include <cmath>

/// What of the graph is in view, how near, and what drawing it may cost.

namespace chronograd {

namespace {

constexpr double smallestZoom = 0.01;
constexpr double largestZoom = 8.0;
/// Length of edges, in pixels, that one repaint may render: what fits into a frame of 16 ms while numbers
/// stream in, and what nobody waits for once they stand still.
constexpr double hurriedEdges = 1.3e5;
constexpr double calmEdges = 8e6;

} // namespace

std::vector<std::int64_t> GraphCanvas::stepsInView() const
{
    std::vector<std::int64_t> steps;
    for (std::int64_t t = m_state.inView.from; t <= m_state.inView.to; ++t)
        steps.push_back(t);
    return steps;
}

std::pair<std::int64_t, std::int64_t> GraphCanvas::visibleSteps() const
{
    if (m_state.layout.isSpread())
        return {1, 1};
    if (m_state.layout.isFolded())
        return {m_shownStep, m_shownStep};
    const int left = horizontalScrollBar()->value();
    return {m_state.layout.stepAt(left), m_state.layout.stepAt(left + viewport()->width())};
}

void GraphCanvas::updateItems()
{
    if (!m_state.frame)
        return;
    const auto [visibleFirst, visibleLast] = visibleSteps();
    m_state.inView = {visibleFirst, visibleLast};
    m_state.leftInView = horizontalScrollBar()->value();
    m_state.rightInView = m_state.leftInView + viewport()->width();
    // A step's edges begin at the one before, so the next one to the right shows too.
    const bool items = !m_state.layout.isCells(); // cells are one picture
    const std::int64_t first = std::max(visibleFirst, std::int64_t(1));
    const std::int64_t beside = m_state.layout.isUnfolded() ? 1 : 0;
    const std::int64_t last = items ? std::min(visibleLast + beside, m_state.layout.steps()) : first - 1;
    std::erase_if(m_items, [first, last](const auto& entry) {
        if (entry.first >= first && entry.first <= last)
            return false;
        delete entry.second;
        return true;
    });
    for (std::int64_t t = first; t <= last; ++t) {
        if (!m_items.contains(t)) {
            auto* item = new StepItem(m_state, m_pictures, m_sprites, t);
            scene()->addItem(item);
            m_items.emplace(t, item);
        }
    }
    m_pictures.keep(first, last);
    updateBudget();
}

/// What is the same in every copy is drawn once, and again only when its size changes.
void GraphCanvas::updateBudget()
{
    const bool isShared = chronograd::isShared(m_state.quantity);
    if (isShared && !m_isZooming) {
        m_state.mostEdges = 1 << 20;
        return;
    }
    const std::size_t pictures = isShared ? 1 : m_items.size();
    const std::size_t bundles = std::max<std::size_t>(1, pictures * m_state.connections.size());
    const double length = m_state.layout.pitch() + m_state.layout.height() / 3;
    const double budget = (m_hurried ? hurriedEdges : calmEdges) / length / static_cast<double>(bundles);
    m_state.mostEdges = std::max(12, static_cast<int>(budget));
}

/// The picture changes many times a second.
void GraphCanvas::hurry()
{
    m_hurried = true;
    m_calm->start();
}

/// The stream of frames has stopped: now there is time for the faint edges.
void GraphCanvas::calmDown()
{
    m_hurried = false;
    m_isZooming = false;
    updateBudget();
    m_pictures.refresh();
    viewport()->update();
}

void GraphCanvas::movedByHand()
{
    m_following = isPlayheadInView();
}

bool GraphCanvas::isPlayheadInView() const
{
    const std::int64_t t = m_state.playhead();
    const auto [first, last] = visibleSteps();
    return t >= first && t <= last;
}

/// Scrolls as little as keeps the step at work, or the newest and room for the next, in view; after going
/// back in time the newest with its window.
void GraphCanvas::follow()
{
    if (!m_following || !m_state.frame || !m_state.layout.isUnfolded())
        return;
    const std::int64_t t = std::max<std::int64_t>(1, m_state.playhead());
    const bool ahead = t == m_state.newest() && m_state.frame->settings.k1 != StepCount(1);
    const double right = m_state.layout.boundary(std::min(t + (ahead ? 1 : 0), m_state.layout.steps()));
    const Window& window = m_state.frame->window;
    const bool showsWindow = t == m_state.newest() && window.length() > 0;
    const double left =
        m_state.layout.boundary(showsWindow ? std::max<std::int64_t>(0, window.from - 2) : t - 1);
    QScrollBar& bar = *horizontalScrollBar();
    if (right > bar.value() + viewport()->width())
        bar.setValue(static_cast<int>(std::ceil(right)) - viewport()->width());
    else if (left < bar.value()) // as far as the right end stays in view
        bar.setValue(
            std::min(bar.value(), std::max(static_cast<int>(std::floor(left)),
                                           static_cast<int>(std::ceil(right)) - viewport()->width())));
    m_following = true;
}

void GraphCanvas::reveal(const Quantity& quantity)
{
    if (m_state.layout.isFolded() && quantity.t > 0) {
        showShownStep(quantity.t);
        updateItems();
        m_axis->update();
        return;
    }
    if (!m_state.frame || quantity.t < m_state.frame->firstStep)
        return; // of all copies, or of one that is not drawn
    const QRectF area =
        rectOf(quantity).translated(horizontalScrollBar()->value(), verticalScrollBar()->value());
    if (area.isEmpty())
        return;
    ensureVisible(area, 30, 12);
    m_following = isPlayheadInView();
}

void GraphCanvas::resizeEvent(QResizeEvent* event)
{
    const double left = horizontalScrollBar()->value() / std::max(1.0, m_state.layout.width());
    QGraphicsView::resizeEvent(event);
    if (m_placing)
        return; // whoever places the margins lays out afterwards
    placeMargins();
    relayout();
    if (!m_following) // the same step at the left edge
        horizontalScrollBar()->setValue(static_cast<int>(std::lround(left * m_state.layout.width())));
    follow();
    updateItems();
}

void GraphCanvas::scrollContentsBy(int dx, int dy)
{
    QGraphicsView::scrollContentsBy(dx, dy);
    m_axis->setScroll(horizontalScrollBar()->value());
    m_rows->setScroll(verticalScrollBar()->value());
    m_pulses->stop();
    updateItems();
    emit viewChanged();
}

void GraphCanvas::zoomBy(double factor, double anchor)
{
    const double zoom = std::clamp(m_layoutInput.zoom * factor, smallestZoom, largestZoom);
    if (zoom == m_layoutInput.zoom || !m_state.frame)
        return;
    const double across = (horizontalScrollBar()->value() + anchor) / std::max(1.0, m_state.layout.width());
    const double down = (verticalScrollBar()->value() + viewport()->height() / 2.0) / m_state.layout.height();
    hurry();
    m_isZooming = true;
    m_layoutInput.zoom = zoom;
    m_state.layout = GraphLayout();
    relayout();
    horizontalScrollBar()->setValue(static_cast<int>(std::lround(across * m_state.layout.width() - anchor)));
    verticalScrollBar()->setValue(
        static_cast<int>(std::lround(down * m_state.layout.height() - viewport()->height() / 2.0)));
    m_axis->setScroll(horizontalScrollBar()->value());
    m_rows->setScroll(verticalScrollBar()->value());
    m_following = isPlayheadInView();
    updateItems();
    if (m_state.quantity == EdgeQuantity::Value) // the only scale that is of the steps in view
        updateScales();
    viewport()->update();
    emit scalesChanged(); // cells have a legend of their own
}

void GraphCanvas::resetZoom()
{
    zoomBy(1.0 / m_layoutInput.zoom, viewport()->width() / 2.0);
    m_following = true;
    follow();
}

} // namespace chronograd
