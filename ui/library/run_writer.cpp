#include "ui/library/run_writer.h"

#include "ui/library/run_record.h"

#include <utility>

namespace chronograd {

namespace {

constexpr qint64 undoSeconds = 24 * 60 * 60; ///< As long a deletion can be taken back.
constexpr int tryAgainAfter = 20'000;        ///< Milliseconds: checking a damaged library takes time.

} // namespace

RunWriter::RunWriter(QString file)
    : m_file(std::move(file))
{}

void RunWriter::open()
{
    if (m_store || (m_sinceTried.isValid() && m_sinceTried.elapsed() < tryAgainAfter))
        return;
    m_sinceTried.start();
    try {
        auto store = std::make_unique<RunStore>(m_file, RunStore::Check::Whole);
        store->purge(undoSeconds);
        m_store = std::move(store);
    } catch (const StoreError& error) {
        m_problem = error.sentence();
    }
}

void RunWriter::write(qint64 session, const std::function<RunStore::Row()>& change)
{
    open();
    if (!m_store) {
        emit failed(session, m_problem);
        return;
    }
    try {
        emit kept(session, change().id);
    } catch (const std::runtime_error& error) { // of the store, or of what cannot be written
        emit failed(session, QString::fromUtf8(error.what()));
    }
}

void RunWriter::keep(qint64 session, const SavedRun& run, const QStringList& tags)
{
    write(session, [&] {
        RunRecord record = recordOf(run);
        record.entry.tags = tags;
        const Key key{session, run.run, run.course};
        return m_rows[key] = put(key, record);
    });
}

void RunWriter::keepCurve(qint64 session, const RunRecord& record)
{
    write(session, [&] {
        const Key key{session, 1, 1};
        return m_rows[key] = put(key, record);
    });
}

void RunWriter::keepSweep(qint64 session, const RunRecord& record)
{
    write(session, [&] {
        const auto known = m_sweeps.find(record.entry.file);
        const std::optional<RunStore::Row> row =
            known != m_sweeps.end() ? std::optional(known->second) : m_store->findSweep(record.entry.file);
        const auto before = row ? m_store->entry(row->id) : std::nullopt;
        if (before && before->update == record.entry.update)
            return m_sweeps[record.entry.file] = *row; // it was only looked at
        std::optional<RunStore::Row> now;
        if (row)
            now = m_store->update(*row, record);
        return m_sweeps[record.entry.file] = now ? *now : m_store->add(record);
    });
}

RunStore::Row RunWriter::put(const Key& key, const RunRecord& record)
{
    if (const auto known = m_rows.find(key); known != m_rows.end())
        if (const auto row = m_store->update(known->second, record))
            return *row;
    return m_store->add(record);
}

void RunWriter::adopt(qint64 session, const RunStore::Row& row)
{
    m_rows[{session, 1, 1}] = row; // a session begins with its first run, on its first course
}

} // namespace chronograd
