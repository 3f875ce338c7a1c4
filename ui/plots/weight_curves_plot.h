#pragma once

#include "ui/plots/curves_plot.h"
#include "ui/plots/seen_analyses.h"

class QComboBox;

namespace chronograd {

/// The weights of one parameter over the updates.
class WeightCurvesPlot : public CurvesPlot
{
    Q_OBJECT

public:
    explicit WeightCurvesPlot(QWidget* parent = nullptr);

    void startExperiment(const Experiment& experiment) override;
    void ask(AnalysisRequest& request) const override { request.weights = true; }
    void showNews(const SessionNews& news) override;
    void showSession(const Lane* session) override;
    void forgetSession(const Lane* session) override;

    void chooseParameter(int parameter);

protected:
    std::optional<Sample> sampleOf(const UpdateAnalysis& analysis) const override;
    QString hint() const override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void placeChooser();
    void fillChooser(const Network& network);

    QComboBox* m_chooser;
    int m_parameter = 0;
    std::shared_ptr<const Network> m_network;
    PerSession<SeenAnalyses> m_seen{SeenAnalyses(1024)};
};

} // namespace chronograd
