#pragma once

#include <vector>

namespace yardstick {

/// A simple recurrent network and a periodic series to train it on, the same for every program that is
/// measured. Matrices are row by row, series step by step.
struct Problem
{
    Problem(int hiddenUnits, int inputsAndOutputs, int k1, int k2, int gates = 1);

    static constexpr int steps = 2000; ///< Then the series starts again.
    static constexpr double momentum = 0.9;

    int hidden;
    int inputs; ///< And outputs.
    int k1;
    int k2;
    int gates; ///< Whose rows are stacked in the weights of the hidden layer.
    double learningRate;
    std::vector<double> inputWeights;     ///< gates · hidden × inputs
    std::vector<double> recurrentWeights; ///< gates · hidden × hidden
    std::vector<double> outputWeights;    ///< inputs × hidden
    std::vector<double> series;           ///< steps × inputs
    std::vector<double> targets;          ///< steps × inputs
};

} // namespace yardstick
