#include "ui/graph/time_axis.h"

#include "ui/graph/bracket.h"
#include "ui/graph/graph_tip.h"
#include "ui/graph/warning_marks.h"
#include "ui/theme/theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr double stepsMiddle = 11.0;
constexpr double ticksMiddle = 24.0;
constexpr double k2Middle = 42.0;
constexpr double k1Middle = 69.0;
constexpr int fullHeight = 84;
constexpr int bareHeight = 24;
constexpr double grip = 8.0;   // Around a handle.
constexpr double inset = 12.0; // Of a bracket from the borders of its steps.

} // namespace

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

void TimeAxis::describe()
{
    if (!hasBrackets())
        return setAccessibleDescription({});
    QStringList parts{k1Text()};
    if (m_state.isRecurrent())
        parts.prepend(k2Text());
    if (m_state.isCut())
        parts << cutSentence(m_state);
    for (const Setting setting : {Setting::K2, Setting::K1})
        parts << warningsAtBracket(m_state, setting);
    parts.removeAll(QString());
    setAccessibleDescription(parts.join(QStringLiteral("; ")));
}

bool TimeAxis::hasBrackets() const
{
    return m_state.frame && m_state.layout.isUnfolded();
}

int TimeAxis::neededHeight() const
{
    return hasBrackets() ? fullHeight : bareHeight;
}

QString TimeAxis::k2Text() const
{
    const std::int64_t reach = std::max<std::int64_t>(0, m_state.window().length());
    if (m_state.k2().isWholeSequence())
        return reach == 1 ? tr("k2 = n: 1 step back") : tr("k2 = n: all %1 steps back").arg(reach);
    const std::int64_t k2 = m_state.k2().number();
    const QString words = k2 == 1 ? tr("k2 = 1 step back") : tr("k2 = %1 steps back").arg(k2);
    return reach < k2 ? tr("%1, %2 so far").arg(words).arg(reach) : words;
}

QString TimeAxis::k1Text() const
{
    const std::int64_t since = std::max<std::int64_t>(0, m_state.frame->sinceLast.length());
    if (m_state.k1().isWholeSequence())
        return tr("k1 = n: %1 since the last update").arg(since);
    const std::int64_t k1 = m_state.k1().number();
    return since == k1 ? tr("k1 = %1 since the last update").arg(k1)
                       : tr("k1 = %1: %2 since the last update").arg(k1).arg(since);
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
    paintCut(painter);
    paintUpdates(painter);
    painter.translate(m_scroll, 0);
    if (m_state.isRecurrent())
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
        QRectF(x - 300, stepsMiddle - 10, 600, 20), Qt::AlignCenter,
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
        painter.drawText(QRectF(layout.x(t) - 40, stepsMiddle - 10, 80, 20), Qt::AlignCenter, text);
    }
}

void TimeAxis::paintCut(QPainter& painter) const
{
    if (!m_state.isCut())
        return;
    const Theme& theme = Theme::current();
    const double x = m_state.layout.boundary(m_state.window().from - 1);
    painter.setPen(QPen(theme.cut, 1.4, Qt::CustomDashLine));
    QPen pen = painter.pen();
    pen.setDashPattern({3.5, 3.0});
    painter.setPen(pen);
    painter.drawLine(QPointF(x, 0), QPointF(x, k2Middle + 12));
    painter.setPen(theme.cut);
    painter.setFont(theme.textFont(theme.smallSize));
    if (x < m_scroll || x > m_scroll + width() + 40)
        return;
    const std::optional<Reach> k1 = k1Reach();
    const bool isBesideK1 = !k1 || k1->from >= m_state.window().from; // else its bracket is there
    const double line = isBesideK1 ? k1Middle : k2Middle;
    double end = x - 8; // the label of a bracket may be longer than it
    if (!isBesideK1)
        end = std::min(end, k2Bracket().pill(width()).left() + m_scroll - 8);
    else if (k1)
        end = std::min(end, k1Bracket(*k1).pill(width()).left() + m_scroll - 8);
    const auto write = [&](const QString& text, double middle) {
        painter.drawText(QRectF(end - 200, middle - 10, 200, 20), Qt::AlignRight | Qt::AlignVCenter, text);
    };
    const QString sentence = tr("state used, gradient cut");
    if (end - m_scroll - painter.fontMetrics().horizontalAdvance(sentence) >= 2) {
        write(sentence, line);
        return;
    }
    if (end - m_scroll < painter.fontMetrics().horizontalAdvance(tr("gradient cut")) + 2)
    { // no room on the left; on the right only where no bracket is
        const double right = x - m_scroll + 8 + painter.fontMetrics().horizontalAdvance(tr("gradient cut"));
        if (!isBesideK1 ||
            (k1 && std::min(k1Bracket(*k1).left - 6, k1Bracket(*k1).pill(width()).left()) < right))
            return;
        painter.drawText(QPointF(x + 8, k1Middle - 10), tr("state used,"));
        painter.drawText(QPointF(x + 8, k1Middle + 4), tr("gradient cut"));
        return;
    }
    write(tr("state used,"), line - 14);
    write(tr("gradient cut"), line);
}

void TimeAxis::paintUpdates(QPainter& painter) const
{
    const Theme& theme = Theme::current();
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.update);
    const double size = m_state.layout.pitch() >= 26 ? 5.0 : 3.0;
    for (const std::int64_t t : m_state.frame->updatesAt) {
        const double x = m_state.layout.boundary(t);
        painter.drawConvexPolygon(QPolygonF{QPointF(x, ticksMiddle - size),
                                            QPointF(x + size, ticksMiddle + size * 0.7),
                                            QPointF(x - size, ticksMiddle + size * 0.7)});
    }
}

double TimeAxis::room() const
{
    return std::min(inset, m_state.layout.pitch() / 4);
}

Bracket TimeAxis::k2Bracket() const
{
    const Window window = m_state.window();
    const GraphLayout& layout = m_state.layout;
    return {layout.boundary(window.from - 1) + room() - m_scroll,
            layout.boundary(window.to) - room() - m_scroll,
            k2Middle,
            Theme::current().backward,
            k2Text(),
            !warningsAtBracket(m_state, Setting::K2).isEmpty()};
}

void TimeAxis::paintK2(QPainter& painter) const
{
    if (m_state.window().length() <= 0)
        return;
    const Bracket bracket = k2Bracket();
    painter.setPen(QPen(bracket.colour, 2.6));
    painter.drawLine(QPointF(bracket.left, k2Middle), QPointF(bracket.right, k2Middle));
    paintBracketEnd(painter, bracket, bracket.left, true);
    paintBracketEnd(painter, bracket, bracket.right, true);
    paintBracketLabel(painter, bracket, width());
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
    if (m_state.k1Asked && frame.updateDone) // of the steps that were gathered, as many as that k1 takes
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

Bracket TimeAxis::k1Bracket(const Reach& reach) const
{
    const GraphLayout& layout = m_state.layout;
    return {layout.boundary(reach.from - 1) + room() - m_scroll,
            std::max(reached(reach), layout.boundary(reach.due) - room() - m_scroll),
            k1Middle,
            Theme::current().update,
            k1Text(),
            !warningsAtBracket(m_state, Setting::K1).isEmpty()};
}

void TimeAxis::paintK1(QPainter& painter) const
{
    const std::optional<Reach> reach = k1Reach();
    if (!reach)
        return;
    const Bracket bracket = k1Bracket(*reach);
    const double done = reached(*reach);
    if (bracket.right > done) {
        painter.setPen(QPen(bracket.colour, 1.2));
        painter.setBrush(Theme::current().card);
        painter.drawRect(QRectF(done, k1Middle - 2.5, bracket.right - done, 5));
        paintBracketEnd(painter, bracket, bracket.right, false);
    }
    painter.setPen(QPen(bracket.colour, 2.6));
    if (done > bracket.left)
        painter.drawLine(QPointF(bracket.left, k1Middle), QPointF(done, k1Middle));
    paintBracketEnd(painter, bracket, bracket.left, reach->done >= reach->from);
    if (bracket.right <= done)
        paintBracketEnd(painter, bracket, done, true);
    paintBracketLabel(painter, bracket, width());
}

// Dragging

std::optional<QPointF> TimeAxis::handle(Setting setting) const
{
    if (!hasBrackets() || m_state.frame->network->needsWholeSequence())
        return std::nullopt;
    const GraphLayout& layout = m_state.layout;
    if (setting == Setting::K2) {
        const Window window = m_state.window();
        if (!m_state.isRecurrent() || window.length() <= 0)
            return std::nullopt;
        return QPointF(layout.boundary(window.from - 1) + room() - m_scroll, k2Middle);
    }
    const std::optional<Reach> reach = k1Reach();
    if (!reach)
        return std::nullopt;
    return m_state.frame->updateDone ? QPointF(layout.boundary(reach->from - 1) + room() - m_scroll, k1Middle)
                                     : QPointF(layout.boundary(reach->due) - room() - m_scroll, k1Middle);
}

std::optional<Setting> TimeAxis::handleAt(QPointF position) const
{
    for (const Setting setting : {Setting::K2, Setting::K1}) {
        const std::optional<QPointF> at = handle(setting);
        if (at && std::abs(at->x() - position.x()) <= grip && std::abs(at->y() - position.y()) <= grip + 4)
            return setting;
    }
    return std::nullopt;
}

/// How many steps the bracket has when its handle is there.
StepCount TimeAxis::stepsTo(Setting setting, double x) const
{
    const auto boundary = static_cast<std::int64_t>(std::lround((x + m_scroll) / m_state.layout.pitch()));
    std::int64_t count = 1;
    if (setting == Setting::K2)
        count = m_state.frame->window.to - boundary;
    else if (const std::optional<Reach> reach = k1Reach())
        count = m_state.frame->updateDone ? reach->done - boundary : boundary - reach->from + 1;
    return StepCount(std::max<std::int64_t>(1, count));
}

void TimeAxis::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        m_dragged = handleAt(event->position());
    if (!m_dragged)
        QWidget::mousePressEvent(event);
}

void TimeAxis::mouseMoveEvent(QMouseEvent* event)
{
    if (m_dragged)
        emit dragged({*m_dragged, stepsTo(*m_dragged, event->position().x())});
    const std::optional<Setting> under = m_dragged ? m_dragged : handleAt(event->position());
    setCursor(under ? Qt::SizeHorCursor : Qt::ArrowCursor);
    setToolTip(!under                 ? tipAt(event->position())
               : under == Setting::K2 ? tr("Drag: how many steps the gradient goes back (k2)")
                                      : tr("Drag: how many steps are gathered for an update (k1)"));
}

QString TimeAxis::tipAt(QPointF position) const
{
    if (!hasBrackets())
        return {};
    const double x = position.x() + m_scroll;
    for (const std::int64_t t : m_state.frame->updatesAt) {
        const QPointF tick(m_state.layout.boundary(t), ticksMiddle);
        if (std::abs(tick.x() - x) <= grip && std::abs(tick.y() - position.y()) <= grip)
            return tr("The weights were updated after t = %1").arg(t);
    }
    for (const Setting setting : {Setting::K2, Setting::K1}) {
        const double middle = setting == Setting::K2 ? k2Middle : k1Middle;
        const QString words = warningsAtBracket(m_state, setting);
        if (!words.isEmpty() && std::abs(position.y() - middle) <= grip)
            return words;
    }
    const bool besideCut = m_state.isCut() && x <= m_state.layout.boundary(m_state.cutStep() - 1) + grip &&
                           position.y() > k2Middle - 12;
    return besideCut ? cutSentence(m_state) : QString();
}

void TimeAxis::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_dragged || event->button() != Qt::LeftButton)
        return QWidget::mouseReleaseEvent(event);
    const Setting setting = *m_dragged;
    m_dragged.reset();
    emit dropped({setting, stepsTo(setting, event->position().x())});
}

} // namespace chronograd
