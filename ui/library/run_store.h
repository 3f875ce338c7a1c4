#pragma once

#include "ui/library/run_entry.h"

#include <QVariant>

#include <functional>
#include <optional>
#include <stdexcept>
#include <vector>

class QSqlError;
class QSqlQuery;

namespace chronograd {

/// Why the library cannot do what it was asked for: one sentence for the user.
class StoreError : public std::runtime_error
{
public:
    explicit StoreError(const QString& sentence)
        : std::runtime_error(sentence.toStdString())
    {}
    QString sentence() const { return QString::fromUtf8(what()); }
};

/// The file of the library: the only place that knows SQL. Every change is one transaction that is on the
/// disk when the call returns; a kill or a power cut leaves the state before or after it. Several stores, of
/// other threads or programs too, may have the same file open; one store belongs to the thread that made it.
/// Everything throws StoreError; what was there before the call is there after it.
class RunStore
{
public:
    enum class Check : quint8
    {
        Quick, ///< Is it a library of a version that is known here?
        Whole, ///< Every page too: takes time that grows with the file.
    };
    /// Makes the file when there is none. What is no library, damaged or of a newer version is left as it is.
    explicit RunStore(QString file, Check check = Check::Whole);
    ~RunStore();
    RunStore(const RunStore&) = delete;
    RunStore& operator=(const RunStore&) = delete;

    /// A run in the library, and what of it is known to whoever keeps it.
    struct Row
    {
        qint64 id = 0;
        qint64 revision = 0;
    };
    Row add(const RunRecord& run);
    /// Absent: nothing was changed, because the run has been kept by somebody else since or is gone. Name and
    /// tags stay, and so does a deletion.
    std::optional<Row> update(const Row& row, const RunRecord& run);

    std::vector<RunEntry> entries() const; ///< The newest first.
    std::optional<RunEntry> entry(qint64 id) const;
    std::optional<Row> findSweep(const QString& folder) const; ///< In the list.
    /// As in RunRecord. Absent: there is no such run.
    std::optional<QByteArray> session(qint64 id) const;

    void rename(qint64 id, const QString& name);
    void setTags(qint64 id, const QStringList& tags);

    /// Out of the list; undoRemove() brings back what was removed last, as long as it was not purged.
    void remove(const std::vector<qint64>& ids);
    bool canUndoRemove() const;
    std::vector<qint64> undoRemove(); ///< The runs that are back.
    /// For ever, what was removed longer ago than this.
    void purge(qint64 olderThanSeconds);

private:
    void connectTo(Check check);
    void atOnce(const std::function<void()>& action) const;
    void makeTables() const;
    QSqlQuery run(const QString& sql, const QVariantList& values = {}) const;
    QVariant number(const QString& sql) const;
    std::vector<RunEntry> read(QSqlQuery query) const;
    StoreError errorOf(const QSqlError& error) const;

    QString m_file;
    QString m_connection; ///< Its name in Qt's register of connections.
};

} // namespace chronograd
