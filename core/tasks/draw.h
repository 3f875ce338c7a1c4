#pragma once

#include "core/math/random.h"
#include "core/tasks/dataset.h"

#include <cstdint>
#include <vector>

namespace chronograd {

/// ⌊count·u⌋: 0 … count − 1.
std::int64_t drawIndex(Random& random, std::int64_t count);

/// ⌊2u⌋
int drawBit(Random& random);

/// Zeros of these sizes, no step with a target.
Sequence emptySequence(std::int64_t inputs, std::int64_t outputs, std::int64_t steps);

void setTarget(Sequence& sequence, std::int64_t column, double value); ///< Of a task with one output.

/// Every symbol but the last as input, the next one as target, both one-hot.
Sequence nextSymbolSequence(const std::vector<int>& symbols, int alphabet);

} // namespace chronograd
