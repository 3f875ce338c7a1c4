#pragma once

#include "ui/graph/edge_curve.h"

#include <QColor>
#include <QImage>

namespace chronograd {

struct EdgeStroke
{
    QRgb colour = 0;
    double width = 1.0; ///< In scene units.
    bool dashed = false;
};

/// Draws an antialiased curve into an image of premultiplied ARGB. `origin` is the scene position of the
/// image's corner, `scale` its pixels per scene unit.
///
/// QPainter takes 4 to 7 µs for a straight antialiased line and more for a curve; a bundle of two wide layers
/// has thousands. Since our curves are functions of one coordinate, one pass over it with the distance to the
/// curve as coverage is ten times as fast, and curved for nothing.
void strokeEdge(QImage& image, QPointF origin, double scale, const EdgeCurve& curve,
                const EdgeStroke& stroke);

} // namespace chronograd
