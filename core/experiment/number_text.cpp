#include "core/experiment/experiment_io.h"

#include <array>
#include <charconv>
#include <cmath>

namespace chronograd {

std::string numberText(double value)
{
    if (value == 0.0 && std::signbit(value))
        return "-0.0"; // "-0" would be read as the whole number 0
    std::array<char, 32> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return {buffer.data(), end};
}

} // namespace chronograd
