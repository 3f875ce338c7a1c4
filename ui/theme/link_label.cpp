#include "ui/theme/link_label.h"

#include <QEvent>

namespace chronograd {

void LinkLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() != QEvent::PaletteChange || text().isEmpty())
        return;
    const QString again = text();
    clear();
    setText(again);
}

} // namespace chronograd
