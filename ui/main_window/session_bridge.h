#pragma once

#include "core/session/session.h"

#include <QObject>
#include <QTimer>

#include <filesystem>
#include <functional>
#include <future>
#include <memory>

namespace chronograd {

/// The one place where the window meets the engine: owns the session, takes its news at display rate and
/// hands them to the views. Opens and saves experiments.
class SessionBridge : public QObject
{
    Q_OBJECT

public:
    explicit SessionBridge(QObject* parent = nullptr);
    ~SessionBridge() override;

    /// On an error the session that was goes on, and failed() tells the sentence.
    bool open(const std::filesystem::path& file);
    bool open(Experiment toOpen);
    bool save(const std::filesystem::path& file);
    /// What was chosen by hand in the window: of the file that was opened, and then as it is kept.
    const UndoList& undoList() const { return m_undoList; }
    void keep(const UndoList& list) { m_undoList = list; }
    Experiment restarted(); ///< What a restart would train. Precondition: something is open.

    void post(Command command);
    /// What a save is made of, as soon as the session's thread looks up from its work. Not valid() before the
    /// first open(); broken when the session ends before. \param mostNumbers as in savedSession()
    std::future<SavedRun> askSaved(std::size_t mostNumbers = SaveCommand::usualNumbers);
    /// Ends the session's thread now: at most milliseconds, mid-epoch too.
    void stop();

    /// Null before the first open().
    const Experiment* experiment() const { return m_experiment.get(); }
    const Dataset* data() const { return m_data.get(); }
    std::int64_t longestSequence() const;
    const std::shared_ptr<const Frame>& frame() const { return m_frame; }
    RunState state() const { return m_state; }
    std::int64_t furthest() const { return m_furthest; } ///< Updates computed on this course.
    std::uint64_t run() const { return m_run; }          ///< As in SessionNews …
    std::int64_t course() const { return m_course; }     ///< … like this.

    /// What becomes of the news before the views get them: some of it may be covered.
    void setCover(std::function<SessionNews(SessionNews)> cover) { m_cover = std::move(cover); }

public slots:
    /// Tells the views, and nobody else.
    void tell(const chronograd::SessionNews& news);

signals:
    void posting(const chronograd::Command& command); ///< Before the session gets it.
    void closing(); ///< The session is about to end: nothing that is asked later is answered.
    void opened();  ///< Another experiment: nothing of the old one is valid.
    void trained(); ///< Updates that were never computed before are in the news, or under their cover.
    void newsTaken(const chronograd::SessionNews& news);
    void frameTaken(std::shared_ptr<const chronograd::Frame> frame);
    void failed(const QString& sentence);

private:
    void take();

    std::unique_ptr<Experiment> m_experiment;
    std::shared_ptr<const Dataset> m_data;
    std::unique_ptr<TrainingSession> m_session;
    std::function<SessionNews(SessionNews)> m_cover;
    UndoList m_undoList;
    std::shared_ptr<const Frame> m_frame; ///< As the views have it.
    RunState m_state = RunState::Paused;
    std::int64_t m_furthest = 0;
    std::uint64_t m_run = 0;
    std::int64_t m_course = 1;
    QTimer m_timer;
};

} // namespace chronograd
