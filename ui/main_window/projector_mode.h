#pragma once

#include <QObject>
#include <QSize>

class QAction;
class QWidget;

namespace chronograd {

/// F11: the window takes the whole screen, with type and lines for the back of the room.
class ProjectorMode : public QObject
{
    Q_OBJECT

public:
    explicit ProjectorMode(QWidget& window);

    QAction* action() const { return m_action; }
    bool isOn() const;
    /// Of type, for the theme; 1 while the mode is off.
    qreal magnification() const;

    /// What a screen of that size has room for. A lower one shows everything larger as it is.
    static qreal magnificationOn(QSize screen);

signals:
    void changed();

private:
    void change(bool on);

    QWidget& m_window;
    QAction* m_action;
    Qt::WindowStates m_before;
};

} // namespace chronograd
