#pragma once

#include "ui/plots/analysis_plot.h"

namespace chronograd {

/// ‖∂L_t/∂h_s‖ over (t, s): how much of the error of step t arrives at step s, and what the cut keeps out.
class FlowPlot : public AnalysisPlot
{
    Q_OBJECT

public:
    explicit FlowPlot(QWidget* parent = nullptr);

protected:
    Extent extent() const override;
    void fill() override {}
    void refresh() override;
    Hover hoverAt(const QPointF& onCanvas) override;
    void writeCsv(QTextStream& out) const override;

private:
    const GradientFlow* flow() const;
    double greatest() const;
    double faintest() const;
    void paint(QPainter& painter) const;
    void paintCells(QPainter& painter) const;
    void paintCut(QPainter& painter) const;
};

} // namespace chronograd
