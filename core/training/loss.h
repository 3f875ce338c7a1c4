#pragma once

#include "core/math/activation.h"
#include "core/training/hyperparameters.h"

#include <span>

namespace chronograd {

/// What the output layer says at one time step and what it should say; all of the same length.
struct OutputStep
{
    std::span<const double> net;
    std::span<const double> out; ///< f(net)
    std::span<const double> target;
};

/// ln(1 + e^x), without overflow.
double softplus(double x);

/// Does this loss have its gradient with respect to net, fused with the output activation (cross entropies),
/// so that saturated units lose nothing? Otherwise it is with respect to out.
inline bool lossActsOnNet(Loss loss)
{
    return loss == Loss::CrossEntropy || loss == Loss::BinaryCrossEntropy;
}

/// May this loss stand behind this output activation? cross_entropy: softmax only; binary_cross_entropy:
/// sigmoid only; the others: any.
bool lossFitsOutput(Loss loss, Activation output);

/// The loss of one step, undivided. Finite for saturated units; 0·ln 0 = 0.
/// Precondition: lossFitsOutput().
double stepLoss(Loss loss, ActivationFunction outputActivation, const OutputStep& step);

/// delta = scale · ∂(stepLoss)/∂net if lossActsOnNet(), else scale · ∂(stepLoss)/∂out. Returns stepLoss().
double setLossGradient(Loss loss, ActivationFunction outputActivation, const OutputStep& step, double scale,
                       std::span<double> delta);

} // namespace chronograd
