#include "ui/theme/card.h"

#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace chronograd {

namespace {

constexpr int margin = 14;

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
    m_row->setContentsMargins(margin, 8, margin - 6, 6);
    m_row->setSpacing(10);
    m_name->setProperty("look", QStringLiteral("heading"));
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
    button->setFixedSize(20, 20);
    m_row->addWidget(button);
    return button;
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
    connect(m_title->addCloseButton(), &QToolButton::clicked, this, &QDockWidget::close);
}

void Card::paintEvent(QPaintEvent*)
{
    paintCard(*this);
}

} // namespace chronograd
