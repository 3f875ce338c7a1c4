#pragma once

#include "core/worked/worked_example.h"

#include <QAbstractTableModel>

#include <memory>

namespace chronograd {

/// A worked example as a table: a row for each number of the book.
class WorkedModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column : int
    {
        Name,
        Number,
        Book,
        Engine,
        MarkColumn,
        Columns,
    };

    explicit WorkedModel(QObject* parent = nullptr);

    void setExample(WorkedExample example, std::shared_ptr<const Network> network);
    const WorkedExample& example() const { return m_example; }
    const Network* network() const { return m_network.get(); }

    void see(const Frame& frame);
    void seeMore(const Frame& whole, const std::vector<std::size_t>& entries); ///< As WorkedExample does.
    void forget();
    /// While the engine's number is to be predicted, the book's is not told either.
    void setCoveringBook(bool covering);

    bool isAtWork(int row) const { return m_atWork[static_cast<std::size_t>(row)]; }
    bool isCovered(int row) const;
    int firstAtWork() const; ///< −1: none.

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(int row, Column column) const;
    QString tip(int row) const;
    void changed();

    WorkedExample m_example;
    std::shared_ptr<const Network> m_network;
    std::vector<bool> m_atWork;
    bool m_isCoveringBook = false;
};

} // namespace chronograd
