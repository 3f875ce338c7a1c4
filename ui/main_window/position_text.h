#pragma once

#include "core/training/frame.h"

#include <QString>

namespace chronograd {

/// "epoch 3 · sequence 2 of 20 · t = 17 · update 41"
QString positionText(const Position& position);

/// "backward pass: hidden at t = 15"
QString phaseText(const Frame& frame);

} // namespace chronograd
