#pragma once

class QPushButton;
class QString;

namespace chronograd {

/// A button of a dialog; the Return key belongs to the dialog's fields and lists, not to it.
/// \param name of the object
QPushButton* makeDialogButton(const char* name, const QString& text, const QString& tip);

} // namespace chronograd
