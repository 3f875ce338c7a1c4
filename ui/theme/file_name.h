#pragma once

#include <QString>

namespace chronograd {

/// A name for a file of what has this title: what no file system takes becomes "-". Never empty.
QString fileNameOf(const QString& title);

} // namespace chronograd
