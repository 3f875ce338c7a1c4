#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace chronograd {

/// A line on standard error that shows how far training is; only on a terminal, a few times a second.
class ProgressBar
{
public:
    explicit ProgressBar(std::optional<std::int64_t> updates);
    ~ProgressBar(); ///< Wipes the line.
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    void show(std::int64_t update, double loss);

private:
    bool m_isTerminal;
    std::optional<std::int64_t> m_updates; ///< Absent: nobody knows when it ends.
    std::chrono::steady_clock::time_point m_next;
};

} // namespace chronograd
