#define YARDSTICK_SET x86_64_v3
#define YARDSTICK_LANES 4

#include "tests/benchmarks/yardstick/elman_loop.h"

namespace yardstick::x86_64_v3 {

std::unique_ptr<Loop> makeLoop(const Problem& problem)
{
    return makeElmanLoop(problem);
}

} // namespace yardstick::x86_64_v3
