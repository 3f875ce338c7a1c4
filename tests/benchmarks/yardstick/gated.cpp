#include "tests/benchmarks/yardstick/gated.h"

namespace yardstick {

namespace x86_64 {
std::unique_ptr<Loop> makeGated(Gated cell, const Problem& problem);
double measureProductPeak(double seconds);
} // namespace x86_64
#if defined(__x86_64__)
namespace x86_64_v3 {
std::unique_ptr<Loop> makeGated(Gated cell, const Problem& problem);
double measureProductPeak(double seconds);
} // namespace x86_64_v3
namespace x86_64_v4 {
std::unique_ptr<Loop> makeGated(Gated cell, const Problem& problem);
double measureProductPeak(double seconds);
} // namespace x86_64_v4
#endif

std::unique_ptr<Loop> makeGatedLoop(Gated cell, const Problem& problem, std::string_view instructionSet)
{
#if defined(__x86_64__)
    if (instructionSet == "x86-64-v4")
        return x86_64_v4::makeGated(cell, problem);
    if (instructionSet == "x86-64-v3")
        return x86_64_v3::makeGated(cell, problem);
#endif
    static_cast<void>(instructionSet);
    return x86_64::makeGated(cell, problem);
}

double productPeak(std::string_view instructionSet, double seconds)
{
#if defined(__x86_64__)
    if (instructionSet == "x86-64-v4")
        return x86_64_v4::measureProductPeak(seconds);
    if (instructionSet == "x86-64-v3")
        return x86_64_v3::measureProductPeak(seconds);
#endif
    static_cast<void>(instructionSet);
    return x86_64::measureProductPeak(seconds);
}

} // namespace yardstick
