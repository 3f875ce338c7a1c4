#include "ui/compare/lane_style.h"

#include "ui/theme/theme.h"

#include <array>

namespace chronograd {

QPen lanePen(std::size_t place)
{
    struct Look
    {
        QVector<qreal> dashes; ///< In widths of the pen; empty: a whole line.
        double width;
    };
    static const std::array<Look, 6> looks{{
        {{}, 2.4},
        {{6, 2.5}, 2.0},
        {{1, 2}, 2.2},
        {{6, 2, 1, 2}, 2.0},
        {{2.5, 2}, 2.0},
        {{9, 2, 1, 2, 1, 2}, 2.0},
    }};
    const Theme& theme = Theme::current();
    const std::array<QColor, 6> colors{theme.curve,        theme.backward, theme.positiveText,
                                       theme.negativeText, theme.update,   theme.testCurve};
    const std::size_t which = place % looks.size();
    QPen pen = theme.pen(colors[which], looks[which].width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    if (!looks[which].dashes.isEmpty())
        pen.setDashPattern(looks[which].dashes);
    return pen;
}

} // namespace chronograd
