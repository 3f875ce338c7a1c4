#include "app/commands/progress_bar.h"

#include <cstdio>
#include <string>
#include <unistd.h>

namespace chronograd {

ProgressBar::ProgressBar(std::optional<std::int64_t> updates)
    : m_isTerminal(isatty(STDERR_FILENO) != 0)
    , m_updates(updates)
{}

ProgressBar::~ProgressBar()
{
    if (m_isTerminal) {
        std::fputs("\r\033[K", stderr);
    }
}

void ProgressBar::show(std::int64_t update, double loss)
{
    const auto now = std::chrono::steady_clock::now();
    if (!m_isTerminal || now < m_next) {
        return;
    }
    m_next = now + std::chrono::milliseconds(100);
    if (!m_updates || *m_updates == 0) {
        std::fprintf(stderr, "\r\033[Kupdate %lld  loss %.6g  (Ctrl+C ends)", static_cast<long long>(update),
                     loss);
        return;
    }
    constexpr std::int64_t width = 40;
    const std::int64_t done = width * update / *m_updates;
    std::string bar;
    for (std::int64_t i = 0; i < width; ++i) {
        bar += i < done ? "█" : "░";
    }
    std::fprintf(stderr, "\r\033[K%s %3lld %%  update %lld of %lld  loss %.6g", bar.c_str(),
                 static_cast<long long>(100 * update / *m_updates), static_cast<long long>(update),
                 static_cast<long long>(*m_updates), loss);
}

} // namespace chronograd
