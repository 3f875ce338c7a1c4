#include "ui/library/run_rows.h"

#include "ui/library/curve_bytes.h"

#include <QSqlQuery>
#include <QVariant>

namespace chronograd {

/// The big column is the last: a list that does not ask for it does not read it.
QString runTable()
{
    return QStringLiteral(R"(
CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    revision INTEGER NOT NULL DEFAULT 1,
    name TEXT NOT NULL,
    file TEXT NOT NULL,
    cell TEXT NOT NULL,
    units INTEGER NOT NULL,
    k1 INTEGER NOT NULL,           -- 0: the whole sequence
    k2 INTEGER NOT NULL,
    learning_rate REAL NOT NULL,
    momentum REAL NOT NULL,
    seed INTEGER NOT NULL,
    updates INTEGER NOT NULL,
    loss REAL,                     -- null: diverged
    tags TEXT NOT NULL DEFAULT '', -- a line each
    kept INTEGER NOT NULL,         -- milliseconds since 1970, UTC
    removed INTEGER,               -- the same; null: it is in the list
    curve BLOB NOT NULL,
    session BLOB NOT NULL
))");
}

/// What makes a run a sweep, beside the big column.
QString sweepTable()
{
    return QStringLiteral(R"(
CREATE TABLE IF NOT EXISTS sweeps (
    id INTEGER PRIMARY KEY,        -- of its run
    planned INTEGER NOT NULL,
    axes TEXT NOT NULL             -- a line each
))");
}

QString listedColumns()
{
    return QStringLiteral("id, revision, name, file, cell, units, k1, k2, learning_rate, momentum, "
                          "seed, updates, loss, tags, kept, curve, length(session), planned, axes FROM runs "
                          "LEFT JOIN sweeps USING (id)");
}

QVariantList valuesOf(const RunRecord& run)
{
    const RunEntry& entry = run.entry;
    return {entry.file,
            entry.cell,
            entry.units,
            entry.k1,
            entry.k2,
            entry.rate,
            entry.momentum,
            static_cast<qint64>(entry.seed), // SQLite has no unsigned numbers: the same bits
            entry.update,
            entry.loss ? QVariant(*entry.loss) : QVariant(QMetaType(QMetaType::Double)),
            QDateTime::currentMSecsSinceEpoch(),
            curveBytes(entry.curve),
            run.session.isNull() ? QByteArray("") : run.session}; // null bytes are NULL
}

QString tagLines(const QStringList& tags)
{
    return tags.join(u'\n') + u'\n';
}

RunEntry entryAt(const QSqlQuery& query)
{
    RunEntry entry;
    int column = 0;
    const auto next = [&] { return query.value(column++); };
    entry.id = next().toLongLong();
    entry.revision = next().toLongLong();
    entry.name = next().toString();
    entry.file = next().toString();
    entry.cell = next().toString();
    entry.units = next().toInt();
    entry.k1 = next().toLongLong();
    entry.k2 = next().toLongLong();
    entry.rate = next().toDouble();
    entry.momentum = next().toDouble();
    entry.seed = static_cast<quint64>(next().toLongLong());
    entry.update = next().toLongLong();
    if (const QVariant loss = next(); !loss.isNull())
        entry.loss = loss.toDouble();
    entry.tags = next().toString().split(u'\n', Qt::SkipEmptyParts);
    entry.kept = QDateTime::fromMSecsSinceEpoch(next().toLongLong(), Qt::UTC);
    entry.curve = curveOf(next().toByteArray());
    const bool hasSession = next().toLongLong() > 0;
    if (const QVariant planned = next(); !planned.isNull())
        entry.sweep = SweptRuns{planned.toLongLong(), next().toString().split(u'\n', Qt::SkipEmptyParts)};
    entry.isCurveOnly = !hasSession && !entry.sweep;
    return entry;
}

} // namespace chronograd
