#include "ui/main_window/message_banner.h"

#include "core/session/session.h"
#include "ui/theme/desk_size.h"
#include "ui/theme/number_text.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace chronograd {

MessageBanner::MessageBanner(QWidget* parent)
    : QFrame(parent)
    , m_text(new QLabel)
{
    setProperty("look", QStringLiteral("banner"));
    setAccessibleName(tr("Message"));
    m_text->setObjectName(QStringLiteral("message"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* sign = new QLabel(QStringLiteral("⚠"));
    auto* close = new QToolButton;
    close->setObjectName(QStringLiteral("dismiss"));
    close->setText(QStringLiteral("×"));
    close->setProperty("look", QStringLiteral("quiet"));
    close->setAccessibleName(tr("Dismiss the message"));
    close->setToolTip(tr("Dismiss"));
    close->setShortcut(Qt::Key_Escape);
    fixSize(*close, {22, 22});
    connect(close, &QToolButton::clicked, this, &MessageBanner::dismiss);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 8, 6);
    row->setSpacing(10);
    row->addWidget(sign);
    row->addWidget(m_text, 1);
    row->addWidget(close);
    hide();
}

QString MessageBanner::text() const
{
    return isHidden() ? QString() : m_text->text();
}

void MessageBanner::showMessage(const QString& sentence)
{
    m_text->setText(sentence);
    m_text->setAccessibleName(sentence);
    show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void MessageBanner::dismiss()
{
    hide();
}

void MessageBanner::showNews(const SessionNews& news)
{
    const bool hasDiverged = news.state == RunState::Diverged;
    const QString said = hasDiverged ? withShownNumbers(QString::fromStdString(news.message)) : QString();
    if (said == m_divergence || (hasDiverged && said.isEmpty()))
        return;
    if (!said.isEmpty())
        showMessage(said);
    else if (text() == m_divergence)
        dismiss();
    m_divergence = said;
}

} // namespace chronograd
