#include "ui/plots/chosen_curves_plot.h"

#include <QComboBox>

namespace chronograd {

ChosenCurvesPlot::ChosenCurvesPlot(const QString& fileName, std::size_t most, QWidget* parent)
    : CurvesPlot(fileName, parent)
    , m_chooser(new QComboBox(this))
    , m_seen(SeenAnalyses(most))
{}

void ChosenCurvesPlot::startExperiment(const Experiment& experiment)
{
    m_seen.clear();
    CurvesPlot::startExperiment(experiment);
}

void ChosenCurvesPlot::showNews(const SessionNews& news)
{
    m_seen->take(news);
    CurvesPlot::showNews(news);
}

/// What is drawn of it may have been chosen anew meanwhile.
void ChosenCurvesPlot::showSession(const Lane* session)
{
    CurvesPlot::showSession(session);
    m_seen.show(session);
    drawAnew();
}

void ChosenCurvesPlot::forgetSession(const Lane* session)
{
    m_seen.forget(session);
    CurvesPlot::forgetSession(session);
}

void ChosenCurvesPlot::drawAnew()
{
    forgetCurves();
    showAnalyses(m_seen->all());
}

void ChosenCurvesPlot::placeChooser()
{
    placeInCorner(*m_chooser, m_chooser->sizeHint().boundedTo({160, 24}));
}

void ChosenCurvesPlot::resizeEvent(QResizeEvent* event)
{
    CurvesPlot::resizeEvent(event);
    placeChooser();
}

} // namespace chronograd
