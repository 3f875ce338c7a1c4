#pragma once

#include "ui/plots/analysis_plot.h"

namespace chronograd {

/// A strip over the steps of the window: by how much each step lets an error grow at most, ‖∂h_t/∂h_{t−1}‖,
/// and the product of all of them back from the last step.
class JacobianPlot : public AnalysisPlot
{
    Q_OBJECT

public:
    explicit JacobianPlot(QWidget* parent = nullptr);

protected:
    Extent extent() const override;
    void fill() override {}
    void refresh() override;
    Hover hoverAt(const QPointF& onCanvas) override;
    void writeCsv(QTextStream& out) const override;

private:
    const JacobianChain* chain() const;
    void paint(QPainter& painter) const;
    void paintBars(QPainter& painter) const;
    void paintProducts(QPainter& painter) const;
};

} // namespace chronograd
