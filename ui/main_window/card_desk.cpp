#include "ui/main_window/card_desk.h"

#include "ui/theme/card.h"

#include <QResizeEvent>

#include <algorithm>

namespace chronograd {

namespace {

constexpr int layoutVersion = 1;

} // namespace

CardDesk::CardDesk(QWidget* parent)
    : QMainWindow(parent, Qt::Widget)
{
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    setContentsMargins(10, 10, 10, 10);
    for (const Qt::Corner corner : {Qt::BottomLeftCorner, Qt::BottomRightCorner})
        setCorner(corner, Qt::BottomDockWidgetArea);
}

void CardDesk::setCentre(const QString& title, QWidget* content)
{
    setCentralWidget(new CardFrame(title, content));
}

Card* CardDesk::addCard(Qt::DockWidgetArea area, const QString& name, const QString& title, QWidget* content)
{
    auto* card = new Card(name, title, content, this);
    addDockWidget(area, card, area == Qt::BottomDockWidgetArea ? Qt::Horizontal : Qt::Vertical);
    m_cards.push_back(card);
    return card;
}

void CardDesk::arrange()
{
    giveSizes();
    m_firstLayout = saveState(layoutVersion);
}

QByteArray CardDesk::layoutNow() const
{
    return saveState(layoutVersion);
}

void CardDesk::restoreLayout(const QByteArray& layout)
{
    if (restoreState(layout, layoutVersion))
        m_isUntouched = false;
}

void CardDesk::resetLayout()
{
    restoreState(m_firstLayout, layoutVersion);
    m_isUntouched = true;
    giveSizes();
}

void CardDesk::giveSizes()
{
    QList<QDockWidget*> sides;
    QList<QDockWidget*> bottom;
    QList<int> widths;
    for (Card* card : m_cards) {
        const Qt::DockWidgetArea area = dockWidgetArea(card);
        if (area == Qt::BottomDockWidgetArea) {
            bottom << card;
        } else {
            sides << card;
            widths << std::clamp(width() * (area == Qt::LeftDockWidgetArea ? 17 : 26) / 100,
                                 area == Qt::LeftDockWidgetArea ? 262 : 330, 460);
        }
    }
    resizeDocks(sides, widths, Qt::Horizontal);
    resizeDocks(bottom, QList<int>(bottom.size(), std::max(170, height() * 30 / 100)), Qt::Vertical);
    resizeDocks(bottom, QList<int>(bottom.size(), width() / std::max<int>(1, int(bottom.size()))),
                Qt::Horizontal);
}

void CardDesk::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    if (m_isUntouched)
        giveSizes();
}

} // namespace chronograd
