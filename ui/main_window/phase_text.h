#pragma once

#include "core/training/frame.h"

#include <QString>

namespace chronograd {

enum class Room : quint8
{
    Enough,
    Little,
};

/// What the last step did, as far as it went: "forward: hidden 3 at t = 15, term 2 of 9: W_h,32·h_2(14) = …",
/// "forward: hidden 3 at t = 15: net = 0.31, h = 0.3004", "backward pass: hidden layer at t = 15".
/// In little room without names and times, which the graph shows: "→ hidden 3, 2/9: 0.5·0.31 = 0.155".
QString phaseText(const Frame& frame, Room room = Room::Enough);

} // namespace chronograd
