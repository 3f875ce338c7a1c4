#pragma once

#include "ui/plots/curves_plot.h"
#include "ui/plots/seen_analyses.h"

class QComboBox;

namespace chronograd {

/// Curves over the updates that were seen, and a chooser of what is drawn of them: another choice is drawn
/// from the first of them on.
class ChosenCurvesPlot : public CurvesPlot
{
    Q_OBJECT

public:
    void startExperiment(const Experiment& experiment) override;
    void showNews(const SessionNews& news) override;
    void showSession(const Lane* session) override;
    void forgetSession(const Lane* session) override;

protected:
    /// \param most updates are kept of each session
    ChosenCurvesPlot(const QString& fileName, std::size_t most, QWidget* parent);

    QComboBox& chooser() { return *m_chooser; }
    void placeChooser(); ///< Again when its items are others.
    void drawAnew();     ///< Something else is drawn of the updates.
    void resizeEvent(QResizeEvent* event) override;

private:
    QComboBox* m_chooser;
    PerSession<SeenAnalyses> m_seen;
};

} // namespace chronograd
