#include "core/training/loss.h"

#include "core/kernels/kernels.h"
#include "core/math/softmax.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chronograd {

namespace {

/// −Σ d ln y with ln y_j = net_j − ln Σ exp(net).
double crossEntropy(const OutputStep& step)
{
    const double normaliser = logSumExp(step.net);
    double loss = 0.0;
    for (std::size_t j = 0; j < step.net.size(); ++j) {
        if (step.target[j] != 0.0)
            loss -= step.target[j] * (step.net[j] - normaliser);
    }
    return loss;
}

/// −[d ln y + (1−d) ln(1−y)] with y = 1/(1+e^(−z)): ln y = −softplus(−z), ln(1−y) = −softplus(z).
double binaryCrossEntropy(double z, double target)
{
    return target * softplus(-z) + (1.0 - target) * softplus(z);
}

double sign(double x)
{
    return x > 0.0 ? 1.0 : (x < 0.0 ? -1.0 : 0.0);
}

/// 1 / (1 + e^(−x))
double standardSigmoid(double x)
{
    return x >= 0.0 ? 1.0 / (1.0 + std::exp(-x)) : std::exp(x) / (1.0 + std::exp(x));
}

} // namespace

double softplus(double x)
{
    return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
}

bool lossFitsOutput(Loss loss, Activation output)
{
    switch (loss) {
    case Loss::CrossEntropy:
        return output == Activation::Softmax;
    case Loss::BinaryCrossEntropy:
        return output == Activation::Sigmoid;
    default:
        return true;
    }
}

double stepLoss(Loss loss, ActivationFunction outputActivation, const OutputStep& step)
{
    assert(lossFitsOutput(loss, outputActivation.kind));
    assert(step.net.size() == step.out.size() && step.out.size() == step.target.size());
    if (loss == Loss::CrossEntropy)
        return crossEntropy(step);
    double sum = 0.0;
    for (std::size_t j = 0; j < step.out.size(); ++j) {
        const double error = step.out[j] - step.target[j];
        switch (loss) {
        case Loss::HalfSquaredError:
            sum += 0.5 * error * error;
            break;
        case Loss::SquaredError:
        case Loss::MeanSquaredError:
            sum += error * error;
            break;
        case Loss::AbsoluteError:
            sum += std::abs(error);
            break;
        case Loss::BinaryCrossEntropy:
            sum += binaryCrossEntropy(outputActivation.slope * step.net[j], step.target[j]);
            break;
        case Loss::Logistic:
            sum += softplus(-step.target[j] * step.out[j]);
            break;
        case Loss::CrossEntropy:
            break;
        }
    }
    return loss == Loss::MeanSquaredError ? sum / static_cast<double>(step.out.size()) : sum;
}

double setLossGradient(Loss loss, ActivationFunction outputActivation, const OutputStep& step, double scale,
                       std::span<double> delta)
{
    assert(lossFitsOutput(loss, outputActivation.kind));
    assert(step.out.size() == step.target.size() && step.out.size() == delta.size());
    if (loss == Loss::HalfSquaredError)
        return kernels::halfSquaredError(delta.size(), step.out.data(), step.target.data(), scale,
                                         delta.data());
    double targetSum = 0.0;
    for (const double d : step.target)
        targetSum += d;
    for (std::size_t j = 0; j < step.out.size(); ++j) {
        const double y = step.out[j];
        const double d = step.target[j];
        switch (loss) {
        case Loss::HalfSquaredError:
            break;
        case Loss::SquaredError:
            delta[j] = scale * 2.0 * (y - d);
            break;
        case Loss::MeanSquaredError:
            delta[j] = scale * 2.0 * (y - d) / static_cast<double>(step.out.size());
            break;
        case Loss::AbsoluteError:
            delta[j] = scale * sign(y - d);
            break;
        case Loss::CrossEntropy:
            delta[j] = scale * (y * targetSum - d);
            break;
        case Loss::BinaryCrossEntropy:
            delta[j] = scale * outputActivation.slope * (y - d);
            break;
        case Loss::Logistic:
            delta[j] = scale * -d * standardSigmoid(-d * y);
            break;
        }
    }
    return stepLoss(loss, outputActivation, step);
}

} // namespace chronograd
