#pragma once

#include "ui/graph/graph_selection.h"
#include "ui/graph/weight_arrows.h"

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
    /// Once the update is made: the gradient as an arrow behind the sum, and the velocity beside it.
    std::optional<WeightArrows> arrows;
    QString velocityText; ///< "v = −0.0188"; empty where there is none.
    QRectF velocityArea;  ///< The part of the pill that tells it.
    EdgeId edge;
    std::int64_t steps = 0; ///< So many copies have their share.
};

/// Nothing unless a weight is selected whose shares are there.
std::optional<ShareSumMark> shareSumOf(const GraphState& state);

/// The arrows from the copies into their sum, and how much each brings.
void paintShareSum(QPainter& painter, const GraphState& state);

/// What the sum is called: the gradient of the weight. Precondition: a weight is selected.
Quantity shareSumQuantity(const GraphState& state);
/// The velocity, or first moment, beside it. Precondition: it is drawn.
Quantity velocityQuantity(const GraphState& state);

} // namespace chronograd
