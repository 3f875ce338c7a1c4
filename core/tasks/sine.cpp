#include "core/tasks/draw.h"
#include "core/tasks/generators.h"

#include <cmath>
#include <numbers>

namespace chronograd {

Sequence drawSine(const GeneratorTask& task, Random& random)
{
    constexpr double turn = 2.0 * std::numbers::pi;
    const double phase = random.uniform(0.0, turn);
    const auto value = [&](std::int64_t t) {
        return std::sin(turn * static_cast<double>(t) / task.period + phase);
    };
    Sequence sequence = emptySequence(1, 1, task.length);
    for (std::int64_t column = 0; column < task.length; ++column) {
        sequence.inputs(0, column) = value(column + 1);
        setTarget(sequence, column, value(column + 2));
    }
    return sequence;
}

} // namespace chronograd
