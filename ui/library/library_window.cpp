#include "ui/library/library_window.h"

#include "ui/library/library_model.h"
#include "ui/library/run_delegate.h"
#include "ui/library/run_filter.h"
#include "ui/library/run_store.h"
#include "ui/theme/dialog_button.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QResizeEvent>
#include <QShortcut>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace chronograd {

namespace {

/// In pixels at a desk, in the order of LibraryModel::Column; the name takes what is left.
constexpr int widths[LibraryModel::Columns] = {124, 190, 74, 54, 44, 44, 64, 52, 64, 80, 80, 112, 132};

} // namespace

LibraryWindow::LibraryWindow(const QString& file, QWidget* parent)
    : QDialog(parent)
    , m_filter(new RunFilter(this))
    , m_search(new QLineEdit)
    , m_count(new QLabel)
    , m_table(new QTableView)
    , m_empty(new QLabel)
    , m_problem(new QLabel)
{
    setWindowTitle(tr("Run library"));
    setObjectName(QStringLiteral("runLibrary"));
    resize(Theme::current().magnified(1100), Theme::current().magnified(600));
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->setProperty("look", QStringLiteral("error"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setProperty("look", QStringLiteral("secondary"));
    m_empty->setObjectName(QStringLiteral("empty"));
    buildTable();
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(16, 14, 16, 14);
    lines->setSpacing(10);
    lines->addWidget(buildSearchRow());
    lines->addWidget(m_table, 1);
    lines->addWidget(m_empty, 1);
    lines->addWidget(m_problem);
    lines->addWidget(buildButtons());
    addKeys();
    openStore(file);
    showState();
    m_search->setFocus();
}

/// A cell that is being edited is written when it hides: while there is a store to write to.
LibraryWindow::~LibraryWindow()
{
    hide();
}

void LibraryWindow::openStore(const QString& file)
{
    try {
        m_store = std::make_unique<RunStore>(file, RunStore::Check::Quick);
        m_model = new LibraryModel(*m_store, this);
    } catch (const StoreError& error) {
        tell(error.sentence());
        return;
    }
    m_filter->setSourceModel(m_model);
    fitToType();
    m_table->horizontalHeader()->setSectionResizeMode(LibraryModel::Name, QHeaderView::Stretch);
    m_table->sortByColumn(LibraryModel::Kept, Qt::DescendingOrder);
    connect(m_model, &LibraryModel::failed, this, &LibraryWindow::tell);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &LibraryWindow::showState);
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, &LibraryWindow::showState);
    connect(m_filter, &QAbstractItemModel::rowsRemoved, this, &LibraryWindow::showState);
}

void LibraryWindow::buildTable()
{
    m_table->setObjectName(QStringLiteral("runs"));
    m_table->setAccessibleName(tr("Runs"));
    m_table->setModel(m_filter);
    m_table->setItemDelegate(new RunDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers); // a double click opens
    m_table->setSortingEnabled(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setProperty("look", QStringLiteral("list"));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setHighlightSections(false);
    connect(m_table, &QTableView::activated, this, &LibraryWindow::reopen);
}

QWidget* LibraryWindow::buildSearchRow()
{
    m_search->setObjectName(QStringLiteral("search"));
    m_search->setAccessibleName(tr("Search"));
    m_search->setPlaceholderText(tr("Search: a name, a tag, lstm, k2=20, a day …"));
    m_search->setToolTip(tr("Every word has to be found; k1=, k2=, rate=, momentum=, units=, seed= find that "
                            "very setting (Ctrl+F)"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(420);
    m_count->setObjectName(QStringLiteral("count"));
    m_count->setProperty("look", QStringLiteral("secondary"));
    connect(m_search, &QLineEdit::textChanged, this, &LibraryWindow::search);
    auto* row = new QWidget;
    auto* fields = new QHBoxLayout(row);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->setSpacing(12);
    fields->addWidget(m_search, 1);
    fields->addWidget(m_count);
    fields->addStretch(1);
    return row;
}

QWidget* LibraryWindow::buildButtons()
{
    m_rename = makeDialogButton("rename", tr("Rename"), tr("Another name for the run (F2)"));
    m_tag = makeDialogButton("tag", tr("Tags"),
                             tr("Words to find the run by, with commas between them (Ctrl+T)"));
    m_remove =
        makeDialogButton("delete", tr("Delete"), tr("Out of the library (Del); it can be undone for a day"));
    m_undo = makeDialogButton("undo", tr("Undo delete"), tr("Brings back what was deleted last (Ctrl+Z)"));
    m_compare = makeDialogButton("compare", tr("Compare"),
                                 tr("Adds the marked runs to the lanes of the compare card, at most six"));
    m_reopen = makeDialogButton("reopen", tr("Reopen"),
                                tr("Exactly where the run was, or the whole sweep (Return, double click)"));
    m_reopen->setProperty("look", QStringLiteral("strong"));
    connect(m_rename, &QPushButton::clicked, this, [this] { edit(LibraryModel::Name); });
    connect(m_tag, &QPushButton::clicked, this, [this] { edit(LibraryModel::Tags); });
    connect(m_remove, &QPushButton::clicked, this, &LibraryWindow::removeSelected);
    connect(m_undo, &QPushButton::clicked, this, &LibraryWindow::undoRemove);
    connect(m_compare, &QPushButton::clicked, this, [this] { emit compareAsked(selected()); });
    connect(m_reopen, &QPushButton::clicked, this, &LibraryWindow::reopen);
    auto* row = new QWidget;
    auto* buttons = new QHBoxLayout(row);
    buttons->setContentsMargins(0, 0, 0, 0);
    for (QPushButton* button : {m_rename, m_tag, m_remove, m_undo})
        buttons->addWidget(button);
    buttons->addStretch(1);
    buttons->addWidget(m_compare);
    buttons->addWidget(m_reopen);
    return row;
}

/// Those that mean text are in force in the table only.
void LibraryWindow::addKeys()
{
    const auto add = [this](const QKeySequence& key, QWidget* where, auto action) {
        auto* shortcut = new QShortcut(key, where);
        shortcut->setContext(where == this ? Qt::WindowShortcut : Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this, action);
    };
    add(QKeySequence::Find, this, [this] { m_search->setFocus(); });
    add(Qt::Key_F2, this, [this] { edit(LibraryModel::Name); });
    add(QKeySequence(Qt::CTRL | Qt::Key_T), this, [this] { edit(LibraryModel::Tags); });
    add(QKeySequence::Undo, this, [this] { undoRemove(); });
    add(QKeySequence::Delete, m_table, [this] { removeSelected(); });
    connect(m_search, &QLineEdit::returnPressed, m_table, [this] {
        m_table->setFocus();
        m_table->selectRow(0);
    });
}

void LibraryWindow::search(const QString& text)
{
    m_filter->setSearch(text);
    showState();
}

void LibraryWindow::edit(int column)
{
    const QModelIndexList marked = m_table->selectionModel()->selectedRows(column);
    if (marked.size() == 1) // the current one may be another: one that was unmarked last
        m_table->edit(marked.front());
}

std::vector<RunEntry> LibraryWindow::selected() const
{
    std::vector<RunEntry> runs;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        runs.push_back(m_model->entry(m_filter->mapToSource(index).row()));
    return runs;
}

void LibraryWindow::removeSelected()
{
    tell({});
    std::vector<qint64> ids;
    for (const RunEntry& run : selected())
        ids.push_back(run.id);
    if (!ids.empty())
        m_model->remove(ids);
    showState();
}

void LibraryWindow::undoRemove()
{
    tell({});
    m_model->undoRemove();
    showState();
}

void LibraryWindow::reopen()
{
    tell({});
    const std::vector<RunEntry> runs = selected();
    if (runs.size() == 1)
        emit reopenAsked(runs.front());
}

void LibraryWindow::showKept(qint64 id)
{
    if (m_model != nullptr)
        m_model->refresh(id);
}

void LibraryWindow::tell(const QString& sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

void LibraryWindow::showState()
{
    const int all = m_model == nullptr ? 0 : m_model->rowCount();
    const int found = m_filter->rowCount();
    const auto marked = m_model == nullptr ? 0 : m_table->selectionModel()->selectedRows().size();
    const QString runs = all == 1 ? tr("1 run") : tr("%1 runs").arg(all);
    m_count->setText(found == all ? runs : tr("%1 of %2").arg(found).arg(runs));
    m_table->setVisible(found > 0);
    m_empty->setVisible(found == 0);
    m_empty->setText(
        all > 0 ? tr("No run has all of these words.")
                : tr("No run has been kept yet. A run comes here by itself as soon as it trains; lanes and "
                     "sweeps do too."));
    m_rename->setEnabled(marked == 1);
    m_tag->setEnabled(marked == 1);
    m_remove->setEnabled(marked > 0);
    m_undo->setEnabled(m_model != nullptr && m_model->canUndoRemove());
    const bool hasSweep = marked > 0 && std::ranges::any_of(selected(), [](const RunEntry& run) {
                              return run.sweep.has_value();
                          });
    m_compare->setEnabled(marked > 0 && !hasSweep);
    m_reopen->setEnabled(marked == 1);
}

/// Tags are given a third of what is gained or lost, names the rest.
void LibraryWindow::resizeEvent(QResizeEvent* event)
{
    QDialog::resizeEvent(event);
    if (!event->oldSize().isValid())
        return;
    const int gained = event->size().width() - event->oldSize().width();
    m_table->setColumnWidth(LibraryModel::Tags,
                            std::max(Theme::current().magnified(widths[LibraryModel::Tags]),
                                     m_table->columnWidth(LibraryModel::Tags) + gained / 3));
}

/// Columns keep what the user made of them until the type changes its size.
void LibraryWindow::fitToType()
{
    const Theme& theme = Theme::current();
    if (m_magnification == theme.magnification)
        return;
    m_magnification = theme.magnification;
    m_table->verticalHeader()->setDefaultSectionSize(theme.magnified(RunDelegate::rowHeight));
    for (int column = 0; column < LibraryModel::Columns; ++column)
        m_table->setColumnWidth(column, theme.magnified(widths[column]));
}

void LibraryWindow::changeEvent(QEvent* event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        fitToType();
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::LocaleChange)
        m_table->viewport()->update();
}

} // namespace chronograd
