#pragma once

#include "core/network/parameters.h"

namespace chronograd {

/// Products over the trainable parameters of two flat vectors: what length and angle of gradients are made
/// of. What is frozen has a gradient too, but nothing is done with it.
double trainableProduct(const ParameterLayout& layout, const Vector& a, const Vector& b);
double trainableNorm(const ParameterLayout& layout, const Vector& flat);

} // namespace chronograd
