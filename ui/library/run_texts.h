#pragma once

#include "ui/library/library_model.h"

#include <QVariant>

namespace chronograd {

// What a column shows of a run, orders it by, and what a search finds it by.

QString columnText(const RunEntry& run, int column);
QVariant columnOrder(const RunEntry& run, int column);
QString columnTitle(int column);
QString columnTip(int column);
/// Name, file, tags, cell, and settings as "k2=20".
QStringList searchTexts(const RunEntry& run);
/// Everything known of a run, a line each.
QString runTip(const RunEntry& run);
/// "fast, lstm" → {"fast", "lstm"}: without blanks around, empty or said twice.
QStringList tagsOf(const QString& text);

} // namespace chronograd
