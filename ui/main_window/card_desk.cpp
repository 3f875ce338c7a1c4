#include "ui/main_window/card_desk.h"

#include "ui/theme/card.h"

#include <QResizeEvent>

#include <algorithm>

namespace chronograd {

namespace {

constexpr int layoutVersion = 1;
constexpr int lowHeight = 760;
constexpr int narrowWidth = 1500;

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

CardFrame* CardDesk::setCentre(const QString& title, QWidget* content)
{
    auto* centre = new CardFrame(title, content);
    setCentralWidget(centre);
    return centre;
}

Card* CardDesk::addCard(Qt::DockWidgetArea area, const QString& name, const QString& title, QWidget* content)
{
    auto* card = new Card(name, title, content, this);
    addDockWidget(area, card, area == Qt::BottomDockWidgetArea ? Qt::Horizontal : Qt::Vertical);
    m_cards.push_back(card);
    connect(card, &QDockWidget::topLevelChanged, this, [this] { m_isUntouched = false; });
    return card;
}

void CardDesk::arrange()
{
    m_firstLayout = saveState(layoutVersion);
    fitToSize();
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
    for (Card* card : m_cards)
        card->show();
    m_isBundled = false;
    m_isUntouched = true;
    fitToSize();
}

void CardDesk::fitToSize()
{
    // On a low window the controls need the whole height; on a narrow one four plots are too many.
    const bool isLow = height() < lowHeight;
    setCorner(Qt::BottomLeftCorner, isLow ? Qt::LeftDockWidgetArea : Qt::BottomDockWidgetArea);
    bundleBottom(width() < narrowWidth);
    giveSizes();
}

void CardDesk::bundleBottom(bool narrow)
{
    std::vector<Card*> bottom;
    for (Card* card : m_cards)
        if (dockWidgetArea(card) == Qt::BottomDockWidgetArea)
            bottom.push_back(card);
    if (narrow == m_isBundled || bottom.size() < 3)
        return;
    m_isBundled = narrow;
    Card* const last = bottom.back();
    Card* const before = bottom[bottom.size() - 2];
    const bool wasHidden = last->isHidden();
    if (narrow) {
        tabifyDockWidget(before, last);
        before->raise();
    } else {
        removeDockWidget(last);
        addDockWidget(Qt::BottomDockWidgetArea, last, Qt::Horizontal);
        last->setHidden(wasHidden);
    }
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
        } else if (area == Qt::LeftDockWidgetArea) {
            sides << card;
            widths << std::clamp(width() * 17 / 100, 250, 320);
        } else {
            sides << card;
            widths << std::clamp(width() * 26 / 100, 320, 480);
        }
    }
    resizeDocks(sides, widths, Qt::Horizontal);
    resizeDocks(bottom, QList<int>(bottom.size(), std::max(170, height() * 32 / 100)), Qt::Vertical);
    resizeDocks(bottom, QList<int>(bottom.size(), width() / std::max<int>(1, int(bottom.size()))),
                Qt::Horizontal);
}

void CardDesk::mousePressEvent(QMouseEvent* event)
{
    m_isUntouched = false; // only the gaps between the cards are the desk's own
    QMainWindow::mousePressEvent(event);
}

void CardDesk::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    if (m_isUntouched)
        fitToSize();
}

} // namespace chronograd
