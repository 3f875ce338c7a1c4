#pragma once

#include "core/math/activation.h"

#include <QWidget>

namespace chronograd {

/// How much of an activation's greatest slope is left.
enum class Saturation : quint8
{
    Free,     ///< At least half.
    Bending,  ///< Less than half.
    Saturated ///< Less than 5 %: what comes back through it is as good as lost.
};

Saturation saturationOf(ActivationFunction f, double out);

/// The curve f(net) with the unit's place on it, the tangent there, and in words what the slope means.
class ActivationCurve : public QWidget
{
    Q_OBJECT

public:
    explicit ActivationCurve(QWidget* parent = nullptr);

    void setPoint(ActivationFunction f, double net, double out, int digits);
    QString words() const; ///< "slope 0.839, far from saturation"

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, 60}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString heading() const;

    ActivationFunction m_function;
    double m_net = 0.0;
    double m_out = 0.0;
    double m_slope = 0.0;
    int m_digits = 4;
};

} // namespace chronograd
