#pragma once

#include <functional>
#include <string>
#include <vector>

namespace benchmark {

/// How long and how often things are measured.
struct Effort
{
    double seconds = 0.03; ///< Of processor time, for one measurement of one program.
    int rounds = 9;
    bool isQuick = false; ///< Only the sizes that tell most.
};

double cpuTime();

/// Pieces of work done per second of processor time: `work` does some and says how many pieces.
double rate(double seconds, const std::function<double()>& work);

double median(std::vector<double> numbers);

/// Two programs that do the same.
struct Comparison
{
    double ours = 0.0; ///< Pieces of work per second, medians.
    double theirs = 0.0;
    double ratio = 0.0; ///< Median of the rounds' ratios, ours / theirs.
};

/// Measures in rounds, one program after the other in each: what the machine does besides hits both.
Comparison compare(const Effort& effort, const std::function<double()>& ours,
                   const std::function<double()>& theirs);

/// Lines for the screen, as they come, and for a file.
class Report
{
public:
    [[gnu::format(printf, 2, 3)]] void line(const char* format, ...);
    /// A row that misses its target is marked and counted.
    [[gnu::format(printf, 3, 4)]] void row(bool reachesTarget, const char* format, ...);
    /// What must never happen, such as two programs that train to different losses.
    void wrong(const std::string& sentence);

    const std::string& text() const { return m_text; }
    int misses() const { return m_misses; }
    bool isWrong() const { return m_isWrong; }

private:
    void put(const std::string& line);

    std::string m_text;
    int m_misses = 0;
    bool m_isWrong = false;
};

} // namespace benchmark
