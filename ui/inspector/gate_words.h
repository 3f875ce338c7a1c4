#pragma once

#include "core/network/network.h"

#include <QString>

namespace chronograd {

/// "input gate i", "candidate n"
QString gateWord(const std::string& gate);

/// What a slot of a layer is called: "cell c", "forget gate f", "weighted input (net)".
QString slotWord(SlotId slot, const Network& network);

} // namespace chronograd
