#pragma once

#include "core/explain/quantity.h"
#include "core/session/session.h"

#include <QObject>

#include <vector>

namespace chronograd {

class AnalysisView;
class Card;
class CardDesk;
class ErrorCurvePlot;
class HeatMapPlot;
class Lane;
class CourseButton;
class LossPlot;
class PredictionPlot;
class TransportBar;

/// The plots under the graph, each in a card of its own, and what they are fed with: only what can be seen is
/// computed.
class PlotCards : public QObject
{
    Q_OBJECT

public:
    PlotCards(CardDesk& desk, TransportBar& transport, QObject* parent);

    void startExperiment(const Experiment& experiment);
    void showNews(const SessionNews& news);    ///< Of the session that is shown.
    void showRunNews(const SessionNews& news); ///< The loss is always that of the run.

    /// Another session is shown from now on: a lane, or the run (null).
    void showSession(const Lane* session);
    void forgetSession(const Lane& lane); ///< It ends.

    /// What has to be computed for the plots that can be seen.
    ViewCommand view() const;
    void setPredicting(bool on); ///< Nothing is shown of other runs, which tell what is to be predicted.
    /// What the plots know of updates: some of it is still to be predicted.
    void forget(const Experiment& experiment);
    void setMember(int member); ///< Of the batch: whose steps are shown.
    /// A weight that was chosen elsewhere: its error curve is shown.
    void select(const Quantity& quantity);

signals:
    void quantitySelected(const chronograd::Quantity& quantity);
    void requestChanged();
    void courseChosen(qint64 from, qint64 to);

private:
    struct Seen
    {
        Card* card;
        AnalysisView* view;
        bool isSeen;
    };

    void fillPlaces(CardDesk& desk, TransportBar& transport);
    void watch(Card* card, AnalysisView* view);
    void forgetFrame();

    LossPlot* m_loss;
    CourseButton* m_courses;
    PredictionPlot* m_prediction;
    HeatMapPlot* m_weights;
    HeatMapPlot* m_updates;
    ErrorCurvePlot* m_errorCurve;
    std::vector<Seen> m_analyses;
    bool m_isPredictionSeen = false;
    const Lane* m_session = nullptr; ///< That is shown; null: the run.
    bool m_isNewlyShown = false;
    int m_member = 0;
};

} // namespace chronograd
