#include "ui/theme/elided_label.h"

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

namespace chronograd {

void ElidedLabel::setShortText(const QString& text)
{
    m_shortText = text;
    update();
}

bool ElidedLabel::fits(const QString& text) const
{
    return fontMetrics().horizontalAdvance(text) <= contentsRect().width();
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {0, QLabel::minimumSizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QString& wanted = m_shortText.isEmpty() || fits(text()) ? text() : m_shortText;
    const QString shown = fontMetrics().elidedText(wanted, Qt::ElideRight, contentsRect().width());
    style()->drawItemText(&painter, contentsRect(), int(alignment()), palette(), isEnabled(), shown,
                          foregroundRole());
}

bool ElidedLabel::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && !fits(text())) {
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), text(), this);
        return true;
    }
    return QLabel::event(event);
}

} // namespace chronograd
