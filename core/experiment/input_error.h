#pragma once

#include <stdexcept>

namespace chronograd {

/// Bad input, told in one line: file, place, what is wrong, what would be right. The command line prints
/// what() and exits with 2; the window shows the same text.
class InputError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

} // namespace chronograd
