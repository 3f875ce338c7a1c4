#pragma once

#include "core/analysis/update_analysis.h"
#include "ui/plots/analysis_view.h"
#include "ui/plots/chart_widget.h"

#include <memory>

namespace chronograd {

/// The gradient of an update by lag: how large the share is that comes from 0, 1, 2 … steps back, and how
/// large it would be if nothing were cut.
class LagPlot : public ChartWidget, public AnalysisView
{
    Q_OBJECT

public:
    explicit LagPlot(QWidget* parent = nullptr);

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
    bool isCutAt(std::size_t lag) const; ///< Does the cut change this lag's share?
    void paint(QPainter& painter) const;

    std::shared_ptr<const UpdateAnalysis> m_analysis;
};

} // namespace chronograd
