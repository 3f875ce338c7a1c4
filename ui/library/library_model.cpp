#include "ui/library/library_model.h"

#include "ui/library/run_store.h"
#include "ui/library/run_texts.h"

#include <algorithm>
#include <utility>

namespace chronograd {

LibraryModel::LibraryModel(RunStore& store, QObject* parent)
    : QAbstractTableModel(parent)
    , m_store(store)
    , m_entries(store.entries())
{}

void LibraryModel::refresh(qint64 id)
{
    try {
        const auto entry = m_store.entry(id);
        const auto known = std::ranges::find(m_entries, id, &RunEntry::id);
        const int row = static_cast<int>(known - m_entries.begin());
        if (entry && known != m_entries.end()) {
            put(row, *entry);
        } else if (entry) {
            beginInsertRows({}, row, row);
            m_entries.push_back(*entry);
            endInsertRows();
        } else if (known != m_entries.end()) {
            beginRemoveRows({}, row, row);
            m_entries.erase(known);
            endRemoveRows();
        }
    } catch (const StoreError& error) {
        emit failed(error.sentence());
    }
}

/// Told column by column: what somebody is typing into one that has not changed stays.
void LibraryModel::put(int row, const RunEntry& entry)
{
    const RunEntry before = std::exchange(m_entries[static_cast<std::size_t>(row)], entry);
    for (int column = 0; column < Columns; ++column)
        if (column == Curve || columnOrder(before, column) != columnOrder(entry, column))
            emit dataChanged(index(row, column), index(row, column));
}

void LibraryModel::remove(const std::vector<qint64>& ids)
{
    try {
        m_store.remove(ids);
    } catch (const StoreError& error) {
        emit failed(error.sentence());
    }
    for (const qint64 id : ids)
        refresh(id);
}

std::vector<qint64> LibraryModel::undoRemove()
{
    std::vector<qint64> ids;
    try {
        ids = m_store.undoRemove();
    } catch (const StoreError& error) {
        emit failed(error.sentence());
    }
    for (const qint64 id : ids)
        refresh(id);
    return ids;
}

bool LibraryModel::canUndoRemove() const
{
    try {
        return m_store.canUndoRemove();
    } catch (const StoreError& error) {
        emit failed(error.sentence());
        return false;
    }
}

int LibraryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int LibraryModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

Qt::Alignment LibraryModel::alignment(int column)
{
    const bool isText = column == Curve || column == Name || column == Tags || column == Cell;
    return (isText ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter;
}

QVariant LibraryModel::data(const QModelIndex& index, int role) const
{
    const RunEntry& run = entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return columnText(run, index.column());
    case Qt::ToolTipRole:
        return runTip(run);
    case Qt::AccessibleTextRole:
        return columnTitle(index.column()) + u' ' +
               columnText(run, index.column() == Curve ? int(Loss) : index.column());
    case Qt::TextAlignmentRole:
        return int(alignment(index.column()));
    case SortRole:
        return columnOrder(run, index.column());
    case SearchRole:
        return searchTexts(run);
    case CurveRole:
        return run.curve;
    case SweepRole:
        return run.sweep.has_value();
    default:
        return {};
    }
}

bool LibraryModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole)
        return false;
    RunEntry run = entry(index.row());
    try {
        if (index.column() == Tags) {
            run.tags = tagsOf(value.toString());
            m_store.setTags(run.id, run.tags);
        } else if (const QString name = value.toString().simplified(); !name.isEmpty()) {
            run.name = name;
            m_store.rename(run.id, name);
        }
    } catch (const StoreError& error) {
        emit failed(error.sentence());
        return false;
    }
    put(index.row(), run);
    return true;
}

QVariant LibraryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(alignment(section));
    if (role == Qt::ToolTipRole)
        return columnTip(section);
    return role == Qt::DisplayRole ? columnTitle(section) : QVariant();
}

Qt::ItemFlags LibraryModel::flags(const QModelIndex& index) const
{
    const bool isEditable = index.column() == Name || index.column() == Tags;
    return Qt::ItemIsSelectable | Qt::ItemIsEnabled | (isEditable ? Qt::ItemIsEditable : Qt::NoItemFlags);
}

} // namespace chronograd
