#pragma once

#include <QDialog>

class QListWidget;

namespace chronograd {

/// The comparisons that come with the program: what each is called and what to look for.
class ComparisonChooser : public QDialog
{
    Q_OBJECT

public:
    explicit ComparisonChooser(QWidget* parent = nullptr);

signals:
    void chosen(int index); ///< Of readyComparisons().

private:
    void choose();

    QListWidget* m_list;
};

} // namespace chronograd
