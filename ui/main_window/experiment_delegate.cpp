#include "ui/main_window/experiment_delegate.h"

#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QPainter>

namespace chronograd {

namespace {

constexpr int margin = 10;
constexpr int gap = 2;

struct Block
{
    QString text;
    QFont font;
    QColor color;
};

std::vector<Block> blocksOf(const QModelIndex& index)
{
    const Theme& theme = Theme::current();
    return {{index.data(Qt::DisplayRole).toString(), theme.boldFont(theme.textSize + 1), theme.text},
            {index.data(ExperimentDelegate::descriptionRole).toString(), theme.textFont(), theme.text},
            {index.data(ExperimentDelegate::builtRole).toString(), theme.textFont(theme.smallSize),
             theme.textSecondary}};
}

int heightOf(const Block& block, int width)
{
    if (block.text.isEmpty())
        return 0;
    return QFontMetrics(block.font).boundingRect(0, 0, width, 10'000, Qt::TextWordWrap, block.text).height();
}

} // namespace

void ExperimentDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                               const QModelIndex& index) const
{
    const Theme& theme = Theme::current();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool marked = option.state & QStyle::State_Selected;
    const QRectF frame = QRectF(option.rect).adjusted(2, 2, -2, -2);
    painter->setPen(marked ? theme.pen(theme.backward, 2) : theme.pen(theme.line, 1));
    painter->setBrush(marked || (option.state & QStyle::State_MouseOver) ? theme.controlFill : theme.card);
    painter->drawRoundedRect(frame, 5, 5);
    QRect rest = option.rect.adjusted(margin + 2, margin, -margin - 2, -margin);
    for (const Block& block : blocksOf(index)) {
        painter->setFont(block.font);
        painter->setPen(block.color);
        painter->drawText(rest, Qt::TextWordWrap, block.text);
        rest.setTop(rest.top() + heightOf(block, rest.width()) + gap);
    }
    painter->restore();
}

QSize ExperimentDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const int width = view != nullptr ? view->viewport()->width() : option.rect.width();
    int height = 2 * margin;
    for (const Block& block : blocksOf(index))
        height += heightOf(block, width - 2 * margin - 4) + gap;
    return {width, height};
}

} // namespace chronograd
