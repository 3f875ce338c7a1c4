#include "ui/graph/pulses.h"

#include "core/analysis/flow.h"
#include "core/explain/partial_sum.h"
#include "ui/graph/edge_heat_map.h"
#include "ui/graph/graph_work.h"
#include "ui/theme/number_text.h"
#include "ui/theme/reading.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QVariantAnimation>

#include <algorithm>
#include <climits>
#include <cmath>
#include <tuple>

namespace chronograd {

namespace {

constexpr std::size_t mostPulses = 16;

/// What goes along the edges of a bundle now; nothing where it is not computed.
std::optional<Matrix> numbersOf(const GraphState& state, const Connection& connection, const Work& work)
{
    const Frame& frame = *state.frame;
    if (work.forward)
        return edgeValues(frame, connection, EdgeQuantity::Value, work.t);
    const std::int64_t receiving = work.t + connection.lag;
    if (!hasEdgeValues(frame, connection, EdgeQuantity::Share, receiving))
        return std::nullopt; // no error comes from there
    return backflows(frame, connection.use, connection.term.weight, receiving);
}

void addBundle(std::vector<Pulse>& pulses, const GraphState& state, const Connection& connection,
               const Work& work)
{
    const auto numbers = numbersOf(state, connection, work);
    if (!numbers)
        return;
    const std::int64_t receiving = work.forward ? work.t : work.t + connection.lag;
    for (int row = 0; row < connection.rows; ++row) {
        for (int column = 0; column < connection.columns; ++column) {
            const double number = (*numbers)(row, column);
            if (number == 0.0)
                continue;
            const double value = work.forward ? number : signedDelta(number);
            const QPainterPath path = edgeCurve(state.layout, connection, row, column, receiving).path();
            pulses.push_back({work.forward ? path : path.toReversed(), value, work.forward});
        }
    }
}

bool hasLoss(const GraphState& state, const Work& work)
{
    return !work.forward && work.level == state.layout.levels() - 1 && state.isInjected(work.t);
}

/// The error enters from the loss.
Pulse lossPulse(const GraphState& state, const UnitId& unit, double value)
{
    const QRectF box = state.layout.lossBox(unit.t);
    QPainterPath path(QPointF(box.center().x(), box.bottom()));
    path.lineTo(state.layout.center(unit));
    return {path, value, false};
}

bool runs(const GraphState& state, const Connection& connection, std::int64_t receiving)
{
    return !isHeatMap(state.layout, connection) && isDrawn(state, connection, receiving);
}

std::vector<Pulse> pulsesOfLayer(const GraphState& state, const Work& work)
{
    std::vector<Pulse> pulses;
    for (const Connection& connection : state.connections) {
        const std::int64_t receiving = work.forward ? work.t : work.t + connection.lag;
        if (isAtWork(work, connection, receiving) && runs(state, connection, receiving))
            addBundle(pulses, state, connection, work);
    }
    if (!hasLoss(state, work))
        return pulses;
    for (int unit = 0; unit < state.layout.units(work.level); ++unit) {
        const UnitId id{work.t, work.level, unit};
        if (const auto delta = state.delta(id))
            pulses.push_back(lossPulse(state, id, *delta));
    }
    return pulses;
}

std::optional<Pulse> pulseOf(const GraphState& state, const Work& work, const UnitTerm& term)
{
    const auto edge = term.weight ? edgeOf(state, *term.weight) : std::nullopt;
    if (!edge || !runs(state, *edge->connection, edge->t))
        return std::nullopt;
    const QPainterPath path =
        edgeCurve(state.layout, *edge->connection, edge->row, edge->column, edge->t).path();
    return Pulse{work.forward ? path : path.toReversed(), term.value, work.forward};
}

/// So many terms of so many units of a layer.
struct Progress
{
    int unit = 0;
    int terms = 0;
};

/// Of the terms after `from` and up to `to`, in the order that they were added in.
std::vector<Pulse> pulsesOfTerms(const GraphState& state, const Work& work, Progress from, Progress to)
{
    std::vector<Pulse> pulses;
    for (int unit = from.unit; unit <= to.unit; ++unit) {
        const auto terms = termsAtWork(*state.frame, unit, Reading::current().sign);
        const int first = unit == from.unit ? from.terms : 0;
        const int end = std::min(unit == to.unit ? to.terms : INT_MAX, int(terms.size()));
        for (int term = first; term < end; ++term) {
            const UnitTerm& added = terms[std::size_t(term)];
            if (const auto pulse = pulseOf(state, work, added); pulse && added.value != 0.0)
                pulses.push_back(*pulse);
            else if (term == 0 && !added.weight && hasLoss(state, work))
                pulses.push_back(lossPulse(state, {work.t, work.level, unit}, added.value));
        }
    }
    return pulses;
}

bool isSameLayer(const Position& a, const Position& b)
{
    return a.phase == b.phase && a.update == b.update && a.epoch == b.epoch && a.sequence == b.sequence &&
           a.at == b.at && a.layer == b.layer;
}

/// Inside a layer, or having just completed one that it stood inside of.
std::vector<Pulse> pulsesInside(const GraphState& state, const Work& work, const Position& before)
{
    const Position& now = state.frame->position;
    const int last = state.layout.units(work.level) - 1;
    const Progress to = now.isInside() ? Progress{now.unit, now.term} : Progress{last, INT_MAX};
    if (!isSameLayer(before, now))
        return pulsesOfTerms(state, work, {}, to);
    const bool isLater =
        before.isInside() && std::tie(before.unit, before.term) < std::tie(to.unit, to.terms);
    if (isLater)
        return pulsesOfTerms(state, work, {before.unit, before.term}, to);
    return pulsesOfTerms(state, work, {to.unit, to.terms - 1}, to); // taken back: the term it stands at
}

void paintPulse(QPainter& painter, const Pulse& pulse, double progress)
{
    const Theme& theme = Theme::current();
    const QPointF middle = pulse.path.pointAtPercent(progress);
    const QPointF ahead = pulse.path.pointAtPercent(std::min(1.0, progress + 0.02));
    const QPointF behind = pulse.path.pointAtPercent(std::max(0.0, progress - 0.02));
    const double side = ahead.x() >= behind.x() ? 1.0 : -1.0;
    const QString text = unitNumber(pulse.value);
    const double width = painter.fontMetrics().horizontalAdvance(text) + 8.0;
    const QRectF pill(middle.x() - width / 2, middle.y() - 7.5, width, 15.0);
    const QColor colour = pulse.forward ? theme.text : theme.backward;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    const double nose = side > 0 ? pill.right() : pill.left();
    painter.drawConvexPolygon(QPolygonF{QPointF(nose + side * 6.0, middle.y()),
                                        QPointF(nose, middle.y() - 4.5), QPointF(nose, middle.y() + 4.5)});
    painter.setPen(theme.pen(colour, 1.3));
    painter.setBrush(theme.card);
    painter.drawRoundedRect(pill, 6, 6);
    painter.setPen(pulse.value < 0 ? theme.negativeText : theme.positiveText);
    painter.drawText(pill, Qt::AlignCenter, text);
}

} // namespace

std::vector<Pulse> pulsesOf(const GraphState& state, const Position& before)
{
    const std::optional<Work> work = workOf(state);
    if (!work || !state.layout.hasUnits())
        return {};
    const Position& now = state.frame->position;
    const bool isInside = now.isInside() || (before.isInside() && isSameLayer(before, now));
    std::vector<Pulse> pulses = isInside ? pulsesInside(state, *work, before) : pulsesOfLayer(state, *work);
    std::stable_sort(pulses.begin(), pulses.end(),
                     [](const Pulse& a, const Pulse& b) { return std::abs(a.value) > std::abs(b.value); });
    pulses.resize(std::min(pulses.size(), mostPulses));
    return pulses;
}

PulseLayer::PulseLayer(QWidget* parent)
    : QWidget(parent)
    , m_animation(new QVariantAnimation(this))
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
    m_animation->setDuration(duration);
    m_animation->setStartValue(0.0);
    m_animation->setEndValue(1.0);
    m_animation->setEasingCurve(QEasingCurve::InOutSine);
    connect(m_animation, &QVariantAnimation::valueChanged, this, qOverload<>(&QWidget::update));
    connect(m_animation, &QVariantAnimation::finished, this, &QWidget::hide);
}

void PulseLayer::run(std::vector<Pulse> pulses, QPointF scroll)
{
    stop();
    if (pulses.empty())
        return;
    m_pulses = std::move(pulses);
    m_scroll = scroll;
    setGeometry(parentWidget()->rect());
    show();
    raise();
    m_animation->start();
}

void PulseLayer::stop()
{
    m_animation->stop();
    hide();
}

bool PulseLayer::isRunning() const
{
    return m_animation->state() == QAbstractAnimation::Running;
}

void PulseLayer::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(-m_scroll);
    painter.setFont(theme.numberFont(theme.smallSize - 1.0));
    const double progress = m_animation->currentValue().toDouble();
    // The strongest last, on top.
    for (auto pulse = m_pulses.rbegin(); pulse != m_pulses.rend(); ++pulse)
        paintPulse(painter, *pulse, progress);
}

} // namespace chronograd
