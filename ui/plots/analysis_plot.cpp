#include "ui/plots/analysis_plot.h"

#include "core/session/session.h"
#include "ui/plots/plot_canvas.h"

namespace chronograd {

AnalysisPlot::AnalysisPlot(const QString& name, bool AnalysisRequest::*part, QWidget* parent)
    : ChartWidget(name, parent)
    , m_part(part)
{}

void AnalysisPlot::startExperiment(const Experiment&)
{
    m_analysis = nullptr;
    showEverything();
}

void AnalysisPlot::showNews(const SessionNews& news)
{
    if (news.restarted)
        m_analysis = nullptr;
    for (const auto& analysis : news.analyses)
        if (analysis->request.*m_part)
            m_analysis = analysis;
    if (news.restarted || !news.analyses.empty())
        markStale();
}

void AnalysisPlot::showSession(const Lane*)
{
    m_analysis = nullptr;
    markStale();
}

void AnalysisPlot::showAxes(bool shown)
{
    canvas().xAxis->setVisible(shown);
    canvas().yAxis->setVisible(shown);
}

} // namespace chronograd
