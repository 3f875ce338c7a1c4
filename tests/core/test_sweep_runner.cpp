#include "core/experiment/input_error.h"
#include "core/sweep/sweep_folder.h"
#include "core/sweep/sweep_runner.h"
#include "tests/support/sweeps.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <limits>
#include <new>
#include <numeric>
#include <system_error>
#include <thread>

namespace {

constexpr long unlimited = std::numeric_limits<long>::max();
std::atomic<long> allowance = unlimited; ///< So many allocations more are granted to the threads of a sweep …
bool isRefusedOnce = false;              ///< … and after one refusal others again.
thread_local bool isOfSweep = false;

void* grant(void* memory)
{
    const long left = isOfSweep ? allowance.fetch_sub(1) : unlimited;
    if (memory != nullptr && (left > 0 || (isRefusedOnce && left < 0)))
        return memory;
    std::free(memory);
    throw std::bad_alloc();
}

} // namespace

void* operator new(std::size_t size)
{
    return grant(std::malloc(size));
}
void* operator new(std::size_t size, std::align_val_t alignment)
{
    return grant(std::aligned_alloc(static_cast<std::size_t>(alignment), size));
}
void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept // of std::stable_sort
{
    return std::malloc(size);
}
void operator delete(void* memory) noexcept
{
    std::free(memory);
}
void operator delete(void* memory, std::size_t /*size*/) noexcept
{
    std::free(memory);
}
void operator delete(void* memory, std::align_val_t /*alignment*/) noexcept
{
    std::free(memory);
}
void operator delete(void* memory, const std::nothrow_t& /*tag*/) noexcept
{
    std::free(memory);
}

using namespace chronograd;
using namespace std::chrono_literals;
using State = SweepProgress::State;

/// The threads of a sweep: the same results however many there are; pause, cancel, failure, progress.
class TestSweepRunner : public QObject
{
    Q_OBJECT

private slots:
    void jobsChangeNothing();
    void everyRunIsKeptOnce();
    void aPauseStandsStill();
    void aPauseChangesNoBit();
    void cancelKeepsWhatEnded();
    void destructionIsQuick();
    void whatCannotBeKeptStopsEverything_data();
    void whatCannotBeKeptStopsEverything();
    void memoryMayRunOutAnywhere_data();
    void memoryMayRunOutAnywhere();
    void fewerThreadsMakeAllRuns();
    void noThreadAtAllIsTold();
    void progressEndsAtOne();
    void nothingToDoIsFinished();
};

namespace {

std::vector<std::int64_t> allRuns(const SweepPlan& plan)
{
    std::vector<std::int64_t> runs(static_cast<std::size_t>(plan.runs()));
    std::iota(runs.begin(), runs.end(), 1);
    return runs;
}

std::vector<SweepResult> resultsWith(const SweepPlan& plan, int jobs)
{
    SweepRunner runner(plan, allRuns(plan), jobs, [](const SweepResult&) {});
    while (!runner.waitFor(50ms)) {
    }
    return mergedResults(runner.take());
}

/// Runs that never end in a test.
SweepPlan longPlan()
{
    return test::echoPlan({"training.k1=1,2,3,4", "training.updates=1000000000"});
}

} // namespace

void TestSweepRunner::jobsChangeNothing()
{
    const SweepPlan plan = test::mixedPlan(3);
    const auto one = resultsWith(plan, 1);
    QCOMPARE(one.size(), std::size_t(24));
    QCOMPARE(std::count_if(one.begin(), one.end(),
                           [](const auto& result) { return result.outcome == RunOutcome::Diverged; }),
             std::ptrdiff_t(9));
    for (const int jobs : {2, 3, 16})
        QVERIFY(resultsWith(plan, jobs) == one); // every bit
}

void TestSweepRunner::everyRunIsKeptOnce()
{
    const SweepPlan plan = test::echoPlan({"training.k1=1,2,3", "training.k2=1,2,3"}, 2);
    std::vector<std::int64_t> kept; // one call at a time: no lock of our own
    SweepRunner runner(plan, allRuns(plan), 4,
                       [&kept](const SweepResult& result) { kept.push_back(result.run); });
    QVERIFY(runner.waitFor(60s));
    std::vector<std::int64_t> taken;
    for (const SweepResult& result : runner.take())
        taken.push_back(result.run);
    QCOMPARE(taken, kept);
    std::sort(kept.begin(), kept.end());
    QCOMPARE(kept, allRuns(plan));
    QVERIFY(runner.take().empty());
}

void TestSweepRunner::aPauseStandsStill()
{
    const SweepPlan plan = longPlan();
    SweepRunner runner(plan, allRuns(plan), 2, [](const SweepResult&) {});
    QTRY_VERIFY(runner.progress().share > 0);
    runner.pause();
    QCOMPARE(runner.progress().state, State::Paused);
    std::this_thread::sleep_for(30ms); // an update may be under way
    const double share = runner.progress().share;
    std::this_thread::sleep_for(60ms);
    QCOMPARE(runner.progress().share, share);
    runner.resume();
    QTRY_VERIFY(runner.progress().share > share);
}

void TestSweepRunner::aPauseChangesNoBit()
{
    const SweepPlan plan = test::echoPlan({"training.k1=1,2", "training.updates=100000,100001"});
    const auto undisturbed = resultsWith(plan, 2);
    SweepRunner runner(plan, allRuns(plan), 2, [](const SweepResult&) {});
    int pauses = 0;
    while (!runner.waitFor(1ms)) {
        runner.pause();
        std::this_thread::sleep_for(1ms);
        runner.resume();
        ++pauses;
    }
    QVERIFY(pauses > 2);
    QVERIFY(mergedResults(runner.take()) == undisturbed);
}

void TestSweepRunner::cancelKeepsWhatEnded()
{
    const SweepPlan plan = test::echoPlan({"training.updates=1,1000000000"}, 3);
    std::vector<std::int64_t> kept;
    SweepRunner runner(plan, {1, 2, 3, 4, 5, 6}, 2,
                       [&kept](const SweepResult& result) { kept.push_back(result.run); });
    QTRY_COMPARE(runner.progress().done, 3);
    runner.cancel();
    QVERIFY(runner.waitFor(5s));
    QCOMPARE(runner.progress().state, State::Cancelled);
    QCOMPARE(kept.size(), std::size_t(3));
    QCOMPARE(runner.take().size(), std::size_t(3));
}

void TestSweepRunner::destructionIsQuick()
{
    const SweepPlan plan = longPlan();
    for (const bool paused : {false, true}) {
        auto runner = std::make_unique<SweepRunner>(plan, allRuns(plan), 4, [](const SweepResult&) {});
        std::this_thread::sleep_for(20ms);
        if (paused)
            runner->pause();
        QElapsedTimer clock;
        clock.start();
        runner.reset();
        QVERIFY2(clock.elapsed() < 500, qPrintable(QString::number(clock.elapsed())));
    }
}

void TestSweepRunner::whatCannotBeKeptStopsEverything_data()
{
    QTest::addColumn<bool>("isOfMemory");
    QTest::addColumn<QString>("says");
    QTest::newRow("the disk is full")
        << false << QStringLiteral("runs.csv: cannot be written: No space left on device");
    QTest::newRow("memory has run out")
        << true << QStringLiteral("there is not enough memory for so many runs at a time; use fewer jobs");
}

void TestSweepRunner::whatCannotBeKeptStopsEverything()
{
    QFETCH(bool, isOfMemory);
    QFETCH(QString, says);
    const SweepPlan plan = test::echoPlan({"training.k1=1,2,3", "training.k2=1,2,3"}, 4);
    std::vector<std::int64_t> kept;
    SweepRunner runner(plan, allRuns(plan), 3, [&](const SweepResult& result) {
        if (kept.size() == 4 && isOfMemory)
            throw std::bad_alloc();
        if (kept.size() == 4)
            throw InputError(says.toStdString());
        kept.push_back(result.run);
    });
    QVERIFY(runner.waitFor(60s));
    const SweepProgress progress = runner.progress();
    QCOMPARE(progress.state, State::Failed);
    QCOMPARE(QString::fromStdString(progress.problem), says);
    QCOMPARE(progress.done, 4); // what is told as done was kept
    std::vector<std::int64_t> taken;
    for (const SweepResult& result : runner.take())
        taken.push_back(result.run);
    QCOMPARE(taken, kept);
}

void TestSweepRunner::memoryMayRunOutAnywhere_data()
{
    QTest::addColumn<bool>("once");
    QTest::newRow("for a moment") << true;
    QTest::newRow("for good") << false;
}

void TestSweepRunner::memoryMayRunOutAnywhere()
{
    QFETCH(bool, once);
    isRefusedOnce = once;
    const SweepPlan plan = test::echoPlan({"training.k1=1,2,3"});
    const std::vector<SweepResult> all = resultsWith(plan, 1);
    std::size_t mostKept = 0;
    for (long granted = 0;; granted += 41) {
        std::vector<SweepResult> kept;
        kept.reserve(all.size());
        allowance = granted;
        SweepRunner runner(
            plan, allRuns(plan), 1, [&kept](const SweepResult& result) { kept.push_back(result); },
            [](const std::function<void()>& work) {
                return std::jthread([work] {
                    isOfSweep = true;
                    work();
                });
            });
        QVERIFY(runner.waitFor(60s));
        const bool hasRunOut = allowance.exchange(unlimited) < 0;
        const SweepProgress progress = runner.progress();
        if (!hasRunOut) {
            QVERIFY(kept == all);
            break;
        }
        QCOMPARE(progress.state, State::Failed);
        QCOMPARE(QString::fromStdString(progress.problem),
                 QStringLiteral("there is not enough memory for so many runs at a time; use fewer jobs"));
        QVERIFY(std::equal(kept.begin(), kept.end(), all.begin())); // none is refused for lack of memory
        QVERIFY(runner.take() == kept);
        mostKept = std::max(mostKept, kept.size());
    }
    QVERIFY(mostKept > 0);
}

void TestSweepRunner::fewerThreadsMakeAllRuns()
{
    const SweepPlan plan = test::mixedPlan(3);
    std::atomic<int> begun = 0;
    SweepRunner runner(
        plan, allRuns(plan), 6, [](const SweepResult&) {},
        [&begun](const std::function<void()>& work) {
            if (begun == 2)
                throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
            ++begun;
            return std::jthread(work);
        });
    QVERIFY(runner.waitFor(60s));
    const SweepProgress progress = runner.progress();
    QCOMPARE(progress.state, State::Finished);
    QCOMPARE(progress.done, plan.runs());
    QVERIFY(mergedResults(runner.take()) == resultsWith(plan, 2));
}

void TestSweepRunner::noThreadAtAllIsTold()
{
    const SweepPlan plan = test::echoPlan({"training.k1=1,2"});
    SweepRunner runner(
        plan, allRuns(plan), 2, [](const SweepResult&) {},
        [](const std::function<void()>&) -> std::jthread {
            throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
        });
    QVERIFY(runner.waitFor(1s));
    QCOMPARE(runner.progress().state, State::Failed);
    QVERIFY(QString::fromStdString(runner.progress().problem).startsWith(QStringLiteral("the system")));
    QVERIFY(runner.take().empty());
}

void TestSweepRunner::progressEndsAtOne()
{
    const SweepPlan plan = test::echoPlan({"training.updates=9000,9001,9002,9003,9004,9005"});
    SweepRunner runner(plan, allRuns(plan), 2, [](const SweepResult&) {});
    double share = 0;
    bool hadTime = false;
    while (!runner.waitFor(1ms)) {
        const SweepProgress progress = runner.progress();
        QVERIFY(progress.share >= 0 && progress.share <= 1);
        share = std::max(share, progress.share);
        hadTime = hadTime || (progress.secondsLeft && *progress.secondsLeft >= 0);
    }
    const SweepProgress end = runner.progress();
    QCOMPARE(end.state, State::Finished);
    QCOMPARE(end.done, 6);
    QCOMPARE(end.share, 1.0);
    QVERIFY(hadTime && !end.secondsLeft && end.runSeconds > 0);
}

void TestSweepRunner::nothingToDoIsFinished()
{
    const SweepPlan plan = test::echoPlan({"training.k1=1"});
    SweepRunner runner(plan, {}, 2, [](const SweepResult&) {});
    QVERIFY(runner.waitFor(1s));
    QCOMPARE(runner.progress().state, State::Finished);
    QCOMPARE(runner.progress().share, 1.0);
}

QTEST_APPLESS_MAIN(TestSweepRunner)
#include "test_sweep_runner.moc"
