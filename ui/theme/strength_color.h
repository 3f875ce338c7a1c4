#pragma once

#include <QColor>

namespace chronograd {

struct Theme;

/// The scale of what has a size but no sign: 0 hardly there … 1 the colour at full strength. Every step can
/// be told from the card, whose colour means that there is nothing.
QColor strengthColor(const Theme& theme, double share);

} // namespace chronograd
