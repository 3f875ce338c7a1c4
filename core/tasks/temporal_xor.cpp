#include "core/tasks/draw.h"
#include "core/tasks/generators.h"

namespace chronograd {

Sequence drawTemporalXor(const GeneratorTask& task, Random& random)
{
    Sequence sequence = emptySequence(1, 1, task.length);
    int beforeLast = 0;
    int last = 0;
    for (std::int64_t t = 1; t <= task.length + 1; ++t) {
        const int bit = t % 3 == 0 ? beforeLast ^ last : drawBit(random);
        if (t <= task.length)
            sequence.inputs(0, t - 1) = bit;
        if (t > 1)
            setTarget(sequence, t - 2, bit);
        beforeLast = last;
        last = bit;
    }
    return sequence;
}

} // namespace chronograd
