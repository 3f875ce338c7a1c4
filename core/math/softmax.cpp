#include "core/math/softmax.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chronograd {

double logSumExp(std::span<const double> net)
{
    assert(!net.empty());
    const double greatest = *std::max_element(net.begin(), net.end());
    double sum = 0.0;
    for (const double x : net)
        sum += std::exp(x - greatest);
    return greatest + std::log(sum);
}

void softmax(std::span<const double> net, std::span<double> out)
{
    assert(!net.empty() && net.size() == out.size());
    const double greatest = *std::max_element(net.begin(), net.end());
    double sum = 0.0;
    for (std::size_t i = 0; i < net.size(); ++i) {
        out[i] = std::exp(net[i] - greatest);
        sum += out[i];
    }
    for (double& y : out)
        y /= sum;
}

void softmaxBackward(std::span<const double> out, std::span<const double> deltaOut,
                     std::span<double> deltaNet)
{
    assert(out.size() == deltaOut.size() && out.size() == deltaNet.size());
    double mean = 0.0;
    for (std::size_t i = 0; i < out.size(); ++i)
        mean += out[i] * deltaOut[i];
    for (std::size_t i = 0; i < out.size(); ++i)
        deltaNet[i] += out[i] * (deltaOut[i] - mean);
}

} // namespace chronograd
