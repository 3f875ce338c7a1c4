#pragma once

#include "core/session/session.h"

#include <QElapsedTimer>
#include <QStringList>

#include <functional>
#include <future>

namespace chronograd {

class LibraryThread;

/// Keeps one session in the library: whoever takes its news tells them here, asks now and then whether it is
/// time to keep it, and says when what it came to is left. Nothing here waits but keepNow().
class SessionKeeper
{
public:
    struct Source
    {
        /// What a save is made of, as soon as the session looks up; may be invalid. As in SaveCommand.
        std::function<std::future<SavedRun>(std::size_t mostNumbers)> ask;
        /// Before it is written: gives it another name, say. May be empty.
        std::function<void(SavedRun&)> prepare = {};
        std::int64_t leastUpdate = 0; ///< Before it there is nothing worth keeping.
        QStringList tags = {};        ///< Of its row, when that is new.
    };
    SessionKeeper(LibraryThread& library, Source source);

    qint64 session() const { return m_session; } ///< Its number in the library's thread.

    void noteNews(const SessionNews& news, bool isRunning);
    void noteChange() { m_hasChanged = true; } ///< Of what no news tell.
    /// If anything has changed, and it was not asked too short a time ago.
    void askInTime();

    // What it came to is about to be left: first all who leave are asked, then each is waited for.

    void askNow();
    void awaitAnswer();

    void noteKept();
    bool noteFailure(const QString& sentence); ///< False: it was told before, and lasts.

private:
    void ask();
    void takeAnswer();
    void write(SavedRun run);

    LibraryThread& m_library;
    Source m_source;
    qint64 m_session;
    bool m_hasChanged = false; ///< Since it was asked last.
    bool m_isRunning = false;
    std::future<SavedRun> m_asked;
    int m_writing = 0; ///< What has been sent to the library and not been answered.
    QElapsedTimer m_clock;
    qint64 m_askedAt = 0;  ///< Milliseconds of the clock.
    qint64 m_askNext = 0;  ///< Not before.
    QString m_lastFailure; ///< Empty: all is well.
};

} // namespace chronograd
