#include "ui/worked/worked_model.h"

#include "core/worked/at_work.h"
#include "ui/inspector/quantity_words.h"
#include "ui/theme/theme.h"
#include "ui/worked/worked_words.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chronograd {

namespace {

const QString covered = u"…"_s;
constexpr int atWorkAlpha = 34;

} // namespace

WorkedModel::WorkedModel(QObject* parent)
    : QAbstractTableModel(parent)
{}

void WorkedModel::setExample(WorkedExample example, std::shared_ptr<const Network> network)
{
    beginResetModel();
    m_example = std::move(example);
    m_network = std::move(network);
    m_atWork.assign(m_example.entries().size(), false);
    endResetModel();
}

void WorkedModel::see(const Frame& frame)
{
    m_example.see(frame);
    for (std::size_t row = 0; row < m_atWork.size(); ++row) {
        const BookEntry& entry = m_example.entries()[row];
        m_atWork[row] = entry.book.update == frame.update && chronograd::isAtWork(entry.of, frame);
    }
    changed();
}

void WorkedModel::seeMore(const Frame& whole, const std::vector<std::size_t>& entries)
{
    m_example.seeMore(whole, entries);
    changed();
}

void WorkedModel::forget()
{
    m_example.forget();
    m_atWork.assign(m_atWork.size(), false);
    changed();
}

void WorkedModel::setCoveringBook(bool covering)
{
    m_isCoveringBook = covering;
    changed();
}

void WorkedModel::changed()
{
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1));
}

bool WorkedModel::isCovered(int row) const
{
    return m_isCoveringBook && m_example.finding(static_cast<std::size_t>(row)).mark == Mark::None;
}

int WorkedModel::firstAtWork() const
{
    const auto found = std::find(m_atWork.begin(), m_atWork.end(), true);
    return found == m_atWork.end() ? -1 : static_cast<int>(found - m_atWork.begin());
}

int WorkedModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_example.entries().size());
}

int WorkedModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QString WorkedModel::text(int row, Column column) const
{
    const BookEntry& entry = m_example.entries()[static_cast<std::size_t>(row)];
    const Finding& finding = m_example.finding(static_cast<std::size_t>(row));
    switch (column) {
    case Name:
        return (isAtWork(row) ? u"▸ "_s : QString()) + nameOf(entry);
    case Number:
        return entry.book.update == 1
                   ? QString::fromStdString(entry.book.of)
                   : tr("%1, update %2").arg(QString::fromStdString(entry.book.of)).arg(entry.book.update);
    case Book:
        return isCovered(row) ? covered : bookText(entry.book.value);
    case Engine:
        return finding.engine ? bookText(besideText(*finding.engine, entry.number)) : QString();
    case MarkColumn:
        return markText(finding.mark);
    case Columns:
        break;
    }
    return {};
}

QString WorkedModel::tip(int row) const
{
    const BookEntry& entry = m_example.entries()[static_cast<std::size_t>(row)];
    const QString what = u"%1: %2"_s.arg(nameOf(entry), wordsFor(entry.of, *m_network, entry.sign()));
    return isCovered(row) ? what : what + u"\n"_s + verdictText(m_example, static_cast<std::size_t>(row));
}

QVariant WorkedModel::data(const QModelIndex& index, int role) const
{
    const int row = index.row();
    const auto column = static_cast<Column>(index.column());
    const Theme& theme = Theme::current();
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case Qt::ToolTipRole:
        return tip(row);
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (column == Book || column == Engine ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::FontRole:
        return theme.textFont(theme.smallSize);
    case Qt::ForegroundRole:
        return column == MarkColumn ? markColor(m_example.finding(static_cast<std::size_t>(row)).mark, theme)
                                    : QVariant();
    case Qt::BackgroundRole:
        if (isAtWork(row)) {
            QColor tint = theme.backward;
            tint.setAlpha(atWorkAlpha);
            return tint;
        }
        break;
    default:
        break;
    }
    return {};
}

QVariant WorkedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return {};
    if (role == Qt::DisplayRole) {
        const QStringList names{tr("name"), tr("number"), tr("book"), tr("engine"), tr("mark")};
        return names.value(section);
    }
    if (role == Qt::ToolTipRole) {
        const QStringList tips{
            tr("What the book calls it; ▸ marks what was computed last"), tr("What it is here"),
            tr("As the book prints it"), tr("As the engine computes it, in the book's sign"),
            tr("✓ the same to half a unit of the last digit · ≈ right for the book's own rounded numbers · ✗ "
               "wrong · ↳ follows from a wrong number")};
        return tips.value(section);
    }
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter |
                   (section == Book || section == Engine ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

} // namespace chronograd
