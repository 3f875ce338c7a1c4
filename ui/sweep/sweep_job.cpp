#include "ui/sweep/sweep_job.h"

#include "core/experiment/input_error.h"
#include "core/math/random.h"

#include <QRegularExpression>
#include <QStandardPaths>

#include <chrono>
#include <exception>

namespace chronograd {

SweepJob::SweepJob(QObject* parent)
    : QObject(parent)
{
    using namespace std::chrono_literals;
    m_timer.setInterval(100ms);
    connect(&m_timer, &QTimer::timeout, this, &SweepJob::take);
}

SweepJob::~SweepJob()
{
    emit closing();
}

QString SweepJob::folder() const
{
    return m_folder ? QString::fromStdU16String(m_folder->path().u16string()) : QString();
}

void SweepJob::takeUp(SweepPlan plan, const std::filesystem::path& folder)
{
    auto shared = std::make_shared<const SweepPlan>(std::move(plan));
    auto opened = std::make_unique<SweepFolder>(folder, *shared);
    std::vector<SweepResult> results = opened->readResults();
    m_timer.stop();
    m_runner.reset(); // its threads use what goes now
    m_folder = std::move(opened);
    m_plan = std::move(shared);
    m_results = std::move(results);
}

void SweepJob::start(SweepPlan plan, const std::filesystem::path& folder, int jobs)
{
    try {
        takeUp(std::move(plan), folder);
        m_folder->beginRows({});
        m_runner = std::make_unique<SweepRunner>(
            *m_plan, missingRuns(*m_plan, m_results), jobs,
            [folder = m_folder.get()](const SweepResult& result) { folder->append(result); });
        m_timer.start();
        emit resultsChanged();
        take();
    } catch (const std::exception& error) { // of files, or of memory
        emit failed(QString::fromUtf8(error.what()));
    }
}

bool SweepJob::open(const std::filesystem::path& folder)
{
    try {
        takeUp(SweepFolder::readPlan(folder), folder);
    } catch (const std::exception& error) {
        emit failed(QString::fromUtf8(error.what()));
        return false;
    }
    emit resultsChanged();
    return true;
}

void SweepJob::pause()
{
    if (m_runner)
        m_runner->pause();
}

void SweepJob::resume()
{
    if (m_runner)
        m_runner->resume();
}

void SweepJob::cancel()
{
    if (m_runner)
        m_runner->cancel();
}

void SweepJob::take()
{
    const SweepProgress progress = m_runner->progress();
    const std::vector<SweepResult> news = m_runner->take();
    m_results.insert(m_results.end(), news.begin(), news.end());
    if (!news.empty())
        emit resultsChanged();
    if (progress.isOver())
        end();
    emit progressed(progress);
}

void SweepJob::end()
{
    m_timer.stop();
    const QString problem = QString::fromStdString(m_runner->progress().problem);
    m_runner.reset();
    try {
        m_results = mergedResults(std::move(m_results));
        m_folder->writeResults(m_results);
    } catch (const InputError& error) {
        emit failed(QString::fromUtf8(error.what()));
    }
    if (!problem.isEmpty())
        emit failed(problem);
}

std::filesystem::path usualSweepFolder(const SweepPlan& plan)
{
    static const QRegularExpression unsafe(QStringLiteral("[^\\w]+"),
                                           QRegularExpression::UseUnicodePropertiesOption);
    const QString name =
        QString::fromStdString(plan.base().name).toLower().replace(unsafe, QStringLiteral("-"));
    const QString place = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) +
                          QStringLiteral("/sweeps/%1-%2")
                              .arg(name.left(40))
                              .arg(crc32(plan.identity()), 8, 16, QLatin1Char('0'));
    return std::filesystem::path(place.toStdU16String());
}

} // namespace chronograd
