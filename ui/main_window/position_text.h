#pragma once

#include "core/training/position.h"

#include <QString>

namespace chronograd {

/// "epoch 3 · sequence 2 of 20 · t = 17 · update 41". `furthest`: updates that have been computed, when
/// training stands before the last of them; else 0.
QString positionText(const Position& position, std::int64_t furthest);

/// The same where there is little room: "ep. 3 · seq. 2/20 · t = 17 · upd. 41/60"
QString shortPositionText(const Position& position, std::int64_t furthest);

} // namespace chronograd
