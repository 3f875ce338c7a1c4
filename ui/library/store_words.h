#pragma once

#include <QString>

namespace chronograd {

// Why the library cannot be used, each in one sentence that names its file.

QString noDriverWords();
QString strangerWords(const QString& file);
QString newerWords(const QString& file);
QString damagedWords(const QString& file);
/// \param code that of SQLite, the extended bits with it; `text` is what it says itself
QString storeErrorWords(int code, const QString& text, const QString& file);

} // namespace chronograd
