#pragma once

#include "core/explain/quantity.h"
#include "core/session/session.h"

#include <QObject>

class QAction;

namespace chronograd {

class Card;
class CardDesk;
class TransportBar;
class WorkedExample;
class WorkedPanel;

/// The card of the worked example: there while the open experiment has a book's numbers.
class WorkedCard : public QObject
{
    Q_OBJECT

public:
    /// \param neighbour the card that it shares a place with
    WorkedCard(CardDesk& desk, Card& neighbour, TransportBar& transport, QObject* parent);

    void startExperiment(const Experiment& experiment);
    void showNews(const SessionNews& news);
    WorkedPanel* panel() const { return m_panel; }
    const WorkedExample& example() const;
    void addTitleButton(QAction& action);

signals:
    void quantitySelected(const chronograd::Quantity& quantity);
    void failed(const QString& sentence);

private:
    WorkedPanel* m_panel;
    Card* m_card;
};

} // namespace chronograd
