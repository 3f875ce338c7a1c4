#pragma once

#include <QMainWindow>

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
    const std::vector<Card*>& cards() const { return m_cards; }

    /// Call after the last card: the arrangement that resetLayout() goes back to.
    void arrange();
    QByteArray layoutNow() const;
    void restoreLayout(const QByteArray& layout);

public slots:
    void resetLayout();

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitToSize();
    void giveSizes();
    void bundleBottom(bool narrow);

    std::vector<Card*> m_cards;
    bool m_isBundled = false; ///< The last two cards at the bottom share a place.
    QByteArray m_firstLayout;
    bool m_isUntouched = true; ///< Nobody has moved anything: the arrangement follows the window's size.
};

} // namespace chronograd
