#pragma once

#include "ui/theme/theme.h"

#include <QSize>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace chronograd {

/// `chronograd [FILE]`, and what taking a picture of the window needs.
struct WindowOptions
{
    std::filesystem::path file;       ///< Empty: the first of the ready experiments.
    std::filesystem::path screenshot; ///< Empty: an ordinary window.
    QSize size{1600, 1000};
    ThemeKind theme = ThemeKind::Light;
    bool isProjected = false;
    std::int64_t updates = 1;       ///< How far to train before the picture is taken.
    std::string select;             ///< The quantity to select; may be empty.
    std::vector<std::string> cards; ///< To bring to the front, by the names their layout is kept under.

    bool isPicture() const { return !screenshot.empty(); }
};

/// \returns the options, or the exit status when the program is to end at once (help, bad usage).
std::optional<WindowOptions> readWindowOptions(int argc, char** argv, int& exitStatus);

} // namespace chronograd
