#pragma once

#include "ui/plots/chosen_curves_plot.h"

namespace chronograd {

/// How much each update moves each parameter: |Δw|/|w|, or its parts |Δw|, the velocity |v|, the gradient.
class SizesPlot : public ChosenCurvesPlot
{
    Q_OBJECT

public:
    explicit SizesPlot(QWidget* parent = nullptr);

    void ask(AnalysisRequest& request) const override { request.sizes = true; }

    /// |Δw|/|w|, |Δw|, |v|, |∂L/∂w|
    enum class What : quint8
    {
        Relative,
        Change,
        Velocity,
        Gradient,
    };
    void show(What what);

protected:
    std::optional<Sample> sampleOf(const UpdateAnalysis& analysis) const override;
    QString hint() const override;

private:
    What m_what = What::Relative;
};

} // namespace chronograd
