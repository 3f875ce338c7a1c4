#include "ui/library/run_store.h"

#include "ui/library/run_rows.h"
#include "ui/library/store_words.h"

#include <QDir>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

#include <utility>

namespace chronograd {

namespace {

const QString driver = QStringLiteral("QSQLITE");
constexpr int applicationId = 0x4368726f; ///< In the header of the file: this is a library of Chronograd.
constexpr int version = 2;                ///< Of the tables below; 1 had no sweeps.

} // namespace

RunStore::RunStore(QString file, Check check)
    : m_file(std::move(file))
    , m_connection(QUuid::createUuid().toString())
{
    if (!QSqlDatabase::isDriverAvailable(driver))
        throw StoreError(noDriverWords());
    QDir().mkpath(QFileInfo(m_file).path()); // when it cannot be made, opening tells so
    try {
        connectTo(check);
    } catch (...) {
        QSqlDatabase::removeDatabase(m_connection);
        throw;
    }
}

RunStore::~RunStore()
{
    QSqlDatabase::removeDatabase(m_connection);
}

/// Nothing is written before it is known to be a library, or nothing at all.
void RunStore::connectTo(Check check)
{
    QSqlDatabase database = QSqlDatabase::addDatabase(driver, m_connection);
    database.setDatabaseName(m_file);
    database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=2000")); // milliseconds
    if (!database.open())
        throw errorOf(database.lastError());
    const int owner = number(QStringLiteral("PRAGMA application_id")).toInt();
    const int found = number(QStringLiteral("PRAGMA user_version")).toInt();
    const bool isEmpty = number(QStringLiteral("SELECT count(*) FROM sqlite_master")).toInt() == 0;
    if (!isEmpty && owner != applicationId)
        throw StoreError(strangerWords(m_file));
    if (found > version)
        throw StoreError(newerWords(m_file));
    if (check == Check::Whole &&
        number(QStringLiteral("PRAGMA quick_check(1)")).toString() != QStringLiteral("ok"))
        throw StoreError(damagedWords(m_file));
    if (isEmpty || found < version)
        makeTables();
    // A writer does not stop readers, and a commit is on the disk when it returns.
    run(QStringLiteral("PRAGMA journal_mode = WAL"));
    run(QStringLiteral("PRAGMA synchronous = FULL"));
}

/// Runs the action as one change: all of it, or nothing.
void RunStore::atOnce(const std::function<void()>& action) const
{
    run(QStringLiteral("BEGIN IMMEDIATE"));
    try {
        action();
        run(QStringLiteral("COMMIT"));
    } catch (...) {
        QSqlDatabase::database(m_connection, false).exec(QStringLiteral("ROLLBACK"));
        throw;
    }
}

/// Those that are missing: somebody else may have come first, or the file is of an older version.
void RunStore::makeTables() const
{
    atOnce([this] {
        if (number(QStringLiteral("SELECT count(*) FROM sqlite_master")).toInt() == 0)
            run(runTable());
        run(sweepTable());
        run(QStringLiteral("PRAGMA application_id = %1").arg(applicationId));
        run(QStringLiteral("PRAGMA user_version = %1").arg(version));
    });
}

QSqlQuery RunStore::run(const QString& sql, const QVariantList& values) const
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        throw errorOf(query.lastError());
    for (const QVariant& value : values)
        query.addBindValue(value);
    if (!query.exec())
        throw errorOf(query.lastError());
    return query;
}

QVariant RunStore::number(const QString& sql) const
{
    QSqlQuery query = run(sql);
    if (!query.next())
        throw errorOf(query.lastError());
    return query.value(0);
}

StoreError RunStore::errorOf(const QSqlError& error) const
{
    return StoreError(storeErrorWords(error.nativeErrorCode().toInt(), error.databaseText(), m_file));
}

// Keeping

RunStore::Row RunStore::add(const RunRecord& record)
{
    QVariantList values = valuesOf(record);
    values.prepend(record.entry.name);
    values << tagLines(record.entry.tags);
    Row row{0, 1};
    atOnce([&] {
        const QSqlQuery query =
            run(QStringLiteral("INSERT INTO runs (name, file, cell, units, k1, k2, learning_rate, momentum, "
                               "seed, updates, loss, kept, curve, session, tags) "
                               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                values);
        row.id = query.lastInsertId().toLongLong();
        if (const auto& sweep = record.entry.sweep)
            run(QStringLiteral("INSERT INTO sweeps (id, planned, axes) VALUES (?, ?, ?)"),
                {row.id, sweep->planned, sweep->axes.join(u'\n')});
    });
    return row;
}

std::optional<RunStore::Row> RunStore::update(const Row& row, const RunRecord& record)
{
    QVariantList values = valuesOf(record);
    values << row.id << row.revision;
    const QSqlQuery query = run(
        QStringLiteral("UPDATE runs SET file = ?, cell = ?, units = ?, k1 = ?, k2 = ?, learning_rate = ?, "
                       "momentum = ?, seed = ?, updates = ?, loss = ?, kept = ?, curve = ?, session = ?, "
                       "revision = revision + 1 WHERE id = ? AND revision = ?"),
        values);
    if (query.numRowsAffected() != 1)
        return std::nullopt;
    return Row{row.id, row.revision + 1};
}

// Reading

std::vector<RunEntry> RunStore::read(QSqlQuery query) const
{
    std::vector<RunEntry> entries;
    while (query.next())
        entries.push_back(entryAt(query));
    if (query.lastError().isValid())
        throw errorOf(query.lastError());
    return entries;
}

std::vector<RunEntry> RunStore::entries() const
{
    return read(run(
        QStringLiteral("SELECT %1 WHERE removed IS NULL ORDER BY kept DESC, id DESC").arg(listedColumns())));
}

std::optional<RunEntry> RunStore::entry(qint64 id) const
{
    auto found =
        read(run(QStringLiteral("SELECT %1 WHERE id = ? AND removed IS NULL").arg(listedColumns()), {id}));
    if (found.empty())
        return std::nullopt;
    return std::move(found.front());
}

std::optional<QByteArray> RunStore::session(qint64 id) const
{
    QSqlQuery query = run(QStringLiteral("SELECT session FROM runs WHERE id = ? AND removed IS NULL"), {id});
    if (query.next())
        return query.value(0).toByteArray();
    if (query.lastError().isValid())
        throw errorOf(query.lastError());
    return std::nullopt;
}

std::optional<RunStore::Row> RunStore::findSweep(const QString& folder) const
{
    QSqlQuery query = run(QStringLiteral("SELECT id, revision FROM runs JOIN sweeps USING (id) "
                                         "WHERE file = ? AND removed IS NULL ORDER BY id DESC LIMIT 1"),
                          {folder});
    if (query.next())
        return Row{query.value(0).toLongLong(), query.value(1).toLongLong()};
    if (query.lastError().isValid())
        throw errorOf(query.lastError());
    return std::nullopt;
}

// Changing

void RunStore::rename(qint64 id, const QString& name)
{
    run(QStringLiteral("UPDATE runs SET name = ? WHERE id = ?"), {name, id});
}

void RunStore::setTags(qint64 id, const QStringList& tags)
{
    run(QStringLiteral("UPDATE runs SET tags = ? WHERE id = ?"), {tagLines(tags), id});
}

/// What is removed together has one time, which is later than all before it.
void RunStore::remove(const std::vector<qint64>& ids)
{
    QStringList list;
    for (const qint64 id : ids)
        list << QString::number(id);
    run(QStringLiteral("UPDATE runs SET removed = max(?, (SELECT coalesce(max(removed), 0) + 1 FROM runs)) "
                       "WHERE removed IS NULL AND id IN (%1)")
            .arg(list.join(u',')),
        {QDateTime::currentMSecsSinceEpoch()});
}

bool RunStore::canUndoRemove() const
{
    return number(QStringLiteral("SELECT count(*) FROM runs WHERE removed IS NOT NULL")).toInt() > 0;
}

std::vector<qint64> RunStore::undoRemove()
{
    const QVariant last = number(QStringLiteral("SELECT max(removed) FROM runs"));
    QSqlQuery query = run(QStringLiteral("SELECT id FROM runs WHERE removed = ?"), {last});
    std::vector<qint64> ids;
    while (query.next())
        ids.push_back(query.value(0).toLongLong());
    run(QStringLiteral("UPDATE runs SET removed = NULL WHERE removed = ?"), {last});
    return ids;
}

void RunStore::purge(qint64 olderThanSeconds)
{
    atOnce([&] {
        run(QStringLiteral("DELETE FROM runs WHERE removed < ?"),
            {QDateTime::currentMSecsSinceEpoch() - 1000 * olderThanSeconds});
        run(QStringLiteral("DELETE FROM sweeps WHERE id NOT IN (SELECT id FROM runs)"));
    });
}

} // namespace chronograd
