#pragma once

#include <QColor>
#include <QIcon>

namespace chronograd {

enum class Glyph : quint8
{
    Restart,  ///< ⏮
    NewSeed,  ///< a die
    StepBack, ///< |◀
    Run,      ///< ▶
    Pause,    ///< ⏸
    Step,     ///< ▶|
    Open,     ///< a folder
    Graph,    ///< three units, joined
    Rename,   ///< a pencil
    Eye,      ///< to be seen
    Save,     ///< an arrow down to a line
    Remove,   ///< ×
    Screen,   ///< on its stand
};

/// Drawn, not loaded: sharp at every scale and in the colours of the theme.
QIcon icon(Glyph glyph, const QColor& color);

} // namespace chronograd
