#pragma once

#include <QColor>

namespace chronograd {

/// \param share 0: from … 1: to; beyond these the ends.
QColor mixed(const QColor& from, const QColor& to, double share);

} // namespace chronograd
