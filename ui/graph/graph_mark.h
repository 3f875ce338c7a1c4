#pragma once

#include "core/explain/quantity.h"

#include <QString>

#include <cstdint>

class QPainter;

namespace chronograd {

struct GraphState;

/// A number that somebody else points at, with what is said about it.
struct GraphMark
{
    Quantity quantity;
    QString text;

    bool operator==(const GraphMark&) const = default;
};

/// A ring around the marked number, or along its edge, with its text beside it. In scene coordinates; only
/// the steps from `first` to `last` are in view.
void paintMark(QPainter& painter, const GraphState& state, std::int64_t first, std::int64_t last);

} // namespace chronograd
