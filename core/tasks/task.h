#pragma once

#include "core/experiment/experiment.h"
#include "core/tasks/dataset.h"

namespace chronograd {

/// Makes the data of an experiment's task, checks that the network's inputs and last layer fit it, and puts
/// the numbers for "task" into `experiment`. Chunks are not cut here (`chunk` may change while training).
/// \throws InputError naming both numbers on a mismatch; csv errors name the csv file and its row.
Dataset makeDataset(Experiment& experiment);

} // namespace chronograd
