#pragma once

#include "core/math/matrix.h"
#include "ui/plots/heat_map_layout.h"

#include <QString>

class QPainter;

namespace chronograd {

struct Theme;

/// 0.83 → ".83", −0.0021 → "−.0021": short enough for a cell.
QString cellText(double value);

/// The greatest size of a finite number, the end of the colour scale; 0 where there is none.
double scaleOf(const Matrix& values);

/// "±0.5": the ends of the colour scale, for a title where the scale has no room.
QString rangeText(const Matrix& values);

/// Do the numbers of all cells fit into them?
bool haveNumbersRoom(const PanelPlace& place, const Matrix& values, const Theme& theme);

struct HeatMapStyle
{
    bool asRectangles = false; ///< For vector files; else as an image, which is fast.
    bool withNumbers = false;
};

/// One heat map: title, cells, its scale with the number at its ends.
void paintHeatMap(QPainter& painter, const PanelPlace& place, const QString& title, const Matrix& values,
                  const Theme& theme, HeatMapStyle style);

} // namespace chronograd
