#include "core/tasks/draw.h"
#include "core/tasks/generators.h"

namespace chronograd {

Sequence drawLatch(const GeneratorTask& task, Random& random)
{
    Sequence sequence = emptySequence(1, 1, task.length);
    sequence.inputs(0, 0) = 2.0 * drawBit(random) - 1.0;
    for (std::int64_t column = 1; column < task.length; ++column)
        sequence.inputs(0, column) = random.uniform(-task.noise, task.noise);
    setTarget(sequence, task.length - 1, sequence.inputs(0, 0));
    return sequence;
}

} // namespace chronograd
