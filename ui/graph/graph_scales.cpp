#include "ui/graph/graph_scales.h"

#include "ui/graph/nice_scale.h"

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

/// Greatest size in a slot's history at one step; NaN and infinities do not count.
double largest(const Matrix& history, std::int64_t t, const Frame& frame)
{
    double result = 0.0;
    for (const double value : history.col(static_cast<Eigen::Index>(t - frame.firstStep + 1))) {
        if (std::isfinite(value))
            result = std::max(result, std::abs(value));
    }
    return result;
}

double largest(const Matrix& values)
{
    const double result = values.size() > 0 ? values.cwiseAbs().maxCoeff() : 0.0;
    return std::isfinite(result) ? result : 0.0;
}

bool isBounded(Activation activation)
{
    return activation == Activation::Tanh || activation == Activation::Sigmoid ||
           activation == Activation::Softmax;
}

const Matrix& slotHistory(const std::vector<Matrix>& histories, SlotId slot)
{
    return histories[static_cast<std::size_t>(slot)];
}

double valueScale(const Frame& frame, int level)
{
    const auto& layers = frame.network->layers();
    const SlotId slot = level == 0 ? frame.network->inputSlot() : layers[std::size_t(level - 1)].output;
    if (level > 0 && isBounded(layers[std::size_t(level - 1)].spec.activation.kind))
        return 1.0;
    double most = 0.0;
    for (std::int64_t t = frame.firstStep; t <= frame.lastStep; ++t) {
        if (frame.hasValue(level - 1, t))
            most = std::max(most, largest(slotHistory(frame.values, slot), t, frame));
    }
    return std::max(1.0, niceScale(most));
}

double largestDelta(const Frame& frame)
{
    double most = 0.0;
    for (std::int64_t t = std::max(frame.firstStep, frame.window.from);
         t <= std::min(frame.lastStep, frame.window.to); ++t)
    {
        for (int layer = 0; layer < frame.layers(); ++layer) {
            if (frame.hasDelta(layer, t))
                most = std::max(
                    most,
                    largest(slotHistory(frame.deltas, frame.network->layers()[std::size_t(layer)].error()), t,
                            frame));
        }
    }
    return most;
}

/// A share is one product of a delta and a source, so the greatest share of a step is that of the greatest
/// two.
double largestShare(const Frame& frame, const Connection& connection)
{
    double most = 0.0;
    const SlotId net = connection.use.result;
    for (std::int64_t t = std::max(frame.firstStep, frame.window.from);
         t <= std::min(frame.lastStep, frame.window.to); ++t)
    {
        if (frame.hasDelta(connection.to - 1, t))
            most = std::max(most, largest(slotHistory(frame.deltas, net), t, frame) *
                                      largest(slotHistory(frame.values, connection.term.source.slot),
                                              t - connection.term.source.lag, frame));
    }
    return most;
}

double largestEdge(const Frame& frame, const Connection& connection, EdgeQuantity quantity,
                   std::int64_t first, std::int64_t last)
{
    if (quantity == EdgeQuantity::Share)
        return largestShare(frame, connection);
    double most = 0.0;
    for (std::int64_t t = first; t <= (isShared(quantity) ? first : last); ++t) {
        if (const auto values = edgeValues(frame, connection, quantity, t))
            most = std::max(most, largest(*values));
    }
    return most;
}

} // namespace

GraphScales scalesOf(const Frame& frame, const std::vector<Connection>& connections, EdgeQuantity quantity,
                     std::int64_t first, std::int64_t last)
{
    GraphScales scales;
    for (int level = 0; level <= frame.layers(); ++level)
        scales.value.push_back(valueScale(frame, level));
    const double delta = largestDelta(frame);
    scales.hasDelta = delta > 0.0;
    scales.delta = niceScale(delta);
    double loss = 0.0;
    for (const double stepLoss : frame.stepLoss) {
        if (std::isfinite(stepLoss))
            loss = std::max(loss, stepLoss);
    }
    scales.loss = niceScale(loss);
    double edge = 0.0;
    for (const Connection& connection : connections)
        edge = std::max(edge, largestEdge(frame, connection, quantity, first, last));
    scales.hasEdge = edge > 0.0;
    scales.edge = niceScale(edge);
    return scales;
}

} // namespace chronograd
