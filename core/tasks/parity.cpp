#include "core/tasks/draw.h"
#include "core/tasks/generators.h"

namespace chronograd {

Sequence drawParity(const GeneratorTask& task, Random& random)
{
    Sequence sequence = emptySequence(1, 1, task.length);
    int parity = 0;
    for (std::int64_t column = 0; column < task.length; ++column) {
        const int bit = drawBit(random);
        parity ^= bit;
        sequence.inputs(0, column) = bit;
        setTarget(sequence, column, parity);
    }
    return sequence;
}

} // namespace chronograd
