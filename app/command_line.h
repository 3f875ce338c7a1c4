#pragma once

#include <string>

namespace chronograd {

/// What --version says: the version, and for which instruction set the kernels were chosen.
std::string versionText();

/// Is this call one of the sub-commands, --help or --version, which need no display?
bool isCommand(int argc, const char* const* argv);

/// Runs it. \returns the exit status: 0 done; 1 the answer is "no"; 2 bad usage or bad input; 3 a fault of
/// the program; 130 after Ctrl+C.
int runCommandLine(int argc, const char* const* argv);

} // namespace chronograd
