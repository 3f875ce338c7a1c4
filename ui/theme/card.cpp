#include "ui/theme/card.h"

#include "ui/theme/desk_size.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMainWindow>
#include <QPainter>
#include <QToolButton>

#include <algorithm>

namespace chronograd {

namespace {

constexpr int margin = 14;
constexpr QMargins titleMargins(margin, 8, margin - 6, 6);
constexpr QMargins tabbedMargins(margin, 4, margin - 6, 4); // something to take hold of

void paintCard(QWidget& widget)
{
    const Theme& theme = Theme::current();
    QPainter painter(&widget);
    painter.fillRect(widget.rect(), theme.ground);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.line);
    painter.setBrush(theme.card);
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

/// Keeps the content clear of the rounded corners.
QWidget* padded(QWidget* content)
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(margin, 0, margin, margin - 4);
    layout->addWidget(content);
    return box;
}

} // namespace

CardTitle::CardTitle(const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
    , m_name(new QLabel(title))
{
    m_row->setContentsMargins(titleMargins);
    m_row->setSpacing(10);
    m_name->setProperty("look", QStringLiteral("heading"));
    m_name->setMinimumWidth(1); // see showName()
    m_row->addWidget(m_name);
    m_row->addStretch(1);
    m_stretch = 1;
}

void CardTitle::setTitle(const QString& title)
{
    m_name->setText(title);
}

void CardTitle::add(QWidget* widget)
{
    m_row->insertWidget(m_stretch++, widget);
}

void CardTitle::addAtEnd(QWidget* widget)
{
    m_row->insertWidget(m_stretch + 1, widget);
}

QToolButton* CardTitle::addCloseButton()
{
    auto* button = new QToolButton;
    button->setText(QStringLiteral("×"));
    button->setProperty("look", QStringLiteral("quiet"));
    button->setToolTip(tr("Hide this card; the View menu brings it back"));
    button->setAccessibleName(tr("Hide %1").arg(m_name->text()));
    fixSize(*button, {20, 20});
    m_row->addWidget(button);
    m_close = button;
    return button;
}

void CardTitle::setTabbed(bool tabbed)
{
    m_isTabbed = tabbed;
    m_row->setContentsMargins(tabbed ? tabbedMargins : titleMargins);
    if (m_close)
        m_close->setVisible(!tabbed); // its room is the content's; a right-click on the tabs hides cards
    showName();
}

void CardTitle::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    showName();
}

/// Where the row is too narrow for everything the name goes: what is in a card says what it is.
void CardTitle::showName()
{
    int needed = titleMargins.left() + titleMargins.right();
    for (int index = 0; index < m_row->count(); ++index)
        if (const QWidget* widget = m_row->itemAt(index)->widget())
            needed += widget->sizeHint().width() + m_row->spacing();
    m_name->setVisible(!m_isTabbed && needed <= width());
}

CardFrame::CardFrame(const QString& title, QWidget* content, QWidget* parent)
    : QWidget(parent)
    , m_title(new CardTitle(title))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_title);
    layout->addWidget(padded(content), 1);
    setAccessibleName(title);
}

void CardFrame::paintEvent(QPaintEvent*)
{
    paintCard(*this);
}

Card::Card(const QString& name, const QString& title, QWidget* content, QWidget* parent)
    : QDockWidget(title, parent)
    , m_title(new CardTitle(title))
{
    setObjectName(name);
    setAccessibleName(title);
    setTitleBarWidget(m_title);
    setWidget(padded(content));
    const QToolButton* closeButton = m_title->addCloseButton();
    connect(closeButton, &QToolButton::clicked, this, &QDockWidget::close);
    connect(closeButton, &QToolButton::clicked, this, &Card::closedByHand);
    connect(this, &QDockWidget::visibilityChanged, this, &Card::checkTabs);
    connect(this, &QDockWidget::dockLocationChanged, this, &Card::checkTabs);
}

void Card::setOffered(bool offered)
{
    m_isOffered = offered;
    toggleViewAction()->setVisible(offered);
    setVisible(offered);
}

void Card::checkTabs()
{
    const auto* window = qobject_cast<QMainWindow*>(parentWidget());
    const auto mates =
        window != nullptr && !isFloating() ? window->tabifiedDockWidgets(this) : QList<QDockWidget*>();
    m_title->setTabbed(std::ranges::any_of(mates, [](const QDockWidget* mate) { return !mate->isHidden(); }));
}

void Card::paintEvent(QPaintEvent*)
{
    paintCard(*this);
}

} // namespace chronograd
