#pragma once

#include <QDialog>

#include <filesystem>

class QListWidget;
class QListWidgetItem;

namespace chronograd {

/// The experiments that come with the program: what each is called, what it is for, and how it is built.
class ExperimentChooser : public QDialog
{
    Q_OBJECT

public:
    explicit ExperimentChooser(QWidget* parent = nullptr);

signals:
    void chosen(const std::filesystem::path& file);
    void fileAsked(); ///< Another file, from the disk.

private:
    void fill();
    void choose(const QListWidgetItem* item);

    QListWidget* m_list;
};

} // namespace chronograd
