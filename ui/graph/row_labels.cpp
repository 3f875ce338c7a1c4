#include "ui/graph/row_labels.h"

#include "ui/graph/graph_state.h"
#include "ui/graph/warning_marks.h"
#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace chronograd {

namespace {

constexpr int widest = 120;
constexpr int labelGap = 8;
constexpr double halfLine = 10.0;
constexpr QPointF signPlace(7.0, 19.0); ///< From the middle of a name's left edge: below it.

} // namespace

RowLabels::RowLabels(const GraphState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
{
    setAccessibleName(tr("Rows"));
}

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
    return std::min(width, widest) + labelGap;
}

/// In the middle of the level, or of what is in view of it.
double RowLabels::middleOf(int level) const
{
    const GraphLayout& layout = m_state.layout;
    const double middle = layout.levelMiddle(level);
    const QRectF frame = layout.levelFrame(1, level);
    const double top = std::max(frame.top(), double(m_scroll)) + halfLine;
    const double bottom = std::min(frame.bottom(), double(m_scroll + height())) - halfLine;
    return top < bottom ? std::clamp(middle, top, bottom) : middle;
}

void RowLabels::paintEvent(QPaintEvent*)
{
    if (!m_state.frame)
        return;
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.textFont());
    const QFontMetrics metrics(painter.font());
    const auto label = [&](double y, const QString& text, bool isWarned) {
        painter.setPen(theme.textSecondary);
        const QRectF area(0, y - m_scroll - 10, width() - labelGap / 2.0, 20);
        painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(text, Qt::ElideRight, width() - labelGap / 2));
        if (isWarned)
            paintWarningSign(painter, QPointF(0, y - m_scroll) + signPlace);
    };
    label(m_state.layout.lossBox(1).center().y(), tr("loss"), !warningsAtLoss(m_state).isEmpty());
    for (int level = 0; level < m_state.layout.levels(); ++level)
        label(middleOf(level), m_state.levelName(level), !warningsAtLevel(m_state, level).isEmpty());
}

void RowLabels::describe()
{
    QStringList lines;
    if (m_state.frame) {
        lines << warningsAtLoss(m_state);
        for (int level = 0; level < m_state.layout.levels(); ++level)
            lines << warningsAtLevel(m_state, level);
    }
    lines.removeAll(QString());
    setAccessibleDescription(lines.join(u'\n'));
}

QString RowLabels::warningsNear(double y) const
{
    const auto isNear = [y](double middle) { return y >= middle - 10 && y <= middle + signPlace.y() + 10; };
    if (isNear(m_state.layout.lossBox(1).center().y()))
        return warningsAtLoss(m_state);
    for (int level = 0; level < m_state.layout.levels(); ++level)
        if (isNear(middleOf(level)))
            return warningsAtLevel(m_state, level);
    return {};
}

bool RowLabels::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && m_state.frame) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), warningsNear(help->pos().y() + m_scroll), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace chronograd
