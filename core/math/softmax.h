#pragma once

#include <span>

namespace chronograd {

/// ln Σ_j exp(net_j), without overflow.
double logSumExp(std::span<const double> net);

/// out_i = exp(net_i) / Σ_j exp(net_j), without overflow. `out` may be `net`.
void softmax(std::span<const double> net, std::span<double> out);

/// deltaNet += s ⊙ (deltaOut − Σ_j s_j deltaOut_j) with s = out: the Jacobian diag(s) − s sᵀ times deltaOut.
void softmaxBackward(std::span<const double> out, std::span<const double> deltaOut,
                     std::span<double> deltaNet);

} // namespace chronograd
