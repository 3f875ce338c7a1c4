#pragma once

namespace chronograd {

/// The window: `chronograd [FILE]`. Returns the program's exit status.
int openWindow(int argc, char** argv);

} // namespace chronograd
