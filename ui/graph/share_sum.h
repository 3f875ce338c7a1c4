#pragma once

#include "ui/graph/graph_selection.h"

#include <QRectF>
#include <QString>

#include <optional>

class QPainter;

namespace chronograd {

/// One weight, many copies: where their shares of its gradient come together, drawn when a weight is
/// selected.
struct ShareSumMark
{
    QRectF pill; ///< In scene coordinates, inside the steps in view.
    QString text;
    EdgeId edge;
    std::int64_t steps = 0; ///< So many copies have their share.
};

/// Nothing unless a weight is selected whose shares are there.
std::optional<ShareSumMark> shareSumOf(const GraphState& state);

/// The arrows from the copies into their sum, and how much each brings.
void paintShareSum(QPainter& painter, const GraphState& state);

/// What the sum is called: the gradient of the weight. Precondition: a weight is selected.
Quantity shareSumQuantity(const GraphState& state);

} // namespace chronograd
