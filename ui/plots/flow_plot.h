#pragma once

#include "core/analysis/update_analysis.h"
#include "ui/plots/analysis_view.h"
#include "ui/plots/chart_widget.h"

#include <memory>

namespace chronograd {

/// ‖∂L_t/∂h_s‖ over (t, s): how much of the error of step t arrives at step s, and what the cut keeps out.
class FlowPlot : public ChartWidget, public AnalysisView
{
    Q_OBJECT

public:
    explicit FlowPlot(QWidget* parent = nullptr);

    void startExperiment(const Experiment& experiment) override;
    void ask(AnalysisRequest& request) const override { request.flow = true; }
    void showNews(const SessionNews& news) override;

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

    std::shared_ptr<const UpdateAnalysis> m_analysis;
};

} // namespace chronograd
