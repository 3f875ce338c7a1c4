#pragma once

#include "core/explain/quantity.h"
#include "core/session/session.h"

#include <QObject>

namespace chronograd {

class Card;
class CardDesk;
class HeatMapPlot;
class CourseButton;
class LossPlot;
class PredictionPlot;
class TransportBar;

/// The plots under the graph, each in a card of its own, and what they are fed with.
class PlotCards : public QObject
{
    Q_OBJECT

public:
    PlotCards(CardDesk& desk, TransportBar& transport, QObject* parent);

    void startExperiment(const Experiment& experiment);
    void showNews(const SessionNews& news);

    /// What frames have to hold for the plots that can be seen.
    FrameRequest request() const;
    void setMember(int member); ///< Of the batch: whose steps are shown.

signals:
    void quantitySelected(const chronograd::Quantity& quantity);
    void requestChanged();
    void courseChosen(qint64 from, qint64 to);

private:
    LossPlot* m_loss;
    CourseButton* m_courses;
    PredictionPlot* m_prediction;
    HeatMapPlot* m_weights;
    HeatMapPlot* m_updates;
    Card* m_predictionCard;
    int m_member = 0;
};

} // namespace chronograd
