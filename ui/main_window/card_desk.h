#pragma once

#include <QMainWindow>

#include <vector>

namespace chronograd {

class Card;

/// The ground that the cards lie on: the graph in the middle, the others around it. Remembers where they were
/// put.
class CardDesk : public QMainWindow
{
    Q_OBJECT

public:
    explicit CardDesk(QWidget* parent = nullptr);

    void setCentre(const QString& title, QWidget* content);
    Card* addCard(Qt::DockWidgetArea area, const QString& name, const QString& title, QWidget* content);
    const std::vector<Card*>& cards() const { return m_cards; }

    /// Call after the last card: the arrangement that resetLayout() goes back to.
    void arrange();
    QByteArray layoutNow() const;
    void restoreLayout(const QByteArray& layout);

public slots:
    void resetLayout();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void giveSizes();

    std::vector<Card*> m_cards;
    QByteArray m_firstLayout;
    bool m_isUntouched = true; ///< Sizes still follow the window.
};

} // namespace chronograd
