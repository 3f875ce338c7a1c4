#pragma once

#include "ui/plots/curves_plot.h"

namespace chronograd {

/// How many units of each activation hardly react any more, over the updates.
class SaturationPlot : public CurvesPlot
{
    Q_OBJECT

public:
    explicit SaturationPlot(QWidget* parent = nullptr);

    void ask(AnalysisRequest& request) const override { request.saturation = true; }

protected:
    std::optional<Sample> sampleOf(const UpdateAnalysis& analysis) const override;
    QString hint() const override;
    QString valueText(double value) const override;
    PlotRange leastRange() const override { return {0.0, 10.0}; }
};

} // namespace chronograd
