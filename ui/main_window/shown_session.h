#pragma once

#include "core/session/session.h"

#include <QObject>

namespace chronograd {

class ComparePanel;
class SessionBridge;

/// What the graph, the inspector and the bar on top show and drive: the run, or one of the lanes it is
/// compared with.
class ShownSession : public QObject
{
    Q_OBJECT

public:
    ShownSession(SessionBridge& bridge, ComparePanel& lanes, QObject* parent);

    void post(const Command& command);      ///< To whom is shown.
    void keepChoices(const UndoList& list); ///< Made by hand in what is shown: those in the run are saved.
    void compareReady(int index);           ///< One of the ready comparisons, with its experiment.

signals:
    void newsTaken(const chronograd::SessionNews& news);
    void frameTaken(std::shared_ptr<const chronograd::Frame> frame);
    void shownChanged();

private:
    void showRun();
    void tell(const SessionNews& news);

    SessionBridge& m_bridge;
    ComparePanel& m_lanes;
};

} // namespace chronograd
