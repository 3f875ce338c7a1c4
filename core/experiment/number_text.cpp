#include "core/experiment/experiment_io.h"

#include <array>
#include <charconv>

namespace chronograd {

std::string numberText(double value)
{
    std::array<char, 32> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return {buffer.data(), end};
}

} // namespace chronograd
