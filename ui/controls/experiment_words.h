#pragma once

#include "core/experiment/experiment.h"
#include "core/tasks/dataset.h"

#include <QString>

namespace chronograd {

/// "1 input → elman 8 tanh → dense 1 identity"
QString networkWords(const NetworkSpec& network);

/// "csv: 1 sequence of 247 steps, 62 test steps"
QString dataWords(const TaskSpec& task, const Dataset& data);

/// "k1 = 5, k2 = 20, half squared error, sgd"
QString trainingWords(const Hyperparameters& settings);

} // namespace chronograd
