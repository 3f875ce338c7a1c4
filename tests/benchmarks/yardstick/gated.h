#pragma once

#include "tests/benchmarks/yardstick/yardstick.h"

namespace yardstick {

enum class Gated
{
    Lstm,
    Gru, ///< The reset gate acts after the matrix product.
};

/// A gated cell of 32 units with one input and output, trained like the Elman loop, written in Eigen with
/// fixed sizes. `problem.gates` has to be that of the cell: 4 or 3.
std::unique_ptr<Loop> makeGatedLoop(Gated cell, const Problem& problem, std::string_view instructionSet);

/// Multiplications and additions a second of Eigen's product of two square matrices that fit the cache.
double productPeak(std::string_view instructionSet, double seconds);

} // namespace yardstick
