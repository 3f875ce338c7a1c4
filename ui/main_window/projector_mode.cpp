#include "ui/main_window/projector_mode.h"

#include <QAction>
#include <QScreen>
#include <QWidget>

#include <algorithm>

namespace chronograd {

namespace {

constexpr QSizeF usualSize(1350, 800); ///< Fits everything at the type of a desk.
constexpr qreal least = 1.1;
constexpr qreal most = 2.0;

} // namespace

ProjectorMode::ProjectorMode(QWidget& window)
    : QObject(&window)
    , m_window(window)
    , m_action(new QAction(tr("&Projector mode"), this))
{
    m_action->setCheckable(true);
    m_action->setShortcut(QKeySequence(Qt::Key_F11));
    m_action->setIconText(tr("Projector"));
    m_action->setToolTip(
        tr("The whole screen, with large type and thick lines for the back of the room (F11)"));
    connect(m_action, &QAction::toggled, this, &ProjectorMode::change);
}

bool ProjectorMode::isOn() const
{
    return m_action->isChecked();
}

qreal ProjectorMode::magnification() const
{
    return isOn() ? magnificationOn(m_window.screen()->size()) : 1.0;
}

qreal ProjectorMode::magnificationOn(QSize screen)
{
    return std::clamp(std::min(screen.width() / usualSize.width(), screen.height() / usualSize.height()),
                      least, most);
}

void ProjectorMode::change(bool on)
{
    if (on)
        m_before = m_window.windowState();
    m_window.setWindowState(on ? m_before | Qt::WindowFullScreen : m_before);
    emit changed();
}

} // namespace chronograd
