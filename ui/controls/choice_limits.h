#pragma once

#include "core/experiment/experiment.h"

#include <QString>

namespace chronograd {

/// Why k1 and k2 cannot be changed; empty: they can.
QString truncationObstacle(const Experiment& experiment);

/// Why this choice cannot be made for this experiment, as a sentence; empty when it can.
QString choiceObstacle(const Experiment& experiment, Setting setting, int choice);

} // namespace chronograd
