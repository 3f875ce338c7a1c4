#pragma once

#include <QStyledItemDelegate>

namespace chronograd {

/// Paints the rows of the library: hairlines between them, the curve as a small picture.
class RunDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int rowHeight = 44;

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace chronograd
