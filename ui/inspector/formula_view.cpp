#include "ui/inspector/formula_view.h"

#include "ui/theme/reading.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace chronograd {

namespace {

constexpr qreal margin = 3.0;        // Italic letters lean over their box, and the underline needs room.
constexpr qint64 runningPause = 300; // milliseconds; numbers that come faster run by

int heightOf(const FormulaLayout& layout)
{
    return int(std::ceil(layout.size().height() + 2 * margin));
}

FormulaColours coloursOf(const Theme& theme)
{
    QColor faint = theme.backward;
    faint.setAlpha(26);
    return {theme.text,     theme.textSecondary, theme.backward, faint,
            theme.backward, theme.cut,           theme.backward};
}

} // namespace

FormulaView::FormulaView(QWidget* parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void FormulaView::setEquation(FormulaEquation equation, const QString& asText, Describe describe)
{
    const std::size_t linksBefore = m_layout.links().size();
    m_equation = std::move(equation);
    m_describe = std::move(describe);
    setAccessibleName(asText);
    forgetLayout();
    layOut();
    // While numbers run through the same formula, the link under the pointer stays the one it was.
    if (m_layout.links().size() != linksBefore)
        m_active = m_pressed = -1;
    setFocusPolicy(m_layout.links().empty() ? Qt::NoFocus : Qt::StrongFocus);
    // Numbers that run by break the lines now here, now there: the page below stays where it is.
    const bool runs = m_layout.links().size() == linksBefore && m_heldWidth == width() &&
                      m_sinceSet.isValid() && m_sinceSet.elapsed() < runningPause;
    const int height = m_heights[width()];
    m_heldHeight = runs ? std::max(m_heldHeight, height) : height;
    if (std::exchange(m_heldWidth, width()) != width())
        m_hintedHeight = -1;
    m_sinceSet.start();
    if (std::exchange(m_hintedHeight, m_heldHeight) != m_heldHeight)
        updateGeometry();
    update();
}

FormulaStyle FormulaView::styleFor(int width) const
{
    const Theme& theme = Theme::current();
    FormulaStyle style;
    style.mathematics = theme.mathFont();
    style.words = theme.textFont(theme.smallSize);
    style.digits = Reading::current().digits;
    style.width = std::max(120.0, width - 2 * margin);
    return style;
}

void FormulaView::forgetLayout()
{
    m_laidOutWidth = -1;
    m_heights.clear();
}

void FormulaView::layOut()
{
    if (width() == m_laidOutWidth)
        return;
    m_laidOutWidth = width();
    m_layout = FormulaLayout(m_equation, styleFor(width()));
    m_heights[width()] = heightOf(m_layout);
}

/// Layouts ask for the same few widths again and again, and long formulas take their time.
int FormulaView::heightForWidth(int width) const
{
    auto known = m_heights.find(width);
    if (known == m_heights.end())
        known = m_heights.emplace(width, heightOf(FormulaLayout(m_equation, styleFor(width)))).first;
    return width == m_heldWidth ? std::max(m_heldHeight, known->second) : known->second;
}

QSize FormulaView::sizeHint() const
{
    return {300, heightForWidth(width())};
}

QSize FormulaView::minimumSizeHint() const
{
    return {120, 20};
}

void FormulaView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.translate(margin, margin);
    m_layout.paint(painter, coloursOf(Theme::current()), m_active);
    if (hasFocus() && m_active >= 0) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Theme::current().pen(Theme::current().backward, 1.2));
        for (const QRectF& area : m_layout.areasOf(m_active))
            painter.drawRoundedRect(area.adjusted(-3, -3, 3, 5), 3, 3);
    }
}

void FormulaView::resizeEvent(QResizeEvent*)
{
    layOut();
    updateGeometry();
}

void FormulaView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange ||
        event->type() == QEvent::LocaleChange)
    {
        forgetLayout();
        m_heldHeight = 0;
        m_hintedHeight = -1;
        layOut();
        updateGeometry();
        update();
    }
    QWidget::changeEvent(event);
}

int FormulaView::linkAt(QPointF position) const
{
    return m_layout.linkAt(position - QPointF(margin, margin));
}

QString FormulaView::describe(int link) const
{
    const FormulaLink& found = m_layout.links()[static_cast<std::size_t>(link)];
    return m_describe ? m_describe(found.of, found.value) : found.text;
}

void FormulaView::setActive(int link)
{
    if (link == std::exchange(m_active, link))
        return;
    setCursor(link >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setAccessibleDescription(link >= 0 ? describe(link) : QString());
    update();
}

void FormulaView::activate(int link)
{
    if (link >= 0 && static_cast<std::size_t>(link) < m_layout.links().size())
        emit linkActivated(Quantity(m_layout.links()[static_cast<std::size_t>(link)].of));
}

void FormulaView::mouseMoveEvent(QMouseEvent* event)
{
    setActive(linkAt(event->position()));
}

void FormulaView::mousePressEvent(QMouseEvent* event)
{
    m_pressed = event->button() == Qt::LeftButton ? linkAt(event->position()) : -1;
}

void FormulaView::mouseReleaseEvent(QMouseEvent* event)
{
    const int pressed = std::exchange(m_pressed, -1);
    if (pressed >= 0 && pressed == linkAt(event->position()))
        activate(pressed);
}

void FormulaView::leaveEvent(QEvent*)
{
    if (!hasFocus())
        setActive(-1);
}

void FormulaView::keyPressEvent(QKeyEvent* event)
{
    const int count = static_cast<int>(m_layout.links().size());
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Down:
        setActive(std::min(m_active + 1, count - 1));
        return;
    case Qt::Key_Left:
    case Qt::Key_Up:
        setActive(std::max(m_active - 1, 0));
        return;
    case Qt::Key_Home:
        setActive(0);
        return;
    case Qt::Key_End:
        setActive(count - 1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        activate(m_active);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void FormulaView::focusInEvent(QFocusEvent* event)
{
    if (m_active < 0 && event->reason() != Qt::MouseFocusReason && !m_layout.links().empty())
        setActive(0);
    update();
    QWidget::focusInEvent(event);
}

void FormulaView::focusOutEvent(QFocusEvent* event)
{
    setActive(-1);
    QWidget::focusOutEvent(event);
}

bool FormulaView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int link = linkAt(help->pos());
        if (link >= 0)
            QToolTip::showText(help->globalPos(), describe(link), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

} // namespace chronograd
