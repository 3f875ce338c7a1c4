#include "ui/graph/graph_legend.h"

#include "ui/graph/graph_state.h"
#include "ui/theme/number_text.h"
#include "ui/theme/reading.h"
#include "ui/theme/sign_words.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

namespace chronograd {

namespace {

/// Pixels at a desk.
constexpr int barWidth = 96;
constexpr int signWidth = 14;
constexpr int signGap = 10;
constexpr int legendHeight = 36;
constexpr int lineHeight = 15; ///< Where there are two …
constexpr int narrowLine = 13; ///< … and where there are three.

int magnified(int size)
{
    return Theme::current().magnified(size);
}

/// Of the bar and the signs at its ends.
int scaleBarWidth()
{
    return magnified(2 * signWidth + barWidth);
}

} // namespace

GraphLegend::GraphLegend(const GraphState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setAccessibleName(tr("Legend"));
    explainColours();
}

void GraphLegend::showColumns(const std::optional<Columns>& columns)
{
    m_columns = columns;
    explainColours();
    update();
}

void GraphLegend::explainColours()
{
    setAccessibleDescription((m_columns ? tr("Left column: value. Right column: gradient.")
                                        : tr("Fill: activation. Ring and arrow: delta.")) +
                             u' ' + signWords());
    if (m_columns) {
        setToolTip(signWords() + u'\n' +
                   tr("On each arrow: left what flows forward, right the gradient that comes back.\n"
                      "± are the ends of the scales of values and gradients."));
        return;
    }
    setToolTip(signWords() + u'\n' +
               tr("Fill: activation. Ring and arrow: %1; the arrow points up for positive.\n"
                  "Dashed and empty: not computed yet in this pass.\n"
                  "± are the ends of the scales of edges and deltas.")
                   .arg(deltaDefinition(Reading::current().sign)));
}

void GraphLegend::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LocaleChange || event->type() == QEvent::StyleChange)
        explainColours();
}

QString GraphLegend::caption() const
{
    if (m_columns)
        return tr("left: value →   right: gradient ← ∂");
    if (m_state.layout.isBlocks())
        return tr("blocks: activation, right: delta δ");
    if (!m_state.layout.isCells())
        return tr("fill: activation   ring, arrow: delta δ");
    return m_state.cellsShowDeltas() ? tr("cells: delta δ   bars: loss")
                                     : tr("cells: activation   bars: loss");
}

QString GraphLegend::shortCaption() const
{
    if (m_columns)
        return tr("left: value, right: ∂");
    if (m_state.layout.isBlocks())
        return tr("left: value, right: δ");
    if (!m_state.layout.isCells())
        return tr("fill: value, ring: δ");
    return m_state.cellsShowDeltas() ? tr("cells: δ, bars: loss") : tr("cells: value, bars: loss");
}

QString GraphLegend::shownCaption() const
{
    return widthOf(caption()) <= width() ? caption() : shortCaption();
}

int GraphLegend::widthOf(const QString& text) const
{
    const Theme& theme = Theme::current();
    return QFontMetrics(theme.textFont(theme.smallSize)).horizontalAdvance(text);
}

QString GraphLegend::scaleText() const
{
    if (m_columns)
        return tr("values ±%1   ∂ ±%2")
            .arg(exactNumber(m_columns->values), exactNumber(m_columns->gradients));
    const QString none = QStringLiteral("–");
    const QString edges =
        m_state.scales.hasEdge ? QStringLiteral("±") + exactNumber(m_state.scales.edge) : none;
    const QString delta =
        m_state.scales.hasDelta ? QStringLiteral("±") + exactNumber(m_state.scales.delta) : none;
    return tr("edges %1   δ %2").arg(edges, delta);
}

/// Wide enough for any scale, so that the header does not jump.
int GraphLegend::scaleWidth() const
{
    return widthOf(tr("edges %1   δ %2").arg(QStringLiteral("±0.0005"), QStringLiteral("±0.0005")));
}

QSize GraphLegend::sizeHint() const
{
    const int words = widthOf(tr("fill: activation   ring, arrow: delta δ"));
    return {std::max(scaleBarWidth() + magnified(signGap) + scaleWidth(), words) + 4,
            magnified(legendHeight)};
}

QSize GraphLegend::minimumSizeHint() const
{
    return {std::max(scaleBarWidth(), scaleWidth()) + 4, magnified(legendHeight)};
}

void GraphLegend::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.setFont(theme.textFont(theme.smallSize));
    painter.setPen(theme.textSecondary);
    const bool isNarrow = width() < sizeHint().width();
    const int sign = magnified(signWidth);
    const QRect bar(sign, magnified(isNarrow ? 1 : 5), magnified(barWidth), magnified(isNarrow ? 7 : 9));
    const auto write = [&](int left, int middle, const QString& text) {
        painter.drawText(QRect(left, middle - height() / 2, width() - left, height()),
                         Qt::AlignLeft | Qt::AlignVCenter, text);
    };
    const QRect ends(0, bar.center().y() - sign / 2, sign - 2, sign);
    painter.drawText(ends, Qt::AlignCenter, QStringLiteral("−"));
    painter.drawText(ends.translated(bar.right() + 3, 0), Qt::AlignCenter, QStringLiteral("+"));
    const int last = height() - magnified(isNarrow ? narrowLine : lineHeight) / 2;
    if (isNarrow) {
        write(0, last - magnified(narrowLine), shownCaption());
        write(0, last, scaleText());
    } else {
        write(scaleBarWidth() + magnified(signGap), bar.center().y(), scaleText());
        write(0, last - 2, shownCaption());
    }
    QLinearGradient scale(bar.left(), 0, bar.right(), 0);
    for (int stop = 0; stop <= 8; ++stop)
        scale.setColorAt(stop / 8.0, theme.signColor(stop / 4.0 - 1.0));
    painter.setPen(theme.pen(theme.line, 1));
    painter.setBrush(scale);
    painter.drawRect(QRectF(bar).adjusted(0.5, 0.5, -0.5, -0.5));
}

} // namespace chronograd
