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

void RunWriter::keep(qint64 session, const SavedRun& run)
{
    open();
    if (!m_store) {
        emit failed(m_problem);
        return;
    }
    try {
        const Key key{session, run.run, run.course};
        const RunStore::Row row = put(key, recordOf(run));
        m_rows[key] = row;
        emit kept(row.id);
    } catch (const std::runtime_error& error) { // of the store, or of what cannot be written
        emit failed(QString::fromUtf8(error.what()));
    }
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
