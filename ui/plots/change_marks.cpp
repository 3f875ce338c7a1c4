#include "ui/plots/change_marks.h"

#include "ui/plots/label_rows.h"
#include "ui/theme/theme.h"

namespace chronograd {

namespace {

constexpr double labelGap = 4.0;

void paintLabel(QCPPainter& painter, const QRectF& rect, const ShownMark& mark, const QColor& ground)
{
    QColor veil = ground;
    veil.setAlphaF(0.8F);
    painter.fillRect(rect.adjusted(-2, 0, 2, 0), veil);
    painter.setPen(mark.color);
    painter.drawText(rect.adjusted(0, 0, 2, 0), Qt::AlignVCenter, mark.text);
}

} // namespace

void paintMarks(QCPPainter& painter, const QCPAxisRect& picture, const QCPAxis& xAxis,
                const std::vector<ShownMark>& marks, const QFont& font, const QColor& ground)
{
    const QFontMetricsF metrics(font);
    std::vector<LabelWish> wishes;
    std::vector<const ShownMark*> shown;
    for (const ShownMark& mark : marks) {
        if (!xAxis.range().contains(mark.x))
            continue;
        wishes.push_back({xAxis.coordToPixel(mark.x), metrics.horizontalAdvance(mark.text)});
        shown.push_back(&mark);
    }
    const double rowHeight = metrics.height();
    const int rows = std::clamp(static_cast<int>(0.5 * picture.height() / rowHeight), 1, 4);
    const auto places = placeLabels(wishes, picture.left(), picture.right(), rows, labelGap);
    for (std::size_t i = 0; i < shown.size(); ++i) {
        QPen pen = Theme::current().pen(shown[i]->color, 1.2);
        pen.setDashPattern({3, 2.5});
        painter.setPen(pen);
        painter.drawLine(QPointF(wishes[i].x, picture.top()), QPointF(wishes[i].x, picture.bottom()));
    }
    painter.setFont(font);
    for (std::size_t i = 0; i < shown.size(); ++i)
        if (places[i].isShown)
            paintLabel(
                painter,
                QRectF(places[i].left, picture.top() + places[i].row * rowHeight, wishes[i].width, rowHeight),
                *shown[i], ground);
}

} // namespace chronograd
