#include "ui/plots/number_table.h"

#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>

namespace chronograd {

namespace {

constexpr int namePadding = 16;

} // namespace

NumberTable::NumberTable(const QString& name, const QStringList& columns, QWidget* parent)
    : QTableWidget(0, static_cast<int>(columns.size()), parent)
{
    setAccessibleName(name);
    setHorizontalHeaderLabels(columns);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    horizontalHeader()->setHighlightSections(false);
    verticalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
    verticalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    if (auto* corner = findChild<QAbstractButton*>()) {
        corner->setAccessibleName(tr("Select the whole table"));
        corner->setToolTip(tr("Select the whole table, to copy it"));
    }
    dress();
}

void NumberTable::dress()
{
    const Theme& theme = Theme::current();
    horizontalHeader()->setFont(theme.textFont(theme.smallSize));
    verticalHeader()->setFont(theme.textFont(theme.smallSize));
    setFont(theme.numberFont(theme.smallSize - 0.5));
}

void NumberTable::changeEvent(QEvent* event)
{
    QTableWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        dress();
}

void NumberTable::setRows(const QStringList& names, const std::vector<QStringList>& numbers)
{
    setRowCount(static_cast<int>(names.size()));
    setVerticalHeaderLabels(names);
    int widest = 0;
    for (const QString& name : names)
        widest = std::max(widest, verticalHeader()->fontMetrics().horizontalAdvance(name));
    verticalHeader()->setFixedWidth(widest + namePadding); // the header's own hint forgets its padding
    for (int row = 0; row < rowCount(); ++row)
        for (int column = 0; column < columnCount(); ++column) {
            const QString text = numbers[static_cast<std::size_t>(row)].value(column);
            if (QTableWidgetItem* there = item(row, column)) {
                there->setText(text);
                continue;
            }
            auto* made = new QTableWidgetItem(text);
            made->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            setItem(row, column, made);
        }
}

void NumberTable::keyPressEvent(QKeyEvent* event)
{
    if (!event->matches(QKeySequence::Copy)) {
        QTableWidget::keyPressEvent(event);
        return;
    }
    QStringList lines;
    for (int row = 0; row < rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < columnCount(); ++column)
            if (const QTableWidgetItem* cell = item(row, column); cell && cell->isSelected())
                cells << cell->text();
        if (!cells.isEmpty())
            lines << cells.join(u'\t');
    }
    QApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace chronograd
