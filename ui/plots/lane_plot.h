#pragma once

#include "core/session/bounded_series.h"
#include "ui/plots/loss_axis_chart.h"

#include <QPen>

#include <vector>

namespace chronograd {

/// The running mean of the loss of several lanes over each other, each in a line style of its own.
class LanePlot : public LossAxisChart
{
    Q_OBJECT

public:
    struct Curve
    {
        QString name;
        QPen pen;
        const BoundedSeries* losses; ///< Outlives the next setCurves().
    };

    explicit LanePlot(QWidget* parent = nullptr);
    ~LanePlot() override;

    void setCurves(std::vector<Curve> curves);
    void setXName(const QString& name); ///< "update": what the losses come after.
    void dataChanged() { markStale(); }

signals:
    void placeAsked(qint64 x); ///< Ctrl+click: an update, or a number of time steps.

protected:
    Extent extent() const override;
    void fill() override;
    void refresh() override;
    Hover hoverAt(const QPointF& onCanvas) override;
    void mousePressEvent(QMouseEvent* event) override;
    void writeCsv(QTextStream& out) const override;

private:
    std::vector<Curve> m_curves;
    std::vector<std::vector<double>> m_means; ///< smoothed(), as of the last refresh.
    std::vector<QCPGraph*> m_graphs;
};

} // namespace chronograd
