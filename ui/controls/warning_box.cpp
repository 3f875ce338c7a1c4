#include "ui/controls/warning_box.h"

#include "ui/theme/number_text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QStringList>

#include <algorithm>

namespace chronograd {

namespace {

constexpr int calm = 500; ///< While running: milliseconds between two looks, so that words can be read.
constexpr std::size_t mostShown = 3;

QString fromCore(const std::string& text)
{
    return withShownNumbers(QString::fromStdString(text));
}

} // namespace

WarningBox::WarningBox(QWidget* parent)
    : QFrame(parent)
    , m_words(new QLabel)
{
    setObjectName(QStringLiteral("warnings"));
    setProperty("look", QStringLiteral("banner"));
    setAccessibleName(tr("Warnings"));
    m_words->setTextFormat(Qt::RichText);
    m_words->setWordWrap(true);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 7, 10, 7);
    row->addWidget(m_words);
    hide();
}

void WarningBox::clear()
{
    m_losses.clear();
    m_sinceLook.invalidate();
    show({});
}

void WarningBox::showNews(const SessionNews& news, bool isLookedAt)
{
    if (news.restarted || news.curve) // another curve: its losses say something new
        m_losses.clear();
    for (const LossPoint& point : news.points)
        m_losses.push_back(point.loss);
    while (m_losses.size() > lossesForWarnings)
        m_losses.pop_front();
    const bool isTooSoon =
        news.state == RunState::Running && m_sinceLook.isValid() && m_sinceLook.elapsed() < calm;
    if (!news.frame || !isLookedAt || isTooSoon)
        return;
    m_sinceLook.start();
    const bool isInThePast = news.frame->position.update < news.furthest;
    const std::vector<double> losses(m_losses.begin(), m_losses.end());
    show(warningsToCome(*news.frame, isInThePast ? std::span<const double>() : losses));
}

QString WarningBox::text() const
{
    QStringList lines;
    for (const Warning& warning : m_shown)
        lines << tr("%1: %2").arg(fromCore(warning.title), fromCore(warning.text));
    return lines.join(u'\n');
}

void WarningBox::show(const std::vector<Warning>& warnings)
{
    if (warnings == m_shown)
        return;
    m_shown = warnings;
    write();
    emit changed();
}

void WarningBox::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LocaleChange)
        write();
}

void WarningBox::write()
{
    const std::vector<Warning>& warnings = m_shown;
    QStringList parts;
    for (std::size_t i = 0; i < std::min(warnings.size(), mostShown); ++i)
        parts << QStringLiteral("<b>⚠ %1</b><br>%2")
                     .arg(fromCore(warnings[i].title).toHtmlEscaped(),
                          fromCore(warnings[i].text).toHtmlEscaped());
    if (warnings.size() > mostShown)
        parts << tr("and %1 more").arg(warnings.size() - mostShown);
    m_words->setText(parts.join(QStringLiteral("<p style='margin:0; margin-top:6px'>")));
    m_words->setAccessibleName(text());
    setToolTip(warnings.size() > mostShown ? text() : QString());
    setVisible(!warnings.empty());
}

} // namespace chronograd
