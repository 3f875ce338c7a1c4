#include "core/training/gradient_check.h"

#include "core/training/sequence_view.h"
#include "core/training/window_loss.h"
#include "core/unfold/unfolding.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chronograd {

namespace {

/// The window of an update as an unfolding of its own: step 1 of it is the window's first. One frame for
/// each sequence of the batch.
class WindowRun
{
public:
    explicit WindowRun(std::span<const Frame> frames)
        : m_settings(frames.front().settings)
        , m_steps(longest(frames))
        , m_unfolding(frames.front().network, m_steps, static_cast<int>(frames.size()))
        , m_sequences(frames.size())
    {
        std::vector<std::int64_t> lengths;
        for (std::size_t member = 0; member < frames.size(); ++member) {
            const Frame& frame = frames[member];
            assert(frame.updateDone);
            lengths.push_back(std::max<std::int64_t>(0, frame.window.length()));
            if (lengths.back() > 0) {
                take(frame, static_cast<int>(member), lengths.back());
            }
            m_batch.push_back({&m_sequences[member], 0, lengths.back()});
        }
        m_unfolding.setLengths(lengths);
    }

    double loss(const Vector& weights)
    {
        m_unfolding.forward(weights.data(), columns());
        return windowLoss(m_unfolding, m_batch, m_settings, m_injection);
    }

    Vector gradient(const Vector& weights)
    {
        Vector gradient = Vector::Zero(weights.size());
        m_unfolding.forward(weights.data(), columns());
        m_unfolding.clearDeltas(columns());
        injectLosses(m_unfolding, m_batch, m_settings, m_injection);
        m_unfolding.backward(weights.data(), columns());
        m_unfolding.gradient(columns(), gradient.data());
        return gradient;
    }

private:
    static std::int64_t longest(std::span<const Frame> frames)
    {
        std::int64_t length = 0;
        for (const Frame& frame : frames) {
            length = std::max(length, frame.window.length());
        }
        return length;
    }

    /// State at the cut, inputs and targets of one sequence.
    void take(const Frame& frame, int member, std::int64_t length)
    {
        assert(frame.holds(frame.window.from) && frame.holds(frame.window.to));
        const auto cut = static_cast<Eigen::Index>(frame.window.from - frame.firstStep);
        for (SlotId id = 0; id < static_cast<SlotId>(frame.values.size()); ++id) {
            const Matrix& values = frame.values[static_cast<std::size_t>(id)];
            SlotColumns& slot = m_unfolding.slot(id);
            for (int unit = 0; unit < slot.units(); ++unit) {
                slot.value(0, member)[slot.row(unit)] = values(unit, cut);
            }
        }
        Sequence& sequence = m_sequences[static_cast<std::size_t>(member)];
        const auto steps = static_cast<Eigen::Index>(length);
        sequence.inputs = frame.values.front().middleCols(cut + 1, steps);
        sequence.targets = frame.targets.middleCols(cut, steps);
        sequence.hasTarget.assign(frame.hasTarget.begin() + cut, frame.hasTarget.begin() + cut + steps);
        for (Eigen::Index t = 0; t < steps; ++t) {
            const auto input = sequence.inputs.col(t);
            m_unfolding.setInput(t + 1, {input.data(), static_cast<std::size_t>(input.size())}, member);
        }
        if (!frame.injected.empty()) {
            const Window injected{frame.injected.front() - frame.window.from + 1,
                                  frame.injected.back() - frame.window.from + 1};
            const bool isFirst = m_injection.length() < 1;
            m_injection = {isFirst ? injected.from : std::min(m_injection.from, injected.from),
                           isFirst ? injected.to : std::max(m_injection.to, injected.to)};
        }
    }

    Columns columns() const { return {1, static_cast<int>(m_steps)}; }

    Hyperparameters m_settings;
    std::int64_t m_steps;
    Unfolding m_unfolding;
    std::vector<Sequence> m_sequences;
    std::vector<SequenceView> m_batch;
    Window m_injection; ///< From the first to the last injected step of any.
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
