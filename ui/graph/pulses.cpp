#include "ui/graph/pulses.h"

#include "core/analysis/flow.h"
#include "ui/graph/edge_heat_map.h"
#include "ui/graph/graph_work.h"
#include "ui/graph/number_text.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QVariantAnimation>

#include <algorithm>
#include <cmath>

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

/// The unit at work, where the machine stands inside a layer.
bool isOfUnitAtWork(const Frame& frame, int unit)
{
    return !frame.position.isInside() || frame.position.unit == unit;
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
            const double value = (*numbers)(row, column);
            if (value == 0.0 || !isOfUnitAtWork(*state.frame, work.forward ? row : column))
                continue;
            const QPainterPath path = edgeCurve(state.layout, connection, row, column, receiving).path();
            pulses.push_back({work.forward ? path : path.toReversed(), value, work.forward});
        }
    }
}

/// The error enters from the loss.
void addLoss(std::vector<Pulse>& pulses, const GraphState& state, const Work& work)
{
    if (work.forward || work.level != state.layout.levels() - 1 || !state.isInjected(work.t))
        return;
    for (int unit = 0; unit < state.layout.units(work.level); ++unit) {
        const UnitId id{work.t, work.level, unit};
        const auto delta = state.delta(id);
        if (!delta || !isOfUnitAtWork(*state.frame, unit))
            continue;
        const QRectF box = state.layout.lossBox(work.t);
        QPainterPath path(QPointF(box.center().x(), box.bottom()));
        path.lineTo(state.layout.center(id));
        pulses.push_back({path, *delta, false});
    }
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
    painter.setPen(QPen(colour, 1.3));
    painter.setBrush(theme.card);
    painter.drawRoundedRect(pill, 6, 6);
    painter.setPen(pulse.value < 0 ? theme.negativeText : theme.positiveText);
    painter.drawText(pill, Qt::AlignCenter, text);
}

} // namespace

std::vector<Pulse> pulsesOf(const GraphState& state)
{
    std::vector<Pulse> pulses;
    const std::optional<Work> work = workOf(state);
    if (!work || !state.layout.hasUnits())
        return pulses;
    for (const Connection& connection : state.connections) {
        const std::int64_t receiving = work->forward ? work->t : work->t + connection.lag;
        if (isAtWork(*work, connection, receiving) && !isHeatMap(state.layout, connection) &&
            isDrawn(state, connection, receiving))
            addBundle(pulses, state, connection, *work);
    }
    addLoss(pulses, state, *work);
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
