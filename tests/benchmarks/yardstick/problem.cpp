#include "tests/benchmarks/yardstick/problem.h"

#include <cmath>
#include <cstddef>

namespace yardstick {
namespace {

/// Park and Miller's generator: exact in doubles, so easily written in any language.
class Numbers
{
public:
    explicit Numbers(double seed)
        : m_state(seed)
    {}
    double inUnitBall()
    {
        m_state = std::fmod(16807.0 * m_state, 2147483647.0);
        return 2.0 * (m_state / 2147483647.0) - 1.0;
    }
    std::vector<double> list(int size, double range)
    {
        std::vector<double> numbers(static_cast<std::size_t>(size));
        for (double& number : numbers)
            number = inUnitBall() * range;
        return numbers;
    }

private:
    double m_state;
};

} // namespace

Problem::Problem(int hiddenUnits, int inputsAndOutputs, int k1_, int k2_, int gates_)
    : hidden(hiddenUnits)
    , inputs(inputsAndOutputs)
    , k1(k1_)
    , k2(k2_)
    , gates(gates_)
    , learningRate(0.1 / (static_cast<double>(k1_) * hiddenUnits))
{
    Numbers weights(12345);
    const double range = 1.0 / std::sqrt(static_cast<double>(hidden));
    inputWeights = weights.list(gates * hidden * inputs, 0.5);
    recurrentWeights = weights.list(gates * hidden * hidden, range);
    outputWeights = weights.list(hidden * inputs, range);

    Numbers data(6789);
    series = data.list(steps * inputs, 1.0);
    targets.resize(series.size());
    const auto at = [this](int t, int i) {
        return static_cast<std::size_t>((t + steps) % steps * inputs + i % inputs);
    };
    for (int t = 0; t < steps; ++t)
        for (int i = 0; i < inputs; ++i)
            targets[at(t, i)] = 0.5 * series[at(t - 2, i)] + 0.25 * series[at(t - 1, i + 1)];
}

} // namespace yardstick
