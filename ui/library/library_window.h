#pragma once

#include "ui/library/run_entry.h"

#include <QDialog>

#include <memory>
#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace chronograd {

class LibraryModel;
class RunFilter;
class RunStore;

/// The list of the runs that were kept: search, sort, name, tag, delete; what is to be done with a run in the
/// main window is asked for.
class LibraryWindow : public QDialog
{
    Q_OBJECT

public:
    explicit LibraryWindow(const QString& file, QWidget* parent = nullptr);
    ~LibraryWindow() override;

    const RunStore* store() const { return m_store.get(); } ///< Null: it could not be opened.
    void tell(const QString& sentence);                     ///< What went wrong; empty: nothing.

public slots:
    void showKept(qint64 id); ///< This run is in the library, or another state of it.

signals:
    void reopenAsked(const chronograd::RunEntry& run);
    void compareAsked(const std::vector<chronograd::RunEntry>& runs);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void openStore(const QString& file);
    void fitToType();
    void buildTable();
    QWidget* buildSearchRow();
    QWidget* buildButtons();
    void addKeys();
    void search(const QString& text);
    void edit(int column);
    void removeSelected();
    void undoRemove();
    void reopen();
    std::vector<RunEntry> selected() const;
    void showState();

    std::unique_ptr<RunStore> m_store;
    LibraryModel* m_model = nullptr; ///< Null as the store.
    RunFilter* m_filter;
    QLineEdit* m_search;
    QLabel* m_count;
    QTableView* m_table;
    qreal m_magnification = 0.0; ///< Of the type that the columns were made for.
    QLabel* m_empty;
    QLabel* m_problem;
    QPushButton* m_rename = nullptr;
    QPushButton* m_tag = nullptr;
    QPushButton* m_remove = nullptr;
    QPushButton* m_undo = nullptr;
    QPushButton* m_compare = nullptr;
    QPushButton* m_reopen = nullptr;
};

} // namespace chronograd
