#include "ui/library/run_delegate.h"

#include "ui/library/library_model.h"
#include "ui/library/small_curve.h"
#include "ui/library/small_grid.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyle>
#include <QWidget>

namespace chronograd {

namespace {

constexpr int margin = 8; ///< Beside a text, as in the header.
constexpr QMarginsF curveMargins(margin, 7, margin, 8);

} // namespace

void RunDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = Theme::current();
    QStyleOptionViewItem ground = option; // without text, and focus is drawn below
    ground.state &= ~QStyle::State_HasFocus;
    option.widget->style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &ground, painter, option.widget);
    painter->save();
    const QRect inside = option.rect.adjusted(margin, 0, -margin, 0);
    painter->setFont(option.font);
    painter->setPen(index.column() == LibraryModel::Kept ? theme.textSecondary : theme.text);
    painter->drawText(inside, index.data(Qt::TextAlignmentRole).toInt(),
                      option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, inside.width()));
    painter->setPen(theme.line);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    painter->setRenderHint(QPainter::Antialiasing);
    if (index.column() == LibraryModel::Curve) {
        const auto curve = index.data(LibraryModel::CurveRole).value<QPolygonF>();
        const QRectF area = QRectF(option.rect).marginsRemoved(curveMargins);
        if (index.data(LibraryModel::SweepRole).toBool())
            paintSmallGrid(*painter, curve, area);
        else
            SmallCurve(curve, area).paint(*painter);
    }
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(theme.pen(theme.backward, 1.5));
        painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1.5, -2), 3, 3);
    }
    painter->restore();
}

} // namespace chronograd
