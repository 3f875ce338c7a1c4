#pragma once

#include "core/training/frame.h"

namespace chronograd {

/// Where the gradient of one weight comes from, twice: which loss sent it, and at which copy of the weight it
/// arrived. Row r, column c: what the loss of step window.from + r contributes through the copy of the weight
/// at step window.from + c (∂L_r/∂w_c, with the factors 1/N and 1/B′ of L in it).
///
/// A row sums to what that loss contributes, a column to the share of that step, everything to ∂L/∂w before
/// clipping (of the sequence that the frame shows). What lies behind the cut has no cell: k2 made it 0.
struct Ledger
{
    Window window;
    Matrix contributions; ///< Square, window.length() each way.

    double total() const { return contributions.sum(); }
};

/// One backward sweep for each step whose loss enters, over the values of the frame and the weights that the
/// update went back with. Precondition: frame.updateDone, and the frame holds the whole window.
Ledger ledgerOf(const Frame& frame, ParameterId parameter, int row, int column);

/// Does the frame hold what a ledger is made of?
bool hasLedger(const Frame& frame);

} // namespace chronograd
