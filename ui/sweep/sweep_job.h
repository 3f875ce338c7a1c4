#pragma once

#include "core/sweep/sweep_folder.h"
#include "core/sweep/sweep_runner.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace chronograd {

/// A sweep that runs beside the window: its folder, its threads, and its results taken a few times a second.
class SweepJob : public QObject
{
    Q_OBJECT

public:
    explicit SweepJob(QObject* parent = nullptr);
    ~SweepJob() override;

    /// Makes what is missing in the folder. On an error nothing is running, and failed() tells the sentence.
    void start(SweepPlan plan, const std::filesystem::path& folder, int jobs);
    /// Shows what a folder holds; start() goes on with it.
    bool open(const std::filesystem::path& folder);
    void pause();
    void resume();
    void cancel();

    bool isRunning() const { return m_runner != nullptr; } ///< Or paused.
    /// Null: nothing swept yet.
    const std::shared_ptr<const SweepPlan>& plan() const { return m_plan; }
    const std::vector<SweepResult>& results() const { return m_results; }
    QString folder() const;

signals:
    void progressed(const chronograd::SweepProgress& progress);
    void resultsChanged();
    void failed(const QString& sentence);
    void closing(); ///< It is about to be destroyed.

private:
    void takeUp(SweepPlan plan, const std::filesystem::path& folder);
    void take();
    void end();

    std::shared_ptr<const SweepPlan> m_plan;
    std::unique_ptr<SweepFolder> m_folder;
    std::vector<SweepResult> m_results;
    std::unique_ptr<SweepRunner> m_runner; ///< After what its threads use.
    QTimer m_timer;
};

/// Where the window keeps a sweep: a folder of its own for every plan, so that the same sweep goes on.
std::filesystem::path usualSweepFolder(const SweepPlan& plan);

} // namespace chronograd
