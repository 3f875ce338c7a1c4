#pragma once

#include "core/explain/quantity.h"
#include "core/session/session.h"

#include <QObject>

#include <memory>
#include <vector>

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
    /// With the next frame: of what is covered in it, these of the book's numbers are known.
    void setKnown(std::shared_ptr<const Frame> whole, const std::vector<std::size_t>& entries);
    WorkedPanel* panel() const { return m_panel; }
    const WorkedExample& example() const;
    void addTitleButton(QAction& action);

signals:
    void quantitySelected(const chronograd::Quantity& quantity);
    void failed(const QString& sentence);

private:
    void keep(const std::shared_ptr<const Frame>& frame);
    void showKept();

    WorkedPanel* m_panel;
    Card* m_card;
    bool m_isSeen = false; ///< Not behind another card.
    /// Nobody looks at the card and nothing is marked: the newest frame of each update that the book has
    /// numbers of, ascending, and the newest of all.
    std::vector<std::shared_ptr<const Frame>> m_unseen;
    std::shared_ptr<const Frame> m_whole; ///< Has the numbers of m_known, of those that the newest has not.
    std::vector<std::size_t> m_known;
};

} // namespace chronograd
