#pragma once

#include <QString>

namespace chronograd {

/// How the theme in force shows the sign of a number, in a sentence for tips and for people who hear them.
QString signWords();

} // namespace chronograd
