#include "ui/library/store_words.h"

#include <QCoreApplication>
#include <QDir>

namespace chronograd {

namespace {

/// Primary result codes of SQLite (https://sqlite.org/rescode.html).
enum Code
{
    Busy = 5,
    Locked = 6,
    ReadOnly = 8,
    Corrupt = 11,
    Full = 13,
    CannotOpen = 14,
    NoDatabase = 26,
};

QString storeText(const char* text)
{
    return QCoreApplication::translate("RunLibrary", text);
}

QString naming(const char* text, const QString& file)
{
    return storeText(text).arg(QDir::toNativeSeparators(file));
}

} // namespace

QString noDriverWords()
{
    return storeText(QT_TRANSLATE_NOOP(
        "RunLibrary", "The run library needs Qt's driver for SQLite, which is not installed (on Debian: "
                      "libqt6sql6-sqlite)."));
}

QString strangerWords(const QString& file)
{
    return naming(
        QT_TRANSLATE_NOOP("RunLibrary", "%1 is not a run library of this program; it was left as it is."),
        file);
}

QString newerWords(const QString& file)
{
    return naming(QT_TRANSLATE_NOOP("RunLibrary", "The run library %1 was written by a newer version of this "
                                                  "program; it was left as it is."),
                  file);
}

QString damagedWords(const QString& file)
{
    return naming(QT_TRANSLATE_NOOP("RunLibrary",
                                    "The run library %1 is damaged; it was left as it is. Move it away "
                                    "to begin a new one."),
                  file);
}

QString storeErrorWords(int code, const QString& text, const QString& file)
{
    constexpr int primary = 0xff;
    switch (code & primary) {
    case Busy:
    case Locked:
        return naming(QT_TRANSLATE_NOOP("RunLibrary", "The run library %1 is in use by another program."),
                      file);
    case ReadOnly:
        return naming(QT_TRANSLATE_NOOP("RunLibrary", "The run library %1 cannot be written to."), file);
    case Corrupt:
    case NoDatabase:
        return damagedWords(file);
    case Full:
        return naming(QT_TRANSLATE_NOOP("RunLibrary",
                                        "There is no room left for the run library %1: it keeps "
                                        "nothing more until there is."),
                      file);
    case CannotOpen:
        return naming(QT_TRANSLATE_NOOP("RunLibrary", "The run library %1 cannot be opened."), file);
    default:
        return naming(QT_TRANSLATE_NOOP("RunLibrary", "The run library %1 cannot be used: %2."), file)
            .arg(text);
    }
}

} // namespace chronograd
