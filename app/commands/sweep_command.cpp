#include "app/commands/commands.h"
#include "app/commands/progress_bar.h"
#include "app/commands/sweep_files.h"
#include "core/experiment/experiment_io.h"
#include "core/sweep/sweep_folder.h"
#include "core/sweep/sweep_runner.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <utility>

namespace chronograd {

namespace {

volatile std::sig_atomic_t sweepWasInterrupted = 0;

std::string timeText(double seconds)
{
    const auto whole = static_cast<long long>(seconds + 0.5);
    if (whole >= 3600) {
        return std::to_string(whole / 3600) + " h " + std::to_string(whole % 3600 / 60) + " min";
    }
    return (whole >= 60 ? std::to_string(whole / 60) + " min " : std::string()) + std::to_string(whole % 60) +
           " s";
}

std::string progressText(const SweepProgress& progress)
{
    std::string text = std::to_string(progress.done) + " of " + std::to_string(progress.runs) + " runs";
    if (progress.secondsLeft) {
        text += ", " + timeText(*progress.secondsLeft) + " left";
    }
    return text;
}

SweepPlan planOf(const CommandArguments& arguments)
{
    if (arguments.file.empty()) {
        throw InputError("chronograd: sweep: FILE is missing; must be an experiment file, or --merge with "
                         "folders of parts");
    }
    std::vector<SweepAxis> axes;
    for (const std::string& text : arguments.vary) {
        axes.push_back(parseAxis(text));
    }
    return SweepPlan(readExperiment(arguments.file, arguments.assignments), std::move(axes),
                     arguments.repeats);
}

/// Makes the runs that are missing. \throws InputError when they cannot be kept
void train(SweepFolder& folder, const SweepPlan& plan, const SweepPart& part, int jobs)
{
    const auto before = std::signal(SIGINT, [](int) { sweepWasInterrupted = 1; });
    folder.beginRows(part);
    SweepRunner runner(plan, missingRuns(plan, folder.readResults(), part), jobs,
                       [&folder](const SweepResult& result) { folder.append(result); });
    {
        ProgressBar bar;
        while (!runner.waitFor(std::chrono::milliseconds(50))) {
            if (sweepWasInterrupted != 0) {
                runner.cancel();
            }
            const SweepProgress progress = runner.progress();
            bar.show(progress.share, [&progress] { return progressText(progress); });
        }
    }
    std::signal(SIGINT, before);
    if (!runner.progress().problem.empty()) {
        throw InputError(runner.progress().problem);
    }
}

void printSummary(const SweepPlan& plan, const std::vector<SweepResult>& results, SweepMeasure measure)
{
    const auto count = [&results](RunOutcome outcome) {
        return std::to_string(std::count_if(results.begin(), results.end(), [outcome](const auto& result) {
            return result.outcome == outcome;
        }));
    };
    std::string line = std::to_string(results.size()) + " of " + std::to_string(plan.runs()) + " runs, " +
                       count(RunOutcome::Diverged) + " diverged, " + count(RunOutcome::Refused) + " refused";
    const std::vector<SweepCell> cells = summarise(plan, results, measure);
    if (const auto best = bestCombination(cells, measure)) {
        std::string name(sweepMeasureKeys[static_cast<std::size_t>(measure)]);
        std::replace(name.begin(), name.end(), '_', ' ');
        line += "; best " + name + ' ' + numberText(*cells[static_cast<std::size_t>(*best)].median) + " at";
        for (const std::string& assignment : plan.assignmentsOf(*best)) {
            line += ' ' + assignment;
        }
    }
    std::printf("%s\n", line.c_str());
}

SweepMeasure measureOf(const CommandArguments& arguments, const std::vector<SweepResult>& results)
{
    const auto* const found =
        std::find(std::begin(sweepMeasureKeys), std::end(sweepMeasureKeys), arguments.measure);
    return found == std::end(sweepMeasureKeys)
               ? usualMeasure(results)
               : static_cast<SweepMeasure>(found - std::begin(sweepMeasureKeys));
}

/// Results, pictures and the last line.
void finish(SweepFolder& folder, const SweepPlan& plan, const std::vector<SweepResult>& results,
            SweepMeasure measure)
{
    folder.writeResults(results);
    writeSweepPictures(folder.path(), plan, results, measure);
    printSummary(plan, results, measure);
}

int merge(const CommandArguments& arguments)
{
    if (!arguments.file.empty() || !arguments.vary.empty() || !arguments.part.empty()) {
        throw InputError("chronograd: sweep: --merge takes the sweep from the folders; must be without FILE, "
                         "--vary and --part");
    }
    const SweepPlan plan = SweepFolder::readPlan(arguments.merged.front());
    std::vector<SweepResult> results;
    for (const auto& place : arguments.merged) {
        if (!SweepFolder::holdsSweep(place)) {
            throw InputError(place.string() + ": is no folder of a sweep; must hold sweep.json");
        }
        const std::vector<SweepResult> part = SweepFolder(place, plan).readResults();
        results.insert(results.end(), part.begin(), part.end());
    }
    SweepFolder folder(arguments.out, plan);
    const std::vector<SweepResult> before = folder.readResults();
    results.insert(results.end(), before.begin(), before.end());
    results = mergedResults(std::move(results));
    finish(folder, plan, results, measureOf(arguments, results));
    const std::vector<std::int64_t> missing = missingRuns(plan, results);
    if (!missing.empty()) {
        std::fprintf(stderr, "%s: %zu of %lld runs are missing: %s\n", arguments.out.string().c_str(),
                     missing.size(), static_cast<long long>(plan.runs()), runsText(missing).c_str());
    }
    return missing.empty() ? 0 : 1;
}

} // namespace

int sweepCommand(const CommandArguments& arguments)
{
    if (!arguments.merged.empty()) {
        return merge(arguments);
    }
    const SweepPart part = arguments.part.empty() ? SweepPart() : parsePart(arguments.part);
    const SweepPlan plan = planOf(arguments);
    SweepFolder folder(arguments.out, plan);
    sweepWasInterrupted = 0;
    train(folder, plan, part, arguments.jobs);
    const std::vector<SweepResult> results = folder.readResults();
    if (part.isWhole()) {
        finish(folder, plan, results, measureOf(arguments, results));
    } else { // the whole puts parts together
        printSummary(plan, results, measureOf(arguments, results));
    }
    return sweepWasInterrupted != 0 ? 130 : 0;
}

} // namespace chronograd
