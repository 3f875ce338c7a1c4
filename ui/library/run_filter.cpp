#include "ui/library/run_filter.h"

#include "ui/library/library_model.h"

#include <algorithm>

namespace chronograd {

namespace {

bool isFound(const QString& word, const QStringList& texts)
{
    const bool isSetting = word.contains(u'=');
    return std::ranges::any_of(texts, [&](const QString& text) {
        return isSetting ? text.compare(word, Qt::CaseInsensitive) == 0
                         : text.contains(word, Qt::CaseInsensitive);
    });
}

} // namespace

RunFilter::RunFilter(QObject* parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(LibraryModel::SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
    setSortLocaleAware(true);
}

void RunFilter::setSearch(const QString& text)
{
    m_words = text.split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

bool RunFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    if (m_words.isEmpty())
        return true;
    const QStringList texts =
        sourceModel()->index(row, 0, parent).data(LibraryModel::SearchRole).toStringList();
    return std::ranges::all_of(m_words, [&](const QString& word) { return isFound(word, texts); });
}

} // namespace chronograd
