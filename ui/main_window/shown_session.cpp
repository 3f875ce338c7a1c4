#include "ui/main_window/shown_session.h"

#include "core/compare/ready_comparisons.h"
#include "core/experiment/input_error.h"
#include "ui/compare/compare_panel.h"
#include "ui/compare/lane_words.h"
#include "ui/main_window/resources.h"
#include "ui/main_window/session_bridge.h"

namespace chronograd {

ShownSession::ShownSession(SessionBridge& bridge, ComparePanel& lanes, QObject* parent)
    : QObject(parent)
    , m_bridge(bridge)
    , m_lanes(lanes)
{
    connect(&bridge, &SessionBridge::newsTaken, this, [this](const SessionNews& news) {
        if (news.fork)
            m_lanes.askAndFork(news.fork);
        if (!m_lanes.isShowingLane())
            tell(news);
    });
    connect(&bridge, &SessionBridge::opened, &lanes, &ComparePanel::clear);
    connect(&lanes, &ComparePanel::newsTaken, this, &ShownSession::tell);
    connect(&lanes, &ComparePanel::forkAsked, this, [this] { m_bridge.post(ForkCommand{}); });
    connect(&lanes, &ComparePanel::failed, &bridge, &SessionBridge::failed);
    connect(&lanes, &ComparePanel::shownChanged, this, [this] {
        if (m_lanes.isShowingLane()) { // nobody looks at the run any more
            m_bridge.post(ViewCommand{});
            m_bridge.post(PastCommand{});
        }
        emit shownChanged();
        if (!m_lanes.isShowingLane())
            showRun();
    });
}

void ShownSession::tell(const SessionNews& news)
{
    emit newsTaken(news);
    if (news.frame)
        emit frameTaken(news.frame);
}

/// As if it had begun anew: what was pending was the lane's.
void ShownSession::showRun()
{
    if (!m_bridge.frame())
        return;
    SessionNews news;
    news.restarted = true;
    news.run = m_bridge.run();
    news.course = m_bridge.course();
    news.frame = m_bridge.frame();
    news.furthest = m_bridge.furthest();
    news.state = m_bridge.state();
    tell(news);
}

void ShownSession::post(const Command& command)
{
    if (m_lanes.isShowingLane())
        m_lanes.obey(command);
    else
        m_bridge.post(command);
}

void ShownSession::keepChoices(const UndoList& list)
{
    if (!m_lanes.isShowingLane())
        m_bridge.keep(list);
}

void ShownSession::compareReady(int index)
{
    const ReadyComparison& ready = readyComparisons()[static_cast<std::size_t>(index)];
    const std::filesystem::path folder = resourcesFolder() / "experiments";
    if (!m_bridge.open(folder / ready.experiment))
        return; // it has told why
    try {
        m_lanes.start(std::make_unique<Comparison>(makeComparison(ready, folder)), readyText(ready.lookFor));
    } catch (const InputError& error) {
        emit m_bridge.failed(QString::fromUtf8(error.what()));
    }
}

} // namespace chronograd
