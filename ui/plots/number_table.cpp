#include "ui/plots/number_table.h"

#include "ui/plots/plot_numbers.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QMessageBox>
#include <QSaveFile>

#include <algorithm>

namespace chronograd {

namespace {

constexpr int namePadding = 16;

QString quoted(QString text)
{
    return u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

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

void NumberTable::setRows(const QStringList& names, const std::vector<std::vector<ShownNumber>>& numbers)
{
    setRowCount(static_cast<int>(names.size()));
    setVerticalHeaderLabels(names);
    int widest = 0;
    for (const QString& name : names)
        widest = std::max(widest, verticalHeader()->fontMetrics().horizontalAdvance(name));
    verticalHeader()->setFixedWidth(widest + namePadding); // the header's own hint forgets its padding
    for (int row = 0; row < rowCount(); ++row)
        for (int column = 0; column < columnCount(); ++column) {
            const auto& [text, value] =
                numbers[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
            QTableWidgetItem* cell = item(row, column);
            if (cell == nullptr) {
                cell = new QTableWidgetItem;
                cell->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
                setItem(row, column, cell);
            }
            cell->setText(text);
            cell->setData(Qt::UserRole, value);
        }
}

QString NumberTable::exportTo(const QString& path) const
{
    QStringList lines{QStringLiteral("name")};
    for (int column = 0; column < columnCount(); ++column)
        lines.front() += u',' + quoted(horizontalHeaderItem(column)->text());
    for (int row = 0; row < rowCount(); ++row) {
        QString line = quoted(verticalHeaderItem(row)->text().trimmed());
        for (int column = 0; column < columnCount(); ++column)
            line += u',' + shortest(item(row, column)->data(Qt::UserRole).toDouble());
        lines << line;
    }
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write((lines.join(u'\n') + u'\n').toUtf8());
    return file.isOpen() && file.commit() ? QString() : tr("%1: %2.").arg(path, file.errorString());
}

void NumberTable::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    menu.addAction(tr("Save the numbers as CSV…"), this, &NumberTable::askAndExport);
    menu.exec(event->globalPos());
}

void NumberTable::askAndExport()
{
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save the table"), accessibleName() + QStringLiteral(".csv"), tr("CSV file (*.csv)"));
    if (path.isEmpty())
        return;
    if (const QString error = exportTo(path); !error.isEmpty())
        QMessageBox::warning(this, tr("Save the table"), error);
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
