#define YARDSTICK_SET x86_64_v3
#define YARDSTICK_LANES 4

#include "tests/benchmarks/yardstick/gated_loop.h"

namespace yardstick::x86_64_v3 {

std::unique_ptr<Loop> makeGated(Gated cell, const Problem& problem)
{
    return makeGatedLoopOfSet(cell, problem);
}

double measureProductPeak(double seconds)
{
    return productPeakOfSet(seconds);
}

} // namespace yardstick::x86_64_v3
