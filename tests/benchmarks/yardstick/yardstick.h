#pragma once

#include "tests/benchmarks/yardstick/problem.h"

#include <memory>
#include <string_view>

/// How fast can it go? A loop written for one job only: an Elman network whose number of units is a
/// compile-time multiple of the vector width, tanh, one example at a time, TBPTT(k1, k2) with errors of the
/// k1 newest steps, momentum. Register-tiled vector code, one fused gradient-and-momentum pass per update, no
/// allocation. Nothing general: it is the limit the engine is held against, not an example of style.
namespace yardstick {

class Loop
{
public:
    virtual ~Loop() = default;
    /// Trains on so many further steps, a multiple of k1; returns the summed loss ½ Σ (y−d)².
    virtual double run(long steps) = 0;
};

/// For an instruction set as the kernels name it; "plain" gets that of "x86-64". Null when there is none for
/// this size. The problem must outlive the loop.
std::unique_ptr<Loop> makeLoop(const Problem& problem, std::string_view instructionSet);

} // namespace yardstick
