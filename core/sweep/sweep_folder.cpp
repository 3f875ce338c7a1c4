#include "core/sweep/sweep_folder.h"

#include "core/experiment/experiment_io.h"
#include "core/experiment/json_document.h"
#include "core/experiment/rebase_paths.h"
#include "core/sweep/plan_file.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <iterator>
#include <system_error>

namespace chronograd {
namespace {

namespace fs = std::filesystem;

constexpr const char* planName = "sweep.json";
constexpr const char* experimentName = "sweep.chronograd.json";
constexpr const char* resultsName = "results.csv";

[[noreturn]] void fail(const fs::path& place, const std::string& what)
{
    throw InputError(place.string() + ": " + what);
}

std::string rowsName(const SweepPart& part)
{
    return part.isWhole()
               ? std::string("runs.csv")
               : "runs-" + std::to_string(part.part) + "-of-" + std::to_string(part.parts) + ".csv";
}

bool holdsRows(const fs::path& file)
{
    const std::string name = file.filename().string();
    return name == resultsName ||
           (name.substr(0, 4) == "runs" && file.extension() == ".csv"); // runs.csv, runs-3-of-16.csv
}

std::string contentOf(const fs::path& file)
{
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (!in)
        fail(file, "cannot be read: " + std::generic_category().message(errno));
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// A folder that a crash left while it was being made counts as empty.
bool isEmpty(const fs::path& folder)
{
    return std::all_of(fs::directory_iterator(folder), fs::directory_iterator(), [](const auto& entry) {
        const fs::path& file = entry.path();
        return file.filename() == experimentName || file.extension() == ".part";
    });
}

void readRows(const fs::path& file, const SweepPlan& plan, std::vector<SweepResult>& results)
{
    const std::string text = contentOf(file);
    std::size_t begin = 0;
    std::int64_t line = 0;
    for (std::size_t end; (end = text.find('\n', begin)) != text.npos; begin = end + 1) {
        const std::string_view row = std::string_view(text).substr(begin, end - begin);
        ++line;
        const std::optional<SweepResult> result = line == 1 ? std::nullopt : parseResultRow(plan, row);
        if (line == 1 ? row != resultHeader(plan) : !result)
            fail(file, "line " + std::to_string(line) + ": not a row of this sweep");
        if (result)
            results.push_back(*result);
    }
}

PlanFile readPlanFile(const fs::path& folder)
{
    return parsePlan(contentOf(folder / planName), (folder / planName).string());
}

/// What follows the last line end is a row that was cut off.
void cutTornRow(const fs::path& file)
{
    const std::string text = contentOf(file);
    const std::size_t whole = text.rfind('\n') + 1; // npos + 1 = 0
    if (whole < text.size())
        fs::resize_file(file, whole);
}

} // namespace

SweepPart parsePart(std::string_view text)
{
    SweepPart part;
    const std::size_t slash = text.find('/');
    const auto read = [](std::string_view number, int& result) {
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), result);
        return !number.empty() && error == std::errc() && end == number.data() + number.size();
    };
    if (slash == text.npos || !read(text.substr(0, slash), part.part) ||
        !read(text.substr(slash + 1), part.parts) || part.part < 1 || part.part > part.parts)
        throw InputError("--part: must be I/N with I from 1 to N, as in 3/16, is " + shownText(text));
    return part;
}

SweepFolder::SweepFolder(fs::path folder, const SweepPlan& plan)
    : m_path(std::move(folder))
    , m_plan(plan)
{
    std::error_code error;
    if (!holdsSweep(m_path)) {
        fs::create_directories(m_path, error);
        if (error || !fs::is_directory(m_path))
            fail(m_path, "cannot be made: " + (error ? error.message() : "it is a file"));
        if (!isEmpty(m_path))
            fail(m_path, "holds other files; must be a new or empty folder, or that of the same sweep");
        try {
            create();
        } catch (const InputError&) {
            if (!holdsSweep(m_path)) // another part may have been faster
                throw;
        }
    }
    const PlanFile there = readPlanFile(m_path);
    if (SweepPlan::identityOf(readExperiment(m_path / experimentName), there.axes, there.repeats) !=
        m_plan.identity())
        fail(m_path, "holds another sweep; must be another folder, or the same experiment, settings, values "
                     "and repeats");
}

void SweepFolder::create() const
{
    writeFile(m_path / experimentName, writeExperiment(rebasedPaths(m_plan.base(), m_path / experimentName)));
    writeFile(m_path / planName, planText(m_plan)); // last: with it the folder is one
}

bool SweepFolder::holdsSweep(const fs::path& folder)
{
    std::error_code error;
    return fs::exists(folder / planName, error);
}

SweepPlan SweepFolder::readPlan(const fs::path& folder)
{
    if (!holdsSweep(folder))
        fail(folder, std::string("is no folder of a sweep; must hold ") + planName);
    const PlanFile file = readPlanFile(folder);
    try {
        return SweepPlan(readExperiment(folder / experimentName), file.axes, file.repeats);
    } catch (const InputError& error) {
        const std::string what = error.what();
        throw InputError(what.substr(0, 6) == "--vary" ? (folder / planName).string() + ": " + what.substr(7)
                                                       : what);
    }
}

std::vector<SweepResult> SweepFolder::readResults() const
{
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(m_path))
        if (holdsRows(entry.path()))
            files.push_back(entry.path());
    std::vector<SweepResult> results;
    for (const fs::path& file : files)
        readRows(file, m_plan, results);
    return mergedResults(std::move(results));
}

void SweepFolder::beginRows(const SweepPart& part)
{
    m_rowsFile = m_path / rowsName(part);
    std::error_code error;
    if (fs::exists(m_rowsFile, error))
        cutTornRow(m_rowsFile);
    const bool isNew = !fs::exists(m_rowsFile, error) || fs::file_size(m_rowsFile, error) == 0;
    errno = 0;
    m_rows.open(m_rowsFile, std::ios::binary | std::ios::app);
    if (isNew)
        m_rows << resultHeader(m_plan) << '\n' << std::flush;
    if (!m_rows)
        fail(m_rowsFile, "cannot be written: " + std::generic_category().message(errno));
}

void SweepFolder::append(const SweepResult& result)
{
    errno = 0;
    m_rows << resultRow(m_plan, result) + '\n' << std::flush;
    if (!m_rows)
        fail(m_rowsFile, "cannot be written: " + std::generic_category().message(errno));
}

void SweepFolder::writeResults(std::span<const SweepResult> results)
{
    std::string text = resultHeader(m_plan) + '\n';
    for (const SweepResult& result : results)
        text += resultRow(m_plan, result) + '\n';
    writeFile(m_path / resultsName, text);
    m_rows.close();
    std::error_code ignored;
    fs::remove(m_path / rowsName({}), ignored);
}

std::vector<SweepResult> mergedResults(std::vector<SweepResult> results)
{
    std::stable_sort(results.begin(), results.end(),
                     [](const SweepResult& a, const SweepResult& b) { return a.run < b.run; });
    for (std::size_t i = 1; i < results.size(); ++i)
        if (results[i].run == results[i - 1].run && !(results[i] == results[i - 1]))
            throw InputError(
                "run " + std::to_string(results[i].run) +
                " came to two different results; all parts must be made by the same build on the "
                "same kind of machine");
    results.erase(std::unique(results.begin(), results.end()), results.end());
    return results;
}

std::vector<std::int64_t> missingRuns(const SweepPlan& plan, std::span<const SweepResult> results,
                                      const SweepPart& part)
{
    std::vector<bool> isThere(static_cast<std::size_t>(plan.runs()) + 1, false);
    for (const SweepResult& result : results)
        isThere[static_cast<std::size_t>(result.run)] = true;
    std::vector<std::int64_t> missing;
    for (std::int64_t run = 1; run <= plan.runs(); ++run)
        if (part.has(run) && !isThere[static_cast<std::size_t>(run)])
            missing.push_back(run);
    return missing;
}

std::string runsText(std::span<const std::int64_t> runs)
{
    constexpr int mostPieces = 8;
    std::string text;
    int pieces = 0;
    for (std::size_t i = 0; i < runs.size();) {
        if (pieces++ == mostPieces)
            return text + " and " + std::to_string(runs.size() - i) + " more";
        std::size_t last = i;
        while (last + 1 < runs.size() && runs[last + 1] == runs[last] + 1)
            ++last;
        text += (text.empty() ? "" : ", ") + std::to_string(runs[i]);
        if (last > i)
            text += (last == i + 1 ? ", " : "–") + std::to_string(runs[last]);
        i = last + 1;
    }
    return text;
}

} // namespace chronograd
