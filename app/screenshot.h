#pragma once

namespace chronograd {

class MainWindow;
struct WindowOptions;

/// Trains the window's experiment as far as asked, selects, and writes a picture of the window.
/// Returns the exit status; what went wrong is told on standard error.
int takeScreenshot(MainWindow& window, const WindowOptions& options);

} // namespace chronograd
