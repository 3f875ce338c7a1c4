#include "core/tasks/draw.h"
#include "core/tasks/generators.h"

namespace chronograd {

Sequence drawAdding(const GeneratorTask& task, Random& random)
{
    const std::int64_t half = task.length / 2;
    const std::int64_t first = drawIndex(random, half);
    const std::int64_t second = half + drawIndex(random, task.length - half);
    Sequence sequence = emptySequence(2, 1, task.length);
    for (std::int64_t column = 0; column < task.length; ++column)
        sequence.inputs(0, column) = random.uniform();
    sequence.inputs(1, first) = 1.0;
    sequence.inputs(1, second) = 1.0;
    setTarget(sequence, task.length - 1, sequence.inputs(0, first) + sequence.inputs(0, second));
    return sequence;
}

} // namespace chronograd
