#pragma once

#include "ui/plots/curves_plot.h"
#include "ui/plots/seen_analyses.h"

class QComboBox;

namespace chronograd {

/// How much each update moves each parameter: |Δw|/|w|, or its parts |Δw|, the velocity |v|, the gradient.
class SizesPlot : public CurvesPlot
{
    Q_OBJECT

public:
    explicit SizesPlot(QWidget* parent = nullptr);

    void ask(AnalysisRequest& request) const override { request.sizes = true; }
    void showNews(const SessionNews& news) override;
    void showSession(const Lane* session) override;
    void forgetSession(const Lane* session) override;
    void startExperiment(const Experiment& experiment) override;

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
    void resizeEvent(QResizeEvent* event) override;

private:
    void placeChooser();

    What m_what = What::Relative;
    QComboBox* m_chooser;
    PerSession<SeenAnalyses> m_seen{SeenAnalyses(2048)};
};

} // namespace chronograd
