#pragma once

#include "ui/plots/chosen_curves_plot.h"

namespace chronograd {

/// The weights of one parameter over the updates.
class WeightCurvesPlot : public ChosenCurvesPlot
{
    Q_OBJECT

public:
    explicit WeightCurvesPlot(QWidget* parent = nullptr);

    void startExperiment(const Experiment& experiment) override;
    void ask(AnalysisRequest& request) const override { request.weights = true; }
    void showNews(const SessionNews& news) override;

    void chooseParameter(int parameter);

protected:
    std::optional<Sample> sampleOf(const UpdateAnalysis& analysis) const override;
    QString hint() const override;

private:
    void fillChooser(const Network& network);

    int m_parameter = 0;
    std::shared_ptr<const Network> m_network;
};

} // namespace chronograd
