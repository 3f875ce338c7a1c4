#pragma once

#include <QSortFilterProxyModel>
#include <QStringList>

namespace chronograd {

/// The runs that a search finds, in the order of a column. Every word has to be found; "k2=20" finds that
/// very setting, other words any part of a name, a tag, a file, a cell or a day.
class RunFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit RunFilter(QObject* parent = nullptr);

    void setSearch(const QString& text);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    QStringList m_words;
};

} // namespace chronograd
