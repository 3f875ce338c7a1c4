#pragma once

#include <QDockWidget>
#include <QFrame>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace chronograd {

/// The title row of a card: its name, then what the owner adds (switches, legends), then a quiet close button
/// where the card can be hidden.
class CardTitle : public QWidget
{
    Q_OBJECT

public:
    explicit CardTitle(const QString& title, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    /// Puts a widget behind the name, left aligned, or at the right end.
    void add(QWidget* widget);
    void addAtEnd(QWidget* widget);
    QToolButton* addCloseButton();
    /// For a card behind a tab that has its name already.
    void setTabbed(bool tabbed);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showName();

    QHBoxLayout* m_row;
    QLabel* m_name;
    QToolButton* m_close = nullptr;
    int m_stretch; ///< The place of the stretch between what is left and right.
    bool m_isTabbed = false;
};

/// A card that stays where it is: white, rounded, with a title row.
class CardFrame : public QWidget
{
    Q_OBJECT

public:
    CardFrame(const QString& title, QWidget* content, QWidget* parent = nullptr);

    CardTitle* title() const { return m_title; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    CardTitle* m_title;
};

/// The same look as a dock: it can be moved, resized, hidden and restored. `name` is what the remembered
/// layout calls it and never changes.
class Card : public QDockWidget
{
    Q_OBJECT

public:
    Card(const QString& name, const QString& title, QWidget* content, QWidget* parent = nullptr);

    CardTitle* title() const { return m_title; }

    /// A card that has nothing to show is not offered: it is hidden, and the View menu does not bring it
    /// back.
    void setOffered(bool offered);
    bool isOffered() const { return m_isOffered; }
    /// Behind a tab the tab says its name and hides it; a card alone in its place does so itself.
    void checkTabs();

signals:
    void closedByHand(); ///< By its close button.

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    CardTitle* m_title;
    bool m_isOffered = true;
};

} // namespace chronograd
