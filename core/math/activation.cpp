#include "core/math/activation.h"

#include <cassert>
#include <cmath>

namespace chronograd {

double activate(ActivationFunction f, double net)
{
    switch (f.kind) {
    case Activation::Identity:
        return net;
    case Activation::Sigmoid:
        return 1.0 / (1.0 + std::exp(-f.slope * net));
    case Activation::Tanh:
        return std::tanh(net);
    case Activation::Relu:
        return net < 0.0 ? 0.0 : net; // as written, NaN stays NaN
    case Activation::Softmax:
        break;
    }
    assert(!"softmax is not elementwise");
    return net;
}

double activationSlope(ActivationFunction f, double out)
{
    switch (f.kind) {
    case Activation::Identity:
        return 1.0;
    case Activation::Sigmoid:
        return f.slope * out * (1.0 - out);
    case Activation::Tanh:
        return 1.0 - out * out;
    case Activation::Relu:
        return out > 0.0 ? 1.0 : 0.0;
    case Activation::Softmax:
        break;
    }
    assert(!"softmax is not elementwise");
    return 1.0;
}

} // namespace chronograd
