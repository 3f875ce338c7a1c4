#pragma once

#include <QTableWidget>

#include <vector>

namespace chronograd {

/// A number as eyes want it, and itself.
struct ShownNumber
{
    QString text;
    double value;
};

/// A small table to be read: names on the left, numbers in columns. Ctrl+C copies what is selected; the menu
/// of the right button saves all.
class NumberTable : public QTableWidget
{
    Q_OBJECT

public:
    /// \param name what it is called for screen readers
    NumberTable(const QString& name, const QStringList& columns, QWidget* parent = nullptr);

    void setRows(const QStringList& names, const std::vector<std::vector<ShownNumber>>& numbers);

    /// Writes the numbers themselves, with all their digits, to a CSV file. Empty when done, else why not, in
    /// a sentence.
    QString exportTo(const QString& path) const;

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void dress();
    void askAndExport();
};

} // namespace chronograd
