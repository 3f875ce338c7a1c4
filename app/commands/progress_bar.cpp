#include "app/commands/progress_bar.h"

#include <cstdio>
#include <unistd.h>

namespace chronograd {

ProgressBar::ProgressBar()
    : m_isTerminal(isatty(STDERR_FILENO) != 0)
{}

ProgressBar::~ProgressBar()
{
    if (m_isTerminal) {
        std::fputs("\r\033[K", stderr);
    }
}

bool ProgressBar::isDue()
{
    const auto now = std::chrono::steady_clock::now();
    if (!m_isTerminal || now < m_next) {
        return false;
    }
    m_next = now + std::chrono::milliseconds(100);
    return true;
}

void ProgressBar::print(std::optional<double> share, const std::string& text)
{
    if (!share) {
        std::fprintf(stderr, "\r\033[K%s  (Ctrl+C ends)", text.c_str());
        return;
    }
    constexpr int width = 40;
    const int done = static_cast<int>(width * *share);
    std::string bar;
    for (int i = 0; i < width; ++i) {
        bar += i < done ? "█" : "░";
    }
    std::fprintf(stderr, "\r\033[K%s %3d %%  %s", bar.c_str(), static_cast<int>(100 * *share), text.c_str());
}

} // namespace chronograd
