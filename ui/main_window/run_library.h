#pragma once

#include "ui/library/run_entry.h"

#include <QObject>
#include <QPointer>

#include <vector>

class QWidget;

namespace chronograd {

class ComparePanel;
class ExperimentFiles;
class LaneKeeper;
class LibraryThread;
class LibraryWindow;
class RunKeeper;
class SessionBridge;
class SweepJob;

/// The run library of a window: keeps its run, shows the list, and brings runs back into the window.
class RunLibrary : public QObject
{
    Q_OBJECT

public:
    /// \param file of the library; empty: there is none, nothing is kept
    /// \param window what the list stands before
    RunLibrary(const QString& file, SessionBridge& bridge, ExperimentFiles& files, ComparePanel& lanes,
               QWidget& window);

    /// One file in the user's data folder, or what CHRONOGRAD_LIBRARY names; that may be empty: none.
    static QString usualFile();

    /// Its results, as one entry.
    void keepSweep(SweepJob& job);
    void tell(const QString& sentence); ///< In the list, which is open.

public slots:
    void show();

signals:
    void sweepAsked(const QString& folder);

private:
    void settle();
    void reopen(const RunEntry& run);
    void compare(const std::vector<RunEntry>& runs);

    QString m_file;
    SessionBridge& m_bridge;
    ExperimentFiles& m_files;
    ComparePanel& m_lanes;
    QWidget& m_window;
    LibraryThread* m_thread = nullptr; ///< Null, and the keepers too: there is no library.
    RunKeeper* m_runs = nullptr;
    LaneKeeper* m_ofLanes = nullptr;
    QPointer<LibraryWindow> m_list;
};

} // namespace chronograd
