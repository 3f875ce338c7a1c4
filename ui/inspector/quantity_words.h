#pragma once

#include "core/explain/quantity.h"
#include "core/training/frame.h"

#include <QString>

namespace chronograd {

/// Does the network have this unit, this weight? (A quantity may come from another experiment.)
bool fits(const Quantity& quantity, const Network& network);

/// Has it a time step?
bool hasTime(const Quantity& quantity);
/// Is it a number of a weight?
bool isOfWeight(const Quantity& quantity);

/// What is selected, as a title: "hidden unit 3 at t = 15", "weight W_h 3,2 of hidden".
QString titleOf(const Quantity& quantity, const Network& network);

/// Where a weight leads from and to: "from hidden unit 2 at t − 1 to hidden unit 3".
QString pathOf(const Quantity& quantity, const Network& network);

/// One number in words, for tips: "delta of hidden unit 3 at t = 15".
QString wordsFor(const Quantity& quantity, const Network& network);
/// The same where a delta has a sign of its own, whatever is read elsewhere, and says so: "delta of hidden
/// unit 3 at t = 15 (δ = ∂L/∂net)".
QString wordsFor(const Quantity& quantity, const Network& network, SignConvention sign);

/// Why the frame has no such number.
QString absenceOf(const Quantity& quantity, const Frame& frame);

/// The quantity a frame can show in place of one whose time step it no longer holds: the same thing at the
/// newest step.
Quantity followed(const Quantity& quantity, const Frame& frame);

} // namespace chronograd
