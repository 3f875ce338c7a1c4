#include "core/tasks/draw.h"
#include "core/tasks/generators.h"

namespace chronograd {

Sequence drawEcho(const GeneratorTask& task, Random& random)
{
    Sequence sequence = emptySequence(1, 1, task.length);
    for (std::int64_t column = 0; column < task.length; ++column) {
        sequence.inputs(0, column) = random.uniform(-1.0, 1.0);
        if (column >= task.delay)
            setTarget(sequence, column, sequence.inputs(0, column - task.delay));
    }
    return sequence;
}

} // namespace chronograd
