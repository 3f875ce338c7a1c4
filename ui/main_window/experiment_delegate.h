#pragma once

#include <QStyledItemDelegate>

namespace chronograd {

/// Draws an experiment of the chooser: its name, its description, how it is built.
class ExperimentDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int descriptionRole = Qt::UserRole + 1;
    static constexpr int builtRole = Qt::UserRole + 2;

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace chronograd
