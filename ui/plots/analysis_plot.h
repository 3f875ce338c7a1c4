#pragma once

#include "core/analysis/update_analysis.h"
#include "ui/plots/analysis_view.h"
#include "ui/plots/chart_widget.h"

#include <memory>

namespace chronograd {

/// A plot of one part of what is computed about an update; it keeps the newest that has this part.
class AnalysisPlot : public ChartWidget, public AnalysisView
{
public:
    /// \param part what it shows
    AnalysisPlot(const QString& name, bool AnalysisRequest::*part, QWidget* parent);

    void startExperiment(const Experiment& experiment) override;
    void ask(AnalysisRequest& request) const override { request.*m_part = true; }
    void showNews(const SessionNews& news) override;
    void showSession(const Lane* session) override;

protected:
    const UpdateAnalysis* analysis() const { return m_analysis.get(); } ///< Null: none yet.
    void showAxes(bool shown); ///< Without data they would only stand behind the hint.

private:
    bool AnalysisRequest::*m_part;
    std::shared_ptr<const UpdateAnalysis> m_analysis;
};

} // namespace chronograd
