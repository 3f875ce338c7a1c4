#include "ui/theme/dialog_button.h"

#include <QPushButton>

namespace chronograd {

QPushButton* makeDialogButton(const char* name, const QString& text, const QString& tip)
{
    auto* button = new QPushButton(text);
    button->setObjectName(QString::fromLatin1(name));
    button->setToolTip(tip);
    button->setAutoDefault(false);
    return button;
}

} // namespace chronograd
