#pragma once

#include "core/analysis/past_gradients.h"
#include "core/explain/quantity.h"
#include "core/training/frame.h"

#include <QtGlobal>

#include <optional>
#include <vector>

namespace chronograd {

/// What one time step adds to a weight's gradient, or one update to its velocity.
struct ShareRow
{
    std::int64_t t = 0;          ///< The step, or the update.
    std::optional<double> share; ///< Absent: cut off, or not computed yet.
    bool isCut = false;
};

/// The shares of a weight, newest step first; `mostRows` at most, then a few of the steps that k2 cuts off.
struct ShareTable
{
    /// What the rows are: they are called by it.
    enum class Of : quint8
    {
        Steps,
        Updates,
        UpdatesOfMoment, ///< Of adam's first moment.
    };
    Of of = Of::Steps;
    std::vector<ShareRow> rows;
    std::int64_t olderSteps = 0;    ///< Steps of the window (updates) that have no row.
    std::optional<double> olderSum; ///< Their shares together, once all are known.
    std::optional<double> sum;      ///< The gradient before clipping; the velocity.
    double greatest = 0.0;          ///< Of the rows' sizes: the length of the longest bar.
};

ShareTable shareTable(const Frame& frame, const Quantity& weight, int mostRows = 24);

/// What past gradients still add to a velocity, the newest first; those that do not show with so many digits
/// are taken together.
ShareTable pastTable(const PastGradients& past, int digits, int mostRows = 24);

} // namespace chronograd
