#pragma once

#include <QMainWindow>
#include <QTimer>

#include <functional>
#include <vector>

namespace chronograd {

class Card;
class CardFrame;

/// The ground that the cards lie on: the graph in the middle, the others around it. Remembers where they were
/// put.
class CardDesk : public QMainWindow
{
    Q_OBJECT

public:
    explicit CardDesk(QWidget* parent = nullptr);

    CardFrame* setCentre(const QString& title, QWidget* content);
    Card* addCard(Qt::DockWidgetArea area, const QString& name, const QString& title, QWidget* content);
    /// Into one of the places at the bottom, from the left; the first of a place lies on top, the others are
    /// behind it, to be found by their tabs.
    Card* addAtBottom(std::size_t place, const QString& name, const QString& title, QWidget* content);
    /// Shares the place of another card: one of them is in front.
    Card* addCardBehind(Card& front, const QString& name, const QString& title, QWidget* content);
    /// For a card about to be shown: on a low desk, and on one that becomes low, it shares the place of its
    /// neighbour, as there is no room for both.
    void makeRoom(Card& card, Card& neighbour);
    const std::vector<std::vector<Card*>>& places() const
    {
        return m_places;
    }                                     ///< At the bottom, from the left.
    std::vector<Card*> sideCards() const; ///< All others.

    /// In a card that another one hides: Qt shows those, but outside the window.
    static bool isBehind(const QWidget& widget);

    /// Call after the last card: the arrangement that resetLayout() goes back to.
    void arrange();
    /// Another theme asks every card how large it wants to be; all keep their sizes.
    void keepSizesDuring(const std::function<void()>& change);
    QByteArray layoutNow() const;
    void restoreLayout(const QByteArray& layout);

public slots:
    void resetLayout();

protected:
    void childEvent(QChildEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitToSize();
    void giveSizes();
    void bundleBottom(bool narrow);
    void showFirstOfPlaces();
    std::vector<Card*> cardsInFront() const;
    QList<QDockWidget*> placesAtBottom() const;

    std::vector<Card*> m_cards;
    std::vector<std::vector<Card*>> m_places;
    Card* m_guest = nullptr; ///< The card that room was made for, and its neighbour.
    Card* m_host = nullptr;
    bool m_isBundled = false; ///< The last place at the bottom is shared out among the others.
    QByteArray m_firstLayout;
    /// A card that comes or goes leaves others alone in their places, or not: looked at once all have found
    /// theirs.
    QTimer m_tabCheck;
    bool m_isUntouched = true; ///< Nobody has moved anything: the arrangement follows the window's size.
};

} // namespace chronograd
