#include "tests/benchmarks/yardstick/yardstick.h"

namespace yardstick {

namespace x86_64 {
std::unique_ptr<Loop> makeLoop(const Problem& problem);
}
#if defined(__x86_64__)
namespace x86_64_v3 {
std::unique_ptr<Loop> makeLoop(const Problem& problem);
}
namespace x86_64_v4 {
std::unique_ptr<Loop> makeLoop(const Problem& problem);
}
#endif

std::unique_ptr<Loop> makeLoop(const Problem& problem, std::string_view instructionSet)
{
#if defined(__x86_64__)
    if (instructionSet == "x86-64-v4")
        return x86_64_v4::makeLoop(problem);
    if (instructionSet == "x86-64-v3")
        return x86_64_v3::makeLoop(problem);
#endif
    static_cast<void>(instructionSet);
    return x86_64::makeLoop(problem);
}

} // namespace yardstick
