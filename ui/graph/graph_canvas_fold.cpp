// One copy with loops instead of a copy for each step, and back.
#include "ui/graph/fold_animation.h"
#include "ui/graph/graph_canvas.h"
#include "ui/graph/time_axis.h"

#include <QScrollBar>
#include <QStyle>

#include <algorithm>

namespace chronograd {

void GraphCanvas::showShownStep(std::int64_t t)
{
    m_shownStep = std::clamp<std::int64_t>(t, 1, std::max<std::int64_t>(1, m_state.layout.steps()));
    m_state.layout.showStep(m_shownStep);
}

std::vector<QRect> GraphCanvas::columnsInView() const
{
    std::vector<QRect> columns;
    const int left = horizontalScrollBar()->value();
    for (const std::int64_t t : stepsInView())
        columns.emplace_back(static_cast<int>(m_state.layout.boundary(t - 1)) - left, 0,
                             static_cast<int>(m_state.layout.pitch()), viewport()->height());
    return columns;
}

bool GraphCanvas::mayAnimate() const
{
    return m_animated && isVisible() &&
           style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0;
}

bool GraphCanvas::isAnimating() const
{
    return m_fold->isRunning();
}

void GraphCanvas::setFolded(bool folded)
{
    if (folded == m_state.folded || (folded && !(m_state.frame && m_state.isRecurrent())))
        return;
    const bool animate = mayAnimate() && m_state.frame != nullptr;
    FoldAnimation::Pictures pictures;
    if (animate)
        (folded ? pictures.unfolded : pictures.folded) = viewport()->grab();
    if (folded)
        pictures.columns = columnsInView();
    m_state.folded = folded;
    m_layoutInput.zoom = 1.0;
    m_shownStep = std::max<std::int64_t>(1, m_state.playhead());
    placeMargins();
    relayout();
    placeMargins();
    relayout();
    m_following = true;
    follow();
    updateItems();
    updateScales();
    m_axis->update();
    viewport()->update();
    if (animate) {
        (folded ? pictures.folded : pictures.unfolded) = viewport()->grab();
        if (!folded)
            pictures.columns = columnsInView();
        pictures.middle = viewport()->width() / 2.0;
        m_fold->run(std::move(pictures), !folded);
    }
    emit foldChanged(folded);
    emit scalesChanged();
}

} // namespace chronograd
