#include "ui/graph/row_labels.h"

#include "ui/graph/graph_state.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace chronograd {

namespace {

constexpr int widest = 96;
constexpr int gap = 8;

} // namespace

RowLabels::RowLabels(const GraphState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
{}

void RowLabels::setScroll(int y)
{
    m_scroll = y;
    update();
}

int RowLabels::neededWidth() const
{
    const QFontMetrics metrics(Theme::current().textFont());
    int width = metrics.horizontalAdvance(tr("loss"));
    for (int level = 0; m_state.frame && level <= m_state.frame->layers(); ++level)
        width = std::max(width, metrics.horizontalAdvance(m_state.levelName(level)));
    return std::min(width, widest) + gap;
}

void RowLabels::paintEvent(QPaintEvent*)
{
    if (!m_state.frame)
        return;
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.setFont(theme.textFont());
    painter.setPen(theme.textSecondary);
    const QFontMetrics metrics(painter.font());
    const auto label = [&](double y, const QString& text) {
        const QRectF area(0, y - m_scroll - 10, width() - gap / 2.0, 20);
        painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(text, Qt::ElideRight, width() - gap / 2));
    };
    label(m_state.layout.lossBox(1).center().y(), tr("loss"));
    for (int level = 0; level < m_state.layout.levels(); ++level)
        label(m_state.layout.levelMiddle(level), m_state.levelName(level));
}

} // namespace chronograd
