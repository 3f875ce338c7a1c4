#pragma once

#include "ui/sweep/sweep_shown.h"

#include <QSize>
#include <QString>

namespace chronograd {

struct Theme;

/// A size that suits the chart: a small one where there is little to show.
QSize sweepPictureSize(const SweepShown& shown, const Theme& theme);

/// Writes the chart by the suffix of the file: png (twice as fine) or svg. Written aside and renamed. Returns
/// a sentence that says what went wrong, or nothing.
QString writeSweepPicture(const SweepShown& shown, const QString& file, const QSize& size,
                          const Theme& theme);

} // namespace chronograd
