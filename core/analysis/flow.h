#pragma once

#include "core/network/parameter_use.h"
#include "core/training/frame.h"
#include "core/unfold/step_program.h"

#include <cstdint>

namespace chronograd {

/// What flows along each connection of a matrix product at step t: w_ij · source_j(t − lag), with the weights
/// that were in force then (rows of the gates that take part × columns). A row sums to this product's part of
/// net_i. Precondition: the frame holds t and the source has been computed.
Matrix flows(const Frame& frame, const Term& term, std::int64_t t);

/// What comes back along each connection from step t: w_ij · δ_i(t), with the weights before the update
/// (rows of the use × columns). A column sums to this product's part of ∂L/∂source_j. Precondition: the
/// deltas of the use's result are there.
Matrix backflows(const Frame& frame, const ParameterUse& use, ParameterId weight, std::int64_t t);

} // namespace chronograd
