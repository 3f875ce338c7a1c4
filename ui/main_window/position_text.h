#pragma once

#include "core/training/frame.h"

#include <QString>

namespace chronograd {

/// "epoch 3 · sequence 2 of 20 · t = 17 · update 41". `furthest`: updates that have been computed, when
/// training stands before the last of them; else 0.
QString positionText(const Position& position, std::int64_t furthest);

/// "backward pass: hidden at t = 15"
QString phaseText(const Frame& frame);

} // namespace chronograd
