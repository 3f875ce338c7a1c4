#pragma once

#include <cstdint>

namespace chronograd {

enum class Activation : std::uint8_t
{
    Identity,
    Sigmoid,
    Tanh,
    Relu,
    Softmax, ///< Last layer only: out_i = exp(net_i) / Σ_j exp(net_j).
};

/// An activation with its parameter: f(net). Only `Sigmoid` reads the slope: 1 / (1 + exp(-slope·net)).
struct ActivationFunction
{
    Activation kind = Activation::Identity;
    double slope = 1.0;

    bool operator==(const ActivationFunction&) const = default;
};

/// f(net) for the elementwise activations (not softmax).
double activate(ActivationFunction f, double net);

/// f′ at a point whose output is `out` = f(net): 1, slope·out(1−out), 1−out², [out > 0]; not softmax.
double activationSlope(ActivationFunction f, double out);

} // namespace chronograd
