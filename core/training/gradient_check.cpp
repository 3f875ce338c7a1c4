#include "core/training/gradient_check.h"

#include "core/training/window_run.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chronograd {

namespace {

double numericDerivative(WindowRun& run, Vector& weights, Eigen::Index element)
{
    const double weight = weights[element];
    const double h = 1e-5 * std::max(1.0, std::abs(weight));
    weights[element] = weight + h;
    const double above = run.loss(weights);
    weights[element] = weight - h;
    const double below = run.loss(weights);
    weights[element] = weight;
    return (above - below) / (2 * h);
}

} // namespace

GradientCheck checkGradient(std::span<const Frame> batch)
{
    const Frame& frame = batch.front();
    WindowRun run(batch);
    Vector weights = frame.before;
    const Vector analytic = run.gradient(weights);
    const double floor = 1e-4 * analytic.cwiseAbs().maxCoeff();

    GradientCheck check;
    const auto& views = frame.network->parameters().views();
    for (std::size_t id = 0; id < views.size(); ++id) {
        const ParameterView& view = views[id];
        ParameterCheck& result = check.parameters.emplace_back();
        result.parameter = static_cast<ParameterId>(id);
        double largest = floor;
        double worst = -1;
        double appliedWorst = 0;
        for (int column = 0; column < view.columns; ++column) {
            for (int row = 0; row < view.rows; ++row) {
                const auto element = static_cast<Eigen::Index>(view.at(row, column));
                const double a = analytic[element];
                const double n = numericDerivative(run, weights, element);
                largest = std::max({largest, std::abs(a), std::abs(n)});
                appliedWorst = std::max(appliedWorst, std::abs(frame.gradient[element] - a));
                if (std::abs(a - n) > worst) {
                    worst = std::abs(a - n);
                    result.worstRow = row;
                    result.worstColumn = column;
                    result.analytic = a;
                    result.numeric = n;
                }
            }
        }
        result.error = largest > 0 ? worst / largest : 0;
        result.appliedDiffers = largest > 0 ? appliedWorst / largest : 0;
        check.worst = std::max(check.worst, result.error);
    }
    return check;
}

} // namespace chronograd
