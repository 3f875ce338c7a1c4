#include "ui/inspector/activation_curve.h"

#include "ui/theme/formula_number.h"
#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr double saturatedShare = 0.05;
constexpr double bendingShare = 0.5;
constexpr double leastHalfRange = 4.0; // Of net: enough to see tanh and the sigmoid flatten.
constexpr int samples = 96;
constexpr int lineGap = 10; // Below the hairline that parts the curve from the formulas.

/// The slope is greatest at 0 for the smooth ones and anywhere above 0 for relu.
double greatestSlope(ActivationFunction f)
{
    return std::max(activationSlope(f, activate(f, 0.0)), activationSlope(f, activate(f, 1.0)));
}

QString nameOf(ActivationFunction f)
{
    switch (f.kind) {
    case Activation::Identity:
        return ActivationCurve::tr("identity");
    case Activation::Sigmoid:
        return ActivationCurve::tr("sigmoid");
    case Activation::Tanh:
        return ActivationCurve::tr("tanh");
    case Activation::Relu:
        return ActivationCurve::tr("relu");
    case Activation::Softmax:
        break;
    }
    return ActivationCurve::tr("softmax");
}

/// Values of net and out to places on the screen.
struct Axes
{
    QRectF frame;
    double halfRange;
    double low;
    double high;

    QPointF place(double net, double out) const
    {
        return {frame.left() + (net + halfRange) / (2 * halfRange) * frame.width(),
                frame.bottom() - (out - low) / (high - low) * frame.height()};
    }
};

Axes axesFor(ActivationFunction f, double net, const QRectF& frame)
{
    const double halfRange = std::max(leastHalfRange / std::max(f.slope, 0.25), std::abs(net) * 1.15);
    return {frame, halfRange, activate(f, -halfRange), activate(f, halfRange)};
}

} // namespace

Saturation saturationOf(ActivationFunction f, double out)
{
    const double share = activationSlope(f, out) / greatestSlope(f);
    if (share < saturatedShare)
        return Saturation::Saturated;
    return share < bendingShare ? Saturation::Bending : Saturation::Free;
}

ActivationCurve::ActivationCurve(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ActivationCurve::setPoint(ActivationFunction f, double net, double out, int digits)
{
    m_function = f;
    m_net = net;
    m_out = out;
    m_digits = digits;
    m_slope = activationSlope(f, out);
    setAccessibleName(heading() + QStringLiteral(": ") + words());
    setToolTip(tr("The slope f′ is what the error coming back is multiplied with here"));
    update();
}

QString ActivationCurve::heading() const
{
    return tr("f = %1, at net = %2").arg(nameOf(m_function), formulaNumberText(m_net, m_digits));
}

QString ActivationCurve::words() const
{
    QString state;
    switch (saturationOf(m_function, m_out)) {
    case Saturation::Free:
        state = m_function.kind == Activation::Identity ? tr("never saturates") : tr("far from saturation");
        break;
    case Saturation::Bending:
        state = tr("on the bend: nearing saturation");
        break;
    case Saturation::Saturated:
        state = m_function.kind == Activation::Relu ? tr("switched off: no error passes")
                                                    : tr("saturated: almost no error passes");
        break;
    }
    return tr("slope %1, %2").arg(formulaNumberText(m_slope, m_digits), state);
}

QSize ActivationCurve::sizeHint() const
{
    const QFontMetricsF metrics(Theme::current().textFont(Theme::current().smallSize));
    return {300, int(std::ceil(metrics.height() * 1.5)) + lineGap + 84};
}

void ActivationCurve::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.textFont(theme.smallSize));
    const QFontMetricsF metrics(painter.font());
    painter.setPen(theme.line);
    painter.drawLine(QPointF(0, 0.5), QPointF(width(), 0.5));
    painter.setPen(theme.textSecondary);
    painter.drawText(QPointF(3, metrics.ascent() + lineGap), heading());

    const qreal top = metrics.height() * 1.5 + lineGap;
    const QRectF frame(6, top, std::min(width() * 0.42, 160.0), height() - top - 6);
    const Axes axes = axesFor(m_function, m_net, frame);
    painter.setPen(theme.pen(theme.line, 1.0));
    if (axes.low < 0.0 && axes.high > 0.0)
        painter.drawLine(axes.place(-axes.halfRange, 0.0), axes.place(axes.halfRange, 0.0));
    painter.drawLine(QPointF(axes.place(0, 0).x(), frame.top()),
                     QPointF(axes.place(0, 0).x(), frame.bottom()));

    QPolygonF curve;
    for (int i = 0; i <= samples; ++i) {
        const double net = axes.halfRange * (2.0 * i / samples - 1.0);
        curve << axes.place(net, activate(m_function, net));
    }
    painter.setPen(theme.pen(theme.curve, 1.6));
    painter.drawPolyline(curve);

    // The tangent as a piece of equal length on the screen, whatever its slope.
    const QPointF point = axes.place(m_net, m_out);
    QPointF along = axes.place(m_net + 1.0, m_out + m_slope) - point;
    along *= frame.height() * 0.5 / std::hypot(along.x(), along.y());
    painter.setPen(theme.pen(theme.backward, 2.2, Qt::SolidLine, Qt::RoundCap));
    painter.setClipRect(frame.adjusted(-6, -6, 6, 6));
    painter.drawLine(point - along, point + along);
    painter.setClipping(false);
    painter.setPen(theme.pen(theme.card, 1.5));
    painter.setBrush(theme.backward);
    painter.drawEllipse(point, 5.0, 5.0);

    const QString text = words();
    const qsizetype comma = text.indexOf(QStringLiteral(", "));
    const QRectF beside(frame.right() + 18, frame.top(), width() - frame.right() - 20, frame.height());
    const QRectF first = painter.boundingRect(beside, Qt::TextWordWrap, text.left(comma));
    const QRectF second = painter.boundingRect(beside, Qt::TextWordWrap, text.mid(comma + 2));
    const qreal start = beside.center().y() - (first.height() + second.height() + 4) / 2;
    painter.setFont(theme.textFont());
    painter.setPen(theme.backward);
    painter.drawText(QRectF(beside.left(), start, beside.width(), first.height() + 4), Qt::TextWordWrap,
                     text.left(comma));
    painter.setFont(theme.textFont(theme.smallSize));
    const bool warn = saturationOf(m_function, m_out) == Saturation::Saturated;
    painter.setPen(warn ? theme.warningText : theme.textSecondary);
    painter.drawText(QRectF(beside.left(), start + first.height() + 5, beside.width(), second.height() + 4),
                     Qt::TextWordWrap, text.mid(comma + 2));
}

} // namespace chronograd
