#pragma once

#include "ui/plots/plot_canvas.h"

#include <vector>

namespace chronograd {

/// Where a setting was changed.
struct ShownMark
{
    double x = 0.0;
    QString text;
    QColor color;
};

/// Paints the marks: a dashed line each, its text beside it at the top as far as there is room.
void paintMarks(QCPPainter& painter, const QCPAxisRect& picture, const QCPAxis& xAxis,
                const std::vector<ShownMark>& marks, const QFont& font, const QColor& ground);

} // namespace chronograd
