#include "core/training/gradient_check.h"

#include "core/training/sequence_view.h"
#include "core/training/window_loss.h"
#include "core/unfold/unfolding.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chronograd {

namespace {

/// The window of a frame as an unfolding of its own: step 1 of it is the window's first.
class WindowRun
{
public:
    explicit WindowRun(const Frame& frame)
        : m_frame(frame)
        , m_steps(frame.window.length())
        , m_unfolding(frame.network, m_steps)
    {
        assert(frame.updateDone && frame.holds(frame.window.from) && frame.holds(frame.window.to));
        const auto cut = static_cast<Eigen::Index>(frame.window.from - frame.firstStep);
        for (SlotId id = 0; id < static_cast<SlotId>(frame.values.size()); ++id) {
            const Matrix& values = frame.values[static_cast<std::size_t>(id)];
            std::copy_n(values.col(cut).data(), values.rows(), m_unfolding.slot(id).value(0));
        }
        const auto steps = static_cast<Eigen::Index>(m_steps);
        m_sequence.inputs = frame.values.front().middleCols(cut + 1, steps);
        m_sequence.targets = frame.targets.middleCols(cut, steps);
        m_sequence.hasTarget.assign(frame.hasTarget.begin() + cut, frame.hasTarget.begin() + cut + steps);
        for (std::int64_t t = 1; t <= m_steps; ++t) {
            m_unfolding.setInput(t, view().input(t));
        }
        m_injection = {frame.injected.front() - frame.window.from + 1,
                       frame.injected.back() - frame.window.from + 1};
    }

    double loss(const Vector& weights)
    {
        m_unfolding.forward(weights.data(), columns());
        return windowLoss(m_unfolding, view(), m_frame.settings, m_injection);
    }

    Vector gradient(const Vector& weights)
    {
        Vector gradient = Vector::Zero(weights.size());
        m_unfolding.forward(weights.data(), columns());
        m_unfolding.clearDeltas(columns());
        injectLosses(m_unfolding, view(), m_frame.settings, m_injection);
        m_unfolding.backward(weights.data(), columns());
        m_unfolding.gradient(columns(), gradient.data());
        return gradient;
    }

private:
    SequenceView view() const { return {&m_sequence, 0, m_steps}; }
    Columns columns() const { return {1, static_cast<int>(m_steps)}; }

    const Frame& m_frame;
    std::int64_t m_steps;
    Unfolding m_unfolding;
    Sequence m_sequence;
    Window m_injection;
};

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

GradientCheck checkGradient(const Frame& frame)
{
    WindowRun run(frame);
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
