#include "ui/graph/operations_area.h"

#include "ui/graph/operations_view.h"

namespace chronograd {

OperationsArea::OperationsArea(const GraphState& state, QWidget* parent)
    : QScrollArea(parent)
    , m_view(new OperationsView(state))
{
    setFrameShape(QFrame::NoFrame);
    setWidget(m_view);
    setFocusProxy(m_view);
    setAccessibleName(tr("Operations of one time step"));
    connect(m_view, &OperationsView::currentMoved, this,
            [this](const QRect& node) { ensureVisible(node.center().x(), node.center().y(), 120, 60); });
}

void OperationsArea::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    m_view->fitInto(maximumViewportSize());
}

} // namespace chronograd
