#pragma once

#include "core/experiment/experiment.h"

#include <QString>

#include <cstdint>

namespace chronograd {

class Lane;
class LibraryThread;

/// Keeps a lane that evolves in the library: its experiment, seed and curve. It has no session to ask for,
/// and nothing here waits.
class CurveKeeper
{
public:
    /// \param experiment what it evolves, under the name of its row
    CurveKeeper(LibraryThread& library, const Lane& lane, Experiment experiment);

    qint64 session() const { return m_session; } ///< Its number in the library's thread.

    /// If it has gone on since it was kept last. `inTime`: and that has been written.
    void keep(bool inTime);

    void noteKept()
    {
        m_isWriting = false;
        m_lastFailure.clear();
    }
    bool noteFailure(const QString& sentence); ///< False: it was told before, and lasts.

private:
    LibraryThread& m_library;
    const Lane& m_lane;
    Experiment m_experiment;
    qint64 m_session;
    std::int64_t m_kept; ///< Generation that it was kept after last.
    bool m_isWriting = false;
    QString m_lastFailure; ///< Empty: all is well.
};

} // namespace chronograd
