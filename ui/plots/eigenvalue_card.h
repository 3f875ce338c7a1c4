#pragma once

#include "ui/plots/analysis_view.h"

#include <QWidget>

namespace chronograd {

class CurvesPlot;
class EigenvaluePlot;

/// The eigenvalues now, beside the spectral radius over the updates.
class EigenvalueCard : public QWidget, public AnalysisView
{
    Q_OBJECT

public:
    explicit EigenvalueCard(QWidget* parent = nullptr);

    void startExperiment(const Experiment& experiment) override;
    void ask(AnalysisRequest& request) const override;
    void showNews(const SessionNews& news) override;
    void showSession(const Lane* session) override;
    void forgetSession(const Lane* session) override;
    void setSeen(bool seen) override;

private:
    EigenvaluePlot* m_plane;
    CurvesPlot* m_radius;
};

} // namespace chronograd
