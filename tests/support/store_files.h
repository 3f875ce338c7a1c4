#pragma once

#include "ui/library/run_store.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

namespace chronograd::test {

/// SQL as somebody else would say it to the file.
inline QVariant ask(const QString& file, const QString& sql)
{
    QVariant answer;
    {
        QSqlDatabase database =
            QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("somebody else"));
        database.setDatabaseName(file);
        if (database.open()) {
            QSqlQuery query(sql, database);
            answer = query.next() ? query.value(0) : QVariant(query.lastError().text());
        }
    }
    QSqlDatabase::removeDatabase(QStringLiteral("somebody else"));
    return answer;
}

inline QStringList namesOf(const std::vector<RunEntry>& entries)
{
    QStringList names;
    for (const RunEntry& entry : entries)
        names << entry.name;
    return names;
}

} // namespace chronograd::test
