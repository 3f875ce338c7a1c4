#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace chronograd {

/// A line on standard error that shows how far training is; only on a terminal, a few times a second.
class ProgressBar
{
public:
    ProgressBar();
    ~ProgressBar(); ///< Wipes the line.
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    /// \param share 0 … 1; absent: nobody knows when it ends
    template<typename Text>
    void show(std::optional<double> share, const Text& text)
    {
        if (isDue())
            print(share, text());
    }

private:
    bool isDue();
    void print(std::optional<double> share, const std::string& text);

    bool m_isTerminal;
    std::chrono::steady_clock::time_point m_next;
};

} // namespace chronograd
