#include "ui/library/small_grid.h"

#include "ui/theme/strength_color.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace chronograd {

void paintSmallGrid(QPainter& painter, const QPolygonF& grid, const QRectF& area)
{
    const Theme& theme = Theme::current();
    const int columns = grid.isEmpty() ? 0 : static_cast<int>(grid.front().x());
    const int rows = grid.isEmpty() ? 0 : static_cast<int>(grid.front().y());
    if (columns < 1 || rows < 1 || grid.size() < 1 + qsizetype{columns} * rows)
        return;
    const double width = std::min(area.width() / columns, area.height());
    const double height = area.height() / rows;
    const double gap = std::min(width, height) >= 4.0 ? 1.0 : 0.0;
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(theme.textSecondary);
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) {
            const double goodness = grid[1 + qsizetype{row} * columns + column].x();
            const QRectF cell(area.left() + column * width, area.bottom() - (row + 1) * height, width - gap,
                              height - gap);
            if (goodness >= 0.0)
                painter.fillRect(cell, strengthColor(theme, goodness));
            else if (gap > 0.0)
                painter.drawLine(cell.bottomLeft(), cell.topRight());
        }
}

} // namespace chronograd
