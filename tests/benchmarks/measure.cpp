#include "tests/benchmarks/measure.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <ctime>

namespace benchmark {

double cpuTime()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double rate(double seconds, const std::function<double()>& work)
{
    double pieces = 0.0;
    const double start = cpuTime();
    double now = start;
    while (now - start < seconds) {
        pieces += work();
        now = cpuTime();
    }
    return pieces / (now - start);
}

double median(std::vector<double> numbers)
{
    std::sort(numbers.begin(), numbers.end());
    return numbers[numbers.size() / 2];
}

Comparison compare(const Effort& effort, const std::function<double()>& ours,
                   const std::function<double()>& theirs)
{
    std::vector<double> our;
    std::vector<double> their;
    std::vector<double> ratios;
    for (int round = 0; round < effort.rounds; ++round) {
        their.push_back(rate(effort.seconds, theirs));
        our.push_back(rate(effort.seconds, ours));
        ratios.push_back(our.back() / their.back());
    }
    return {median(our), median(their), median(ratios)};
}

namespace {

std::string printed(const char* format, std::va_list arguments)
{
    char text[200];
    std::vsnprintf(text, sizeof text, format, arguments);
    return text;
}

} // namespace

void Report::line(const char* format, ...)
{
    std::va_list arguments;
    va_start(arguments, format);
    put(printed(format, arguments));
    va_end(arguments);
}

void Report::row(bool reachesTarget, const char* format, ...)
{
    std::va_list arguments;
    va_start(arguments, format);
    put(printed(format, arguments) + (reachesTarget ? "" : "  <"));
    va_end(arguments);
    m_misses += reachesTarget ? 0 : 1;
}

void Report::wrong(const std::string& sentence)
{
    put("WRONG: " + sentence);
    m_isWrong = true;
}

void Report::put(const std::string& line)
{
    std::puts(line.c_str());
    std::fflush(stdout);
    m_text += line + '\n';
}

} // namespace benchmark
