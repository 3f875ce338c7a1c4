#pragma once

#include "ui/library/run_entry.h"

#include <QAbstractTableModel>

#include <vector>

namespace chronograd {

class RunStore;

/// The runs of a library as a table, one a row. Names and tags can be edited; what cannot be written is told
/// and stays as it was.
class LibraryModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Curve,
        Name,
        Cell,
        Units,
        K1,
        K2,
        Rate,
        Momentum,
        Seed,
        Updates,
        Loss,
        Tags,
        Kept,
        Columns
    };
    enum Role
    {
        SortRole = Qt::UserRole, ///< A number or a text that orders as the column means it.
        SearchRole,              ///< QStringList: what a search looks through, whatever the column.
        CurveRole,               ///< QPolygonF
        SweepRole,               ///< bool: it is a whole sweep.
    };

    explicit LibraryModel(RunStore& store, QObject* parent = nullptr);

    const RunEntry& entry(int row) const { return m_entries[static_cast<std::size_t>(row)]; }
    /// As the library has it by now: changed, added or gone.
    void refresh(qint64 id);
    void remove(const std::vector<qint64>& ids);
    /// \returns the runs that are back in the list
    std::vector<qint64> undoRemove();
    bool canUndoRemove() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

signals:
    void failed(const QString& sentence) const;

private:
    static Qt::Alignment alignment(int column);
    void put(int row, const RunEntry& entry);

    RunStore& m_store;
    std::vector<RunEntry> m_entries;
};

} // namespace chronograd
