#include "core/tasks/draw.h"

#include <algorithm>
#include <cassert>
#include <cstddef>

namespace chronograd {

std::int64_t drawIndex(Random& random, std::int64_t count)
{
    const auto index = static_cast<std::int64_t>(static_cast<double>(count) * random.uniform());
    return std::min(index, count - 1); // the product may round up
}

int drawBit(Random& random)
{
    return static_cast<int>(drawIndex(random, 2));
}

Sequence emptySequence(std::int64_t inputs, std::int64_t outputs, std::int64_t steps)
{
    Sequence sequence;
    sequence.inputs = Matrix::Zero(inputs, steps);
    sequence.targets = Matrix::Zero(outputs, steps);
    sequence.hasTarget.assign(static_cast<std::size_t>(steps), 0);
    return sequence;
}

void setTarget(Sequence& sequence, std::int64_t column, double value)
{
    sequence.targets(0, column) = value;
    sequence.hasTarget[static_cast<std::size_t>(column)] = 1;
}

Sequence nextSymbolSequence(const std::vector<int>& symbols, int alphabet)
{
    assert(symbols.size() >= 2);
    const auto steps = static_cast<std::int64_t>(symbols.size()) - 1;
    Sequence sequence = emptySequence(alphabet, alphabet, steps);
    for (std::int64_t column = 0; column < steps; ++column) {
        const auto place = static_cast<std::size_t>(column);
        sequence.inputs(symbols[place], column) = 1.0;
        sequence.targets(symbols[place + 1], column) = 1.0;
        sequence.hasTarget[place] = 1;
    }
    return sequence;
}

} // namespace chronograd
