#include "ui/graph/time_axis.h"

#include "ui/graph/bracket.h"
#include "ui/graph/graph_state.h"
#include "ui/graph/warning_marks.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace chronograd {

namespace {

/// Pixels at a desk.
constexpr int fullHeight = 84;
constexpr int bareHeight = 24;

double stepsMiddle()
{
    return Theme::current().magnified(11);
}

constexpr double inset = 12.0; // Of a bracket from the borders of its steps.

} // namespace

double TimeAxis::ticksMiddle()
{
    return Theme::current().magnified(24);
}

double TimeAxis::k2Middle()
{
    return Theme::current().magnified(42);
}

double TimeAxis::k1Middle()
{
    return Theme::current().magnified(69);
}

TimeAxis::TimeAxis(const GraphState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
{
    setAccessibleName(tr("Time axis"));
    setMouseTracking(true);
}

void TimeAxis::setScroll(int x)
{
    m_scroll = x;
    update();
}

bool TimeAxis::hasBrackets() const
{
    return m_state.frame && m_state.layout.isUnfolded();
}

int TimeAxis::neededHeight() const
{
    return Theme::current().magnified(hasBrackets() ? fullHeight : bareHeight);
}

void TimeAxis::paintEvent(QPaintEvent*)
{
    if (!m_state.frame)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(-m_scroll, 0);
    if (m_state.layout.isFolded())
        paintFolded(painter);
    else
        paintSteps(painter);
    if (!hasBrackets())
        return;
    paintUpdates(painter);
    painter.translate(m_scroll, 0);
    paintCut(painter);
    paintK2(painter);
    paintK1(painter);
}

void TimeAxis::paintFolded(QPainter& painter) const
{
    const Theme& theme = Theme::current();
    painter.setFont(theme.boldFont());
    painter.setPen(theme.text);
    const double x = m_state.layout.x(1);
    painter.drawText(
        QRectF(x - 300, 0, 600, 2 * stepsMiddle()), Qt::AlignCenter,
        tr("t = %1: one copy for all %2 steps").arg(m_state.layout.stepAt(x)).arg(m_state.layout.steps()));
}

void TimeAxis::paintSteps(QPainter& painter) const
{
    const Theme& theme = Theme::current();
    const GraphLayout& layout = m_state.layout;
    const std::int64_t every = layout.pitch() >= 26 ? 1 : layout.pitch() >= 7 ? 5 : 20;
    const std::int64_t first = std::max(layout.stepAt(m_scroll) - every, m_state.frame->firstStep);
    const std::int64_t last = layout.stepAt(m_scroll + width()) + every;
    for (std::int64_t t = first; t <= std::min(last, layout.steps()); ++t) {
        if (every > 1 && t % every != 0 && t != 1)
            continue;
        const bool inside = m_state.window().contains(t) && t <= m_state.newest();
        painter.setFont(inside ? theme.boldFont() : theme.textFont());
        painter.setPen(inside ? theme.text : theme.textSecondary);
        const QString text = layout.isSpread() ? tr("t = %1").arg(t) : QString::number(t);
        painter.drawText(QRectF(layout.x(t) - 40, 0, 80, 2 * stepsMiddle()), Qt::AlignCenter, text);
    }
}

void TimeAxis::paintUpdates(QPainter& painter) const
{
    const Theme& theme = Theme::current();
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.update);
    const double size = m_state.layout.pitch() >= 26 ? 5.0 : 3.0;
    for (const std::int64_t t : m_state.frame->updatesAt) {
        const double x = std::min(m_state.layout.boundary(t), m_state.layout.width() - size);
        painter.drawConvexPolygon(QPolygonF{QPointF(x, ticksMiddle() - size),
                                            QPointF(x + size, ticksMiddle() + size * 0.7),
                                            QPointF(x - size, ticksMiddle() + size * 0.7)});
    }
}

double TimeAxis::room() const
{
    return std::min(inset, m_state.layout.pitch() / 4);
}

double TimeAxis::k2End(const Window& window) const
{
    return m_state.layout.boundary(window.from - 1) + room() - m_scroll;
}

Bracket TimeAxis::k2Bracket() const
{
    const Window window = m_state.window();
    const bool isPending = m_state.isPending(Setting::K2);
    return {k2End(window),
            m_state.layout.boundary(window.to) - room() - m_scroll,
            k2Middle(),
            Theme::current().backward,
            k2Text(),
            shortText(Setting::K2),
            !m_state.dragged && !warningsAtBracket(m_state, Setting::K2).isEmpty(),
            isPending ? std::optional(k2End(m_state.frame->window)) : std::nullopt};
}

void TimeAxis::paintK2(QPainter& painter) const
{
    const std::optional<Bracket> shown = bracketOf(Setting::K2);
    if (!shown)
        return;
    const Bracket& bracket = *shown;
    paintBracketLine(painter, bracket, bracket.left, bracket.right);
    paintEndInForce(painter, bracket);
    paintBracketEnd(painter, bracket, bracket.left, !bracket.endInForce);
    paintBracketEnd(painter, bracket, bracket.right, true);
    paintBracketLabel(painter, bracket, labelOf(bracket));
}

std::optional<Bracket> TimeAxis::bracketOf(Setting setting) const
{
    if (!hasBrackets())
        return std::nullopt;
    if (setting == Setting::K2)
        return m_state.isRecurrent() && m_state.window().length() > 0 ? std::optional(k2Bracket())
                                                                      : std::nullopt;
    const std::optional<Reach> reach = k1Reach();
    return reach ? std::optional(k1Bracket(*reach)) : std::nullopt;
}

/// On its side of the cut, if it can be: on the other are the words about that.
BracketLabel TimeAxis::labelOf(const Bracket& bracket) const
{
    const bool keepsRight = m_state.isCut() && bracket.left > cutX();
    return bracketLabel(bracket, width(), keepsRight ? cutX() + 6 : 0.0);
}

/// The k1 bracket grows from the last update to the step at which the next is due.
std::optional<TimeAxis::Reach> TimeAxis::k1Reach() const
{
    const Frame& frame = *m_state.frame;
    const std::int64_t steps = m_state.layout.steps();
    const bool any = frame.sinceLast.length() > 0;
    Reach reach;
    reach.from = any ? frame.sinceLast.from : m_state.newest() + 1;
    reach.done = any ? frame.sinceLast.to : m_state.newest();
    if (m_state.asked(Setting::K1) &&
        frame.updateDone) // of the steps that were gathered, as many as that k1 takes
        reach.from = std::max<std::int64_t>(1, reach.done - m_state.k1().in(steps) + 1);
    reach.due = std::min(steps, reach.from + m_state.k1().in(steps)-1);
    return reach.from > steps ? std::nullopt : std::optional(reach);
}

/// Where the gathered steps end, in pixels of the view; where none is, at the beginning of the bracket.
double TimeAxis::reached(const Reach& reach) const
{
    const bool any = reach.done >= reach.from;
    const GraphLayout& layout = m_state.layout;
    return (any ? layout.boundary(reach.done) - room() : layout.boundary(reach.from - 1) + room()) - m_scroll;
}

double TimeAxis::k1EndInForce(const Reach& reach) const
{
    const GraphLayout& layout = m_state.layout;
    const Frame& frame = *m_state.frame;
    if (frame.updateDone)
        return layout.boundary(frame.sinceLast.from - 1) + room() - m_scroll;
    const std::int64_t due = reach.from + frame.settings.k1.in(layout.steps()) - 1;
    return layout.boundary(std::min(layout.steps(), due)) - room() - m_scroll;
}

Bracket TimeAxis::k1Bracket(const Reach& reach) const
{
    const GraphLayout& layout = m_state.layout;
    const bool isPending = m_state.isPending(Setting::K1);
    return {layout.boundary(reach.from - 1) + room() - m_scroll,
            std::max(reached(reach), layout.boundary(reach.due) - room() - m_scroll),
            k1Middle(),
            Theme::current().update,
            k1Text(),
            shortText(Setting::K1),
            !m_state.dragged && !warningsAtBracket(m_state, Setting::K1).isEmpty(),
            isPending ? std::optional(k1EndInForce(reach)) : std::nullopt};
}

void TimeAxis::paintK1(QPainter& painter) const
{
    const std::optional<Reach> reach = k1Reach();
    if (!reach)
        return;
    const Bracket bracket = k1Bracket(*reach);
    const double done = reached(*reach);
    if (bracket.right > done) {
        painter.setPen(Theme::current().pen(bracket.colour, 1.2));
        painter.setBrush(Theme::current().card);
        painter.drawRect(QRectF(done, k1Middle() - 2.5, bracket.right - done, 5));
        paintBracketEnd(painter, bracket, bracket.right, false);
    }
    if (done > bracket.left)
        paintBracketLine(painter, bracket, bracket.left, done);
    paintEndInForce(painter, bracket);
    paintBracketEnd(painter, bracket, bracket.left, reach->done >= reach->from && !bracket.endInForce);
    if (bracket.right <= done)
        paintBracketEnd(painter, bracket, done, true);
    paintBracketLabel(painter, bracket, labelOf(bracket));
}

} // namespace chronograd
