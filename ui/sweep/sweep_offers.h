#pragma once

#include "core/experiment/experiment.h"

#include <QString>

#include <vector>

namespace chronograd {

/// A setting that a sweep can vary, with values to begin with.
struct SweepOffer
{
    QString path;
    QString words;
    QString values;
    QString help;
};

/// Of this experiment: every setting of the table, layers, seeds, the task.
std::vector<SweepOffer> sweepOffers(const Experiment& experiment);

} // namespace chronograd
