#define YARDSTICK_SET x86_64_v4
#define YARDSTICK_LANES 8

#include "tests/benchmarks/yardstick/elman_loop.h"

namespace yardstick::x86_64_v4 {

std::unique_ptr<Loop> makeLoop(const Problem& problem)
{
    return makeElmanLoop(problem);
}

} // namespace yardstick::x86_64_v4
