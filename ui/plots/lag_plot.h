#pragma once

#include "ui/plots/analysis_plot.h"

namespace chronograd {

/// The gradient of an update by lag: how large the share is that comes from 0, 1, 2 … steps back, and how
/// large it would be if nothing were cut.
class LagPlot : public AnalysisPlot
{
    Q_OBJECT

public:
    explicit LagPlot(QWidget* parent = nullptr);

protected:
    Extent extent() const override;
    void fill() override {}
    void refresh() override;
    Hover hoverAt(const QPointF& onCanvas) override;
    void writeCsv(QTextStream& out) const override;

private:
    const GradientFlow* flow() const;
    bool hasShares() const;
    bool isCutAt(std::size_t lag) const; ///< Does the cut change this lag's share?
    void paint(QPainter& painter) const;
};

} // namespace chronograd
