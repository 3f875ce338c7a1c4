#pragma once

#include <QObject>
#include <QPointer>

#include <vector>

class QWidget;

namespace chronograd {

struct Experiment;
class ExperimentFiles;
class RunLibrary;
class SessionBridge;
class SweepWindow;

/// The sweeps of a window, each in a window of its own: they go on while their runs are looked at, and are
/// kept in the library.
class SweepDesk : public QObject
{
    Q_OBJECT

public:
    /// \param window what the sweeps stand before
    SweepDesk(SessionBridge& bridge, ExperimentFiles& files, RunLibrary& library, QWidget& window);
    /// The sweeps end, while there is a library to keep what they came to.
    ~SweepDesk() override;

public slots:
    void showNew(); ///< Of what is open.
    /// What the library keeps of a sweep is where its folder is.
    void reopen(const QString& folder);

private:
    SweepWindow& make(const Experiment& experiment);

    SessionBridge& m_bridge;
    ExperimentFiles& m_files;
    RunLibrary& m_library;
    QWidget& m_window;
    std::vector<QPointer<SweepWindow>> m_sweeps;
};

} // namespace chronograd
