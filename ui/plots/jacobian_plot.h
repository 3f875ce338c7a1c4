#pragma once

#include "core/analysis/update_analysis.h"
#include "ui/plots/analysis_view.h"
#include "ui/plots/chart_widget.h"

#include <memory>

namespace chronograd {

/// A strip over the steps of the window: by how much each step lets an error grow at most, ‖∂h_t/∂h_{t−1}‖,
/// and the product of all of them back from the last step.
class JacobianPlot : public ChartWidget, public AnalysisView
{
    Q_OBJECT

public:
    explicit JacobianPlot(QWidget* parent = nullptr);

    void startExperiment(const Experiment& experiment) override;
    void ask(AnalysisRequest& request) const override { request.jacobians = true; }
    void showNews(const SessionNews& news) override;

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

    std::shared_ptr<const UpdateAnalysis> m_analysis;
};

} // namespace chronograd
