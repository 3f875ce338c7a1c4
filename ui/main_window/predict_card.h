#pragma once

#include "core/explain/quantity.h"
#include "core/worked/worked_example.h"

#include <QObject>

class QAction;

namespace chronograd {

class Card;
class CardDesk;
class PredictMode;
class SessionBridge;
class TransportBar;

/// The card in which numbers are predicted, there while that is on, and its place in the window: between the
/// engine and the views.
class PredictCard : public QObject
{
    Q_OBJECT

public:
    PredictCard(CardDesk& desk, SessionBridge& bridge, TransportBar& transport, QObject* parent);

    QAction* action() const { return m_action; } ///< On and off.
    PredictMode* mode() const { return m_mode; }
    void startExperiment(const WorkedExample& example);
    /// Whose place it shares where there is no room for both.
    void setNeighbour(Card& neighbour) { m_neighbour = &neighbour; }

public slots:
    void setSelected(const chronograd::Quantity& selected);

signals:
    void turned(bool on);
    /// Turned on where updates are known already whose numbers are to be predicted.
    void forgetAsked();
    void asked(const chronograd::Quantity& quantity);

private:
    void turn(bool on);

    CardDesk& m_desk;
    SessionBridge& m_bridge;
    TransportBar& m_transport;
    PredictMode* m_mode;
    Card* m_card;
    Card* m_neighbour = nullptr;
    QAction* m_action;
    bool m_hasBook = false;
};

} // namespace chronograd
