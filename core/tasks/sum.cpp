#include "core/tasks/draw.h"
#include "core/tasks/generators.h"

namespace chronograd {

Sequence drawSum(const GeneratorTask&, Random& random)
{
    Sequence sequence = emptySequence(2, 1, 1);
    sequence.inputs(0, 0) = random.uniform();
    sequence.inputs(1, 0) = random.uniform();
    setTarget(sequence, 0, sequence.inputs(0, 0) + sequence.inputs(1, 0));
    return sequence;
}

} // namespace chronograd
