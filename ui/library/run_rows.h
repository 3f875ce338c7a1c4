#pragma once

#include "ui/library/run_entry.h"

#include <QVariantList>

class QSqlQuery;

namespace chronograd {

// How runs are rows of the library's tables.

QString runTable();
QString sweepTable();
/// Of a SELECT, with the tables they are from: what entryAt() reads.
QString listedColumns();
RunEntry entryAt(const QSqlQuery& query);

/// What is written each time a run is kept, in this order: file, cell, units, k1, k2, learning_rate,
/// momentum, seed, updates, loss, kept, curve, session.
QVariantList valuesOf(const RunRecord& run);
/// As they are kept: a line each.
QString tagLines(const QStringList& tags);

} // namespace chronograd
