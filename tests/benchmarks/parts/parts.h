#pragma once

#include "tests/benchmarks/measure.h"

/// What the benchmark measures; each part prints its own table. Batch 1 and double precision, unless said
/// otherwise.
namespace benchmark {

/// Elman networks of several sizes and truncations, beside a loop that was written by hand for exactly these
/// and uses the same instruction set.
void elmanPart(const Effort& effort, Report& report);

/// LSTM and GRU beside the same in fixed-size Eigen.
void gatedPart(const Effort& effort, Report& report);

/// Elman networks beside NumPy and PyTorch, where they are installed.
void pythonPart(const Effort& effort, Report& report);

/// A 2-3-2-1 network, one example an update, beside FANN.
void feedForwardPart(const Effort& effort, Report& report);

/// A batch of 64 sequences, as a share of the machine's peak in matrix products.
void batchPart(const Effort& effort, Report& report);

/// Main memory of a run of ten million updates whose losses are kept for the curve.
void memoryPart(const Effort& effort, Report& report);

/// How long going back in time takes.
void rewindPart(const Effort& effort, Report& report);

} // namespace benchmark
