#pragma once

#include <QTableWidget>

namespace chronograd {

/// A small table to be read: names on the left, numbers in columns. Ctrl+C copies what is selected.
class NumberTable : public QTableWidget
{
    Q_OBJECT

public:
    /// \param name what it is called for screen readers
    NumberTable(const QString& name, const QStringList& columns, QWidget* parent = nullptr);

    void setRows(const QStringList& names, const std::vector<QStringList>& numbers);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void dress();
};

} // namespace chronograd
