// What the time axis says, and how its brackets are dragged.
#include "ui/graph/bracket.h"
#include "ui/graph/graph_tip.h"
#include "ui/graph/time_axis.h"
#include "ui/graph/warning_marks.h"

#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr double grip = 8.0; // Around a handle.

QString stepsText(StepCount count)
{
    return count.isWholeSequence() ? QStringLiteral("n") : QString::number(count.number());
}

} // namespace

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

QString TimeAxis::k2Text() const
{
    if (m_state.isPending(Setting::K2))
        return tr("k2 = %1 next, now %2").arg(stepsText(m_state.k2()), stepsText(m_state.frame->settings.k2));
    const std::int64_t reach = std::max<std::int64_t>(0, m_state.window().length());
    if (m_state.k2().isWholeSequence())
        return reach == 1 ? tr("k2 = n: 1 step back") : tr("k2 = n: all %1 steps back").arg(reach);
    const std::int64_t k2 = m_state.k2().number();
    const QString words = k2 == 1 ? tr("k2 = 1 step back") : tr("k2 = %1 steps back").arg(k2);
    return reach < k2 ? tr("%1, %2 so far").arg(words).arg(reach) : words;
}

QString TimeAxis::k1Text() const
{
    if (m_state.isPending(Setting::K1))
        return tr("k1 = %1 next, now %2").arg(stepsText(m_state.k1()), stepsText(m_state.frame->settings.k1));
    const std::int64_t since = std::max<std::int64_t>(0, m_state.frame->sinceLast.length());
    if (m_state.k1().isWholeSequence())
        return tr("k1 = n: %1 since the last update").arg(since);
    const std::int64_t k1 = m_state.k1().number();
    return since == k1 ? tr("k1 = %1 since the last update").arg(k1)
                       : tr("k1 = %1: %2 since the last update").arg(k1).arg(since);
}

QString TimeAxis::shortText(Setting setting) const
{
    return setting == Setting::K1 ? tr("k1 = %1").arg(stepsText(m_state.k1()))
                                  : tr("k2 = %1").arg(stepsText(m_state.k2()));
}

std::optional<QRectF> TimeAxis::labelArea(Setting setting) const
{
    const std::optional<Bracket> bracket = bracketOf(setting);
    return bracket ? std::optional(labelOf(*bracket).pill) : std::nullopt;
}

std::optional<QPointF> TimeAxis::handle(Setting setting) const
{
    if (!hasBrackets() || m_state.frame->network->needsWholeSequence())
        return std::nullopt;
    const GraphLayout& layout = m_state.layout;
    if (setting == Setting::K2) {
        const Window window = m_state.window();
        if (!m_state.isRecurrent() || window.length() <= 0)
            return std::nullopt;
        return QPointF(k2End(window), k2Middle());
    }
    const std::optional<Reach> reach = k1Reach();
    if (!reach)
        return std::nullopt;
    return m_state.frame->updateDone
               ? QPointF(layout.boundary(reach->from - 1) + room() - m_scroll, k1Middle())
               : QPointF(layout.boundary(reach->due) - room() - m_scroll, k1Middle());
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
        emit dragged(SettingChange{*m_dragged, stepsTo(*m_dragged, event->position().x())});
    const std::optional<Setting> under = m_dragged ? m_dragged : handleAt(event->position());
    setCursor(under ? Qt::SizeHorCursor : Qt::ArrowCursor);
    setToolTip(!under                 ? tipAt(event->position())
               : under == Setting::K2 ? tr("Drag: how many steps the gradient goes back (k2)")
                                      : tr("Drag: how many steps are gathered for an update (k1)"));
}

QString TimeAxis::pendingTip(Setting setting) const
{
    if (!m_state.isPending(setting))
        return {};
    const bool isK1 = setting == Setting::K1;
    const Hyperparameters& now = m_state.frame->settings;
    return tr("%1 = %2 is in force from the next update on; what is shown was computed with %3.")
        .arg(isK1 ? QStringLiteral("k1") : QStringLiteral("k2"),
             stepsText(isK1 ? m_state.k1() : m_state.k2()), stepsText(isK1 ? now.k1 : now.k2));
}

QString TimeAxis::tipAt(QPointF position) const
{
    if (!hasBrackets())
        return {};
    const double x = position.x() + m_scroll;
    for (const std::int64_t t : m_state.frame->updatesAt) {
        const QPointF tick(m_state.layout.boundary(t), ticksMiddle());
        if (std::abs(tick.x() - x) <= grip && std::abs(tick.y() - position.y()) <= grip)
            return tr("The weights were updated after t = %1").arg(t);
    }
    for (const Setting setting : {Setting::K2, Setting::K1}) {
        const double middle = setting == Setting::K2 ? k2Middle() : k1Middle();
        const std::optional<Bracket> bracket = bracketOf(setting);
        const bool isShort = bracket && labelOf(*bracket).text != bracket->text;
        QStringList words{isShort ? bracket->text : QString(), pendingTip(setting),
                          warningsAtBracket(m_state, setting)};
        words.removeAll(QString());
        if (!words.isEmpty() && std::abs(position.y() - middle) <= grip)
            return words.join(u'\n');
    }
    const bool besideCut = m_state.isCut() && x <= m_state.layout.boundary(m_state.cutStep() - 1) + grip &&
                           position.y() > k2Middle() - 12;
    return besideCut ? cutSentence(m_state) : QString();
}

void TimeAxis::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_dragged || event->button() != Qt::LeftButton)
        return QWidget::mouseReleaseEvent(event);
    const Setting setting = *m_dragged;
    const StepCount steps = stepsTo(setting, event->position().x());
    m_dragged.reset();
    emit dragged(std::nullopt);
    emit dropped({setting, steps});
}

} // namespace chronograd
