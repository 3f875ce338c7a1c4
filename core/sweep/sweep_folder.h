#pragma once

#include "core/sweep/sweep_result.h"

#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <vector>

namespace chronograd {

/// Part `part` of `parts` of a sweep, from 1: every parts-th run. 1 of 1 is the whole.
struct SweepPart
{
    int part = 1;
    int parts = 1;

    bool isWhole() const { return parts == 1; }
    bool has(std::int64_t run) const { return (run - 1) % parts == part - 1; }
};

/// Reads "3/16". \throws InputError
SweepPart parsePart(std::string_view text);

/// A sweep on the disk:
///     sweep.json, sweep.chronograd.json   what is varied, and of which experiment
///     runs.csv, runs-3-of-16.csv          a row for each run as it ended; of the whole, of a part
///     results.csv                         all of them in the order of their numbers, written at the end
/// Rows are appended whole and handed to the system one by one; a row that a crash cut off is not counted and
/// its run is made again. Parts may share a folder, at the same time too.
class SweepFolder
{
public:
    /// Makes the folder, or goes on with what is there. \throws InputError when it holds another sweep or
    /// something else
    SweepFolder(std::filesystem::path folder, const SweepPlan& plan);

    static bool holdsSweep(const std::filesystem::path& folder);
    /// What was swept in a folder. \throws InputError
    static SweepPlan readPlan(const std::filesystem::path& folder);

    /// Every run that ended, in the order of their numbers. \throws InputError when rows are not of this
    /// sweep or say different things of the same run
    std::vector<SweepResult> readResults() const;

    /// From here on rows go to the file of this part. \throws InputError
    void beginRows(const SweepPart& part);
    /// \throws InputError when the disk refuses.
    void append(const SweepResult& result);

    /// results.csv of all runs that ended; the file of the whole's rows has done its work then.
    void writeResults(std::span<const SweepResult> results);

    const std::filesystem::path& path() const { return m_path; }

private:
    void create() const;

    std::filesystem::path m_path;
    const SweepPlan& m_plan;
    std::filesystem::path m_rowsFile;
    std::ofstream m_rows;
};

/// Puts results of several folders together, in the order of their numbers, each run once. \throws InputError
/// when two say different things of one run
std::vector<SweepResult> mergedResults(std::vector<SweepResult> results);

/// The runs that are not among the results.
std::vector<std::int64_t> missingRuns(const SweepPlan& plan, std::span<const SweepResult> results,
                                      const SweepPart& part = {});

/// "3, 7–12 and 40 more": for a sentence.
std::string runsText(std::span<const std::int64_t> runs);

} // namespace chronograd
