#pragma once

#include "core/session/session.h"
#include "ui/library/run_store.h"

#include <QElapsedTimer>
#include <QObject>

#include <functional>
#include <map>
#include <memory>
#include <tuple>

namespace chronograd {

/// Writes runs into the library, on a thread of its own with a store of its own. A run that goes on is one
/// row that is updated; another course of it, or the same after a restart, gets a row of its own. Sessions
/// are told apart by a number that whoever keeps them chooses.
class RunWriter : public QObject
{
    Q_OBJECT

public:
    explicit RunWriter(QString file);

    // To be called on the writer's thread.

    /// Checks the library and purges what was deleted more than a day ago. What goes wrong is told when
    /// something is to be kept.
    void open();
    /// \param tags of a row that is new
    void keep(qint64 session, const SavedRun& run, const QStringList& tags);
    /// What is kept without a session is one row for as long as it goes on.
    void keepCurve(qint64 session, const RunRecord& record);
    /// A sweep is one row, found again by its folder.
    void keepSweep(qint64 session, const RunRecord& record);
    /// This session goes on with a run of the library.
    void adopt(qint64 session, const RunStore::Row& row);

signals:
    void kept(qint64 session, qint64 id);
    void failed(qint64 session, const QString& sentence);

private:
    using Key = std::tuple<qint64, std::uint64_t, std::int64_t>; ///< Session, run in it, course of that.

    void write(qint64 session, const std::function<RunStore::Row()>& change);
    RunStore::Row put(const Key& key, const RunRecord& record);

    QString m_file;
    std::unique_ptr<RunStore> m_store; ///< Null: not opened, or it could not be.
    QString m_problem;                 ///< Why not.
    QElapsedTimer m_sinceTried;
    std::map<Key, RunStore::Row> m_rows;
    std::map<QString, RunStore::Row> m_sweeps; ///< By their folders.
};

} // namespace chronograd
