#include "ui/main_window/card_desk.h"

#include "ui/theme/card.h"
#include "ui/theme/theme.h"

#include <QResizeEvent>
#include <QStyle>
#include <QTabBar>
#include <QToolButton>

#include <algorithm>
#include <iterator>

namespace chronograd {

namespace {

constexpr int layoutVersion = 2;
constexpr int lowHeight = 760;
constexpr int narrowWidth = 1500;
constexpr int leastBottom = 225;

} // namespace

CardDesk::CardDesk(QWidget* parent)
    : QMainWindow(parent, Qt::Widget)
{
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    setContentsMargins(10, 10, 10, 10);
    for (const Qt::Corner corner : {Qt::BottomLeftCorner, Qt::BottomRightCorner})
        setCorner(corner, Qt::BottomDockWidgetArea);
    m_tabCheck.setSingleShot(true);
    connect(&m_tabCheck, &QTimer::timeout, this, [this] {
        for (Card* card : m_cards)
            card->checkTabs();
    });
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
    connect(card->toggleViewAction(), &QAction::toggled, &m_tabCheck, qOverload<>(&QTimer::start));
    connect(card, &QDockWidget::dockLocationChanged, &m_tabCheck, qOverload<>(&QTimer::start));
    return card;
}

Card* CardDesk::addAtBottom(std::size_t place, const QString& name, const QString& title, QWidget* content)
{
    Card* card = addCard(Qt::BottomDockWidgetArea, name, title, content);
    m_places.resize(std::max(m_places.size(), place + 1));
    std::vector<Card*>& there = m_places[place];
    if (!there.empty())
        tabifyDockWidget(there.front(), card);
    there.push_back(card);
    return card;
}

Card* CardDesk::addCardBehind(Card& front, const QString& name, const QString& title, QWidget* content)
{
    Card* card = addCard(dockWidgetArea(&front), name, title, content);
    tabifyDockWidget(&front, card);
    front.raise();
    return card;
}

void CardDesk::makeRoom(Card& card, Card& neighbour)
{
    m_guest = &card;
    m_host = &neighbour;
    const bool isBeside = !card.isFloating() && dockWidgetArea(&card) == dockWidgetArea(&neighbour);
    if (isBeside && height() < Theme::current().magnified(lowHeight) && tabifiedDockWidgets(&card).isEmpty())
        tabifyDockWidget(&neighbour, &card);
}

bool CardDesk::isBehind(const QWidget& widget)
{
    const QWidget* around = &widget;
    while (around != nullptr && qobject_cast<const Card*>(around) == nullptr)
        around = around->parentWidget();
    return around != nullptr && around->visibleRegion().isEmpty();
}

void CardDesk::arrange()
{
    showFirstOfPlaces();
    m_firstLayout = saveState(layoutVersion);
    fitToSize();
}

void CardDesk::showFirstOfPlaces()
{
    for (const std::vector<Card*>& place : m_places)
        if (&place != &m_places.back() || !m_isBundled)
            place.front()->raise();
}

std::vector<Card*> CardDesk::sideCards() const
{
    std::vector<Card*> result;
    for (Card* card : m_cards)
        if (std::ranges::none_of(m_places, [card](const std::vector<Card*>& place) {
                return std::ranges::find(place, card) != place.end();
            }))
            result.push_back(card);
    return result;
}

/// At the bottom; those of the last place first.
std::vector<Card*> CardDesk::cardsInFront() const
{
    std::vector<Card*> result;
    for (auto place = m_places.rbegin(); place != m_places.rend(); ++place)
        std::ranges::copy_if(*place, std::back_inserter(result),
                             [](const Card* card) { return !card->visibleRegion().isEmpty(); });
    return result;
}

void CardDesk::keepSizesDuring(const std::function<void()>& change)
{
    const QByteArray before = layoutNow();
    change();
    if (!isVisible())
        return; // nothing has its size yet
    QTimer::singleShot(0, this, [this, before] {
        if (m_isUntouched)
            fitToSize();
        else
            restoreState(before, layoutVersion);
    });
}

QByteArray CardDesk::layoutNow() const
{
    return saveState(layoutVersion);
}

void CardDesk::restoreLayout(const QByteArray& layout)
{
    if (restoreState(layout, layoutVersion))
        m_isUntouched = false;
    for (Card* card : m_cards)
        if (!card->isOffered())
            card->hide();
    m_tabCheck.start();
}

void CardDesk::resetLayout()
{
    restoreState(m_firstLayout, layoutVersion);
    for (Card* card : m_cards)
        card->setVisible(card->isOffered());
    m_isBundled = false;
    m_isUntouched = true;
    fitToSize();
    showFirstOfPlaces();
    m_tabCheck.start();
}

void CardDesk::fitToSize()
{
    const Theme& theme = Theme::current();
    // On a low window the controls need the whole height; on a narrow one four plots are too many.
    const bool isLow = height() < theme.magnified(lowHeight);
    setCorner(Qt::BottomLeftCorner, isLow ? Qt::LeftDockWidgetArea : Qt::BottomDockWidgetArea);
    bundleBottom(width() < theme.magnified(narrowWidth));
    if (isLow && m_guest != nullptr && m_guest->isOffered()) {
        const bool isInFront = !m_guest->visibleRegion().isEmpty();
        makeRoom(*m_guest, *m_host);
        if (isInFront)
            m_guest->raise();
    }
    giveSizes();
}

void CardDesk::bundleBottom(bool narrow)
{
    if (narrow == m_isBundled || m_places.size() < 2)
        return;
    m_isBundled = narrow;
    const std::vector<Card*> front = cardsInFront();
    const std::vector<Card*>& last = m_places.back();
    const std::size_t others = m_places.size() - 1;
    for (std::size_t i = 0; i < last.size(); ++i) {
        Card* card = last[i];
        const bool wasHidden = card->isHidden();
        if (narrow) { // the first joins its neighbours, the rest fills up from the left
            tabifyDockWidget(m_places[i == 0 ? others - 1 : (i - 1) % others].front(), card);
            continue;
        }
        removeDockWidget(card);
        if (i == 0)
            addDockWidget(Qt::BottomDockWidgetArea, card, Qt::Horizontal);
        else
            tabifyDockWidget(last.front(), card);
        card->setHidden(wasHidden);
    }
    showFirstOfPlaces();
    for (Card* card : front)
        card->raise();
    m_tabCheck.start();
}

void CardDesk::giveSizes()
{
    const Theme& theme = Theme::current();
    QList<QDockWidget*> sides;
    QList<int> widths;
    int left = 0;
    for (Card* card : m_cards) {
        const Qt::DockWidgetArea area = dockWidgetArea(card);
        if (area == Qt::LeftDockWidgetArea) {
            sides << card;
            widths << std::clamp(width() * 17 / 100, theme.magnified(250), theme.magnified(320));
            left = card->isHidden() ? left : widths.back();
        } else if (area == Qt::RightDockWidgetArea) {
            sides << card;
            widths << std::clamp(width() * 26 / 100, theme.magnified(320), theme.magnified(480));
        }
    }
    resizeDocks(sides, widths, Qt::Horizontal);
    const QList<QDockWidget*> bottom = placesAtBottom();
    const int gap = style()->pixelMetric(QStyle::PM_DockWidgetSeparatorExtent, nullptr, this);
    const bool isBesideLeft = corner(Qt::BottomLeftCorner) == Qt::LeftDockWidgetArea && left > 0;
    const auto places = std::max<int>(1, int(bottom.size()));
    const int room = contentsRect().width() - (isBesideLeft ? left + gap : 0) - (places - 1) * gap;
    resizeDocks(bottom,
                QList<int>(bottom.size(), std::max(theme.magnified(leastBottom), height() * 32 / 100)),
                Qt::Vertical);
    resizeDocks(bottom, QList<int>(bottom.size(), room / places), Qt::Horizontal);
}

/// One card of each place that is seen.
QList<QDockWidget*> CardDesk::placesAtBottom() const
{
    QList<QDockWidget*> result;
    for (std::size_t place = 0; place < m_places.size() - (m_isBundled ? 1 : 0); ++place) {
        const auto found = std::ranges::find_if(
            m_places[place], [](const Card* card) { return !card->isHidden() && !card->isFloating(); });
        if (found != m_places[place].end())
            result << *found;
    }
    return result;
}

/// The bars of tabs belong to QMainWindow: rather scroll than show names that cannot be read.
void CardDesk::childEvent(QChildEvent* event)
{
    QMainWindow::childEvent(event);
    auto* bar = event->polished() ? qobject_cast<QTabBar*>(event->child()) : nullptr;
    if (!bar)
        return;
    bar->setElideMode(Qt::ElideNone);
    bar->setAccessibleName(tr("Cards in this place"));
    for (QToolButton* button : bar->findChildren<QToolButton*>())
        button->setToolTip(tr("More cards"));
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
