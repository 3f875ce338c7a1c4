#include "ui/inspector/share_bars.h"

#include "ui/theme/formula_number.h"
#include "ui/theme/number_text.h"
#include "ui/theme/theme.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <utility>

namespace chronograd {

namespace {

constexpr int stepWidth = 58;
constexpr int updateWidth = 96;
constexpr int numberWidth = 96;

QString numberText(const std::optional<double>& number, int digits)
{
    return number ? formulaNumberText(*number, digits) : ShareBars::tr("not yet");
}

constexpr const char* barsContext = "chronograd::ShareBars";

QString nameOf(ShareTable::Of of, std::int64_t t)
{
    return of == ShareTable::Of::Steps ? ShareBars::tr("t = %1").arg(t) : ShareBars::tr("update %1").arg(t);
}

QString olderName(ShareTable::Of of, std::int64_t count)
{
    return of == ShareTable::Of::Steps
               ? counted(barsContext, "%n earlier step", "%n earlier steps", count)
               : counted(barsContext, "%n earlier update", "%n earlier updates", count);
}

QString sumName(ShareTable::Of of)
{
    switch (of) {
    case ShareTable::Of::Steps:
        return ShareBars::tr("Σ = ∂L/∂w");
    case ShareTable::Of::Updates:
        return ShareBars::tr("Σ = v");
    case ShareTable::Of::UpdatesOfMoment:
        break;
    }
    return ShareBars::tr("Σ = m");
}

} // namespace

ShareBars::ShareBars(QWidget* parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setToolTip(
        tr("What each time step adds to the gradient of this weight; click a step to see where its share "
           "comes from"));
}

void ShareBars::setTable(ShareTable table, int digits)
{
    const QSize before = sizeHint();
    m_table = std::move(table);
    m_digits = digits;
    QStringList words;
    for (const ShareRow& row : m_table.rows) {
        words << tr("%1: %2").arg(nameOf(m_table.of, row.t),
                                  row.isCut ? tr("cut") : numberText(row.share, digits));
    }
    setAccessibleName((m_table.of == ShareTable::Of::Steps
                           ? tr("Share of the gradient by time step. %1. Sum %2")
                           : tr("Past gradients by update. %1. Sum %2"))
                          .arg(words.join(QStringLiteral("; ")), numberText(m_table.sum, digits)));
    if (sizeHint() != before)
        updateGeometry();
    update();
}

void ShareBars::setChosen(std::optional<std::int64_t> t)
{
    if (t != std::exchange(m_chosen, t))
        update();
}

int ShareBars::rowHeight() const
{
    return QFontMetrics(Theme::current().textFont()).height() + 3;
}

int ShareBars::windowRows() const
{
    return int(std::count_if(m_table.rows.begin(), m_table.rows.end(),
                             [](const ShareRow& row) { return !row.isCut; }));
}

int ShareBars::lineCount() const
{
    return int(m_table.rows.size()) + (m_table.olderSteps > 0 ? 1 : 0) + 1;
}

QRect ShareBars::lineRect(int line) const
{
    return {0, line * rowHeight(), width(), rowHeight()};
}

QRect ShareBars::rowRect(int row) const
{
    return lineRect(m_table.olderSteps > 0 && row >= windowRows() ? row + 1 : row);
}

QSize ShareBars::sizeHint() const
{
    return {300, lineCount() * rowHeight() + 6};
}

QSize ShareBars::minimumSizeHint() const
{
    return {220, lineCount() * rowHeight() + 6};
}

bool ShareBars::isLink(int row) const
{
    return row >= 0 && row < static_cast<int>(m_table.rows.size()) &&
           m_table.rows[static_cast<std::size_t>(row)].share.has_value();
}

int ShareBars::rowAt(QPointF position) const
{
    const int row = int(position.y()) / rowHeight(); // Rows below the line of older steps are no links.
    return row < windowRows() && isLink(row) ? row : -1;
}

int ShareBars::labelWidth() const
{
    return m_table.of == ShareTable::Of::Steps ? stepWidth : updateWidth;
}

void ShareBars::paintLine(QPainter& painter, const QRect& rect, const QString& label,
                          const QString& number) const
{
    painter.drawText(rect.adjusted(4, 0, -4, 0), Qt::AlignLeft | Qt::AlignVCenter, label);
    painter.drawText(rect.adjusted(4, 0, -4, 0), Qt::AlignRight | Qt::AlignVCenter, number);
}

void ShareBars::paintRow(QPainter& painter, int row) const
{
    const Theme& theme = Theme::current();
    const ShareRow& share = m_table.rows[static_cast<std::size_t>(row)];
    const QRect rect = rowRect(row);
    const bool chosen = m_chosen == share.t;
    if (chosen || row == m_hovered) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.controlFill);
        painter.drawRoundedRect(rect, 4, 4);
    }
    if (chosen && hasFocus()) {
        painter.setPen(theme.pen(theme.backward, 1.4));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 4, 4);
    }
    painter.setPen(share.isCut ? theme.textSecondary : theme.text);
    const QString number = share.isCut ? tr("cut") : numberText(share.share, m_digits);
    painter.drawText(QRect(rect.left() + 4, rect.top(), labelWidth(), rect.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, nameOf(m_table.of, share.t));
    if (share.isCut)
        painter.setPen(theme.cut);
    QFont font = painter.font();
    font.setUnderline(row == m_hovered);
    painter.setFont(font);
    painter.drawText(rect.adjusted(0, 0, -4, 0), Qt::AlignRight | Qt::AlignVCenter, number);
    font.setUnderline(false);
    painter.setFont(font);

    const QRectF lane(rect.left() + labelWidth() + 6, rect.top() + 3.5,
                      rect.width() - labelWidth() - numberWidth - 12, rect.height() - 7);
    if (share.isCut) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(QBrush(theme.line, Qt::BDiagPattern));
        painter.drawRect(lane);
        return;
    }
    painter.setPen(theme.pen(theme.line, 1));
    painter.drawLine(QPointF(lane.center().x(), rect.top()), QPointF(lane.center().x(), rect.bottom() + 1));
    if (!share.share || m_table.greatest <= 0.0)
        return;
    const qreal length = lane.width() / 2 * std::abs(*share.share) / m_table.greatest;
    const bool negative = *share.share < 0.0;
    const qreal left = negative ? lane.center().x() - length : lane.center().x();
    painter.setPen(Qt::NoPen);
    painter.setBrush(negative ? theme.negative : theme.positive);
    painter.drawRect(QRectF(left, lane.top(), std::max(length, 0.6), lane.height()));
}

void ShareBars::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.textFont());
    const int rows = static_cast<int>(m_table.rows.size());
    for (int row = 0; row < rows; ++row)
        paintRow(painter, row);
    painter.setPen(theme.textSecondary);
    if (m_table.olderSteps > 0) {
        paintLine(painter, lineRect(windowRows()), olderName(m_table.of, m_table.olderSteps),
                  numberText(m_table.olderSum, m_digits));
    }
    const QRect last = lineRect(lineCount() - 1);
    painter.setPen(theme.line);
    painter.drawLine(0, last.top(), width(), last.top());
    painter.setPen(theme.text);
    painter.setFont(theme.boldFont());
    paintLine(painter, last, sumName(m_table.of), numberText(m_table.sum, m_digits));
}

void ShareBars::mouseMoveEvent(QMouseEvent* event)
{
    const int row = rowAt(event->position());
    setCursor(row >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (row != std::exchange(m_hovered, row))
        update();
}

void ShareBars::mouseReleaseEvent(QMouseEvent* event)
{
    const int row = rowAt(event->position());
    if (event->button() == Qt::LeftButton && row >= 0)
        emit stepActivated(m_table.rows[static_cast<std::size_t>(row)].t);
}

void ShareBars::leaveEvent(QEvent*)
{
    m_hovered = -1;
    update();
}

void ShareBars::keyPressEvent(QKeyEvent* event)
{
    const int down = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if (down == 0 || m_table.rows.empty()) {
        QWidget::keyPressEvent(event);
        return;
    }
    const auto at = std::find_if(m_table.rows.begin(), m_table.rows.end(),
                                 [this](const ShareRow& row) { return m_chosen == row.t; });
    const int next = at == m_table.rows.end() ? 0 : int(at - m_table.rows.begin()) + down;
    if (isLink(next))
        emit stepActivated(m_table.rows[static_cast<std::size_t>(next)].t);
}

} // namespace chronograd
