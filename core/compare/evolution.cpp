#include "core/compare/evolution.h"

#include "core/kernels/flush_denormals.h"
#include "core/training/window_loss.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace chronograd {

namespace {

std::int64_t longest(const std::vector<Sequence>& sequences)
{
    std::int64_t length = 1;
    for (const Sequence& sequence : sequences) {
        length = std::max(length, sequence.length());
    }
    return length;
}

std::vector<Eigen::Index> trainablePlaces(const ParameterLayout& layout)
{
    std::vector<Eigen::Index> places;
    for (const ParameterView& view : layout.views()) {
        for (int column = 0; view.trainable && column < view.columns; ++column) {
            for (int row = 0; row < view.rows; ++row) {
                places.push_back(static_cast<Eigen::Index>(view.at(row, column)));
            }
        }
    }
    return places;
}

} // namespace

Evolution::Evolution(std::shared_ptr<const Network> network, std::shared_ptr<const Dataset> data,
                     Vector start, const Hyperparameters& settings, const Options& options)
    : m_data(std::move(data))
    , m_settings(settings)
    , m_options(options)
    , m_unfolding(network, longest(m_data->training))
    , m_random(options.seed, "evolution")
    , m_trainable(trainablePlaces(network->parameters()))
    , m_weights(std::move(start))
    , m_candidate(m_weights)
    , m_stepSize(options.stepSize)
{
    const auto n = static_cast<double>(m_trainable.size());
    const auto children = static_cast<std::size_t>(4 + static_cast<int>(3 * std::log(std::max(n, 1.0))));
    const std::size_t parents = children / 2;
    for (std::size_t i = 1; i <= parents; ++i) {
        m_recombination.push_back(std::log(0.5 * static_cast<double>(children) + 0.5) -
                                  std::log(static_cast<double>(i)));
    }
    const double sum = std::accumulate(m_recombination.begin(), m_recombination.end(), 0.0);
    double squares = 0;
    for (double& weight : m_recombination) {
        weight /= sum;
        squares += weight * weight;
    }
    m_effectiveParents = 1.0 / squares;
    m_cumulation = (m_effectiveParents + 2) / (n + m_effectiveParents + 5);
    m_damping = 1 + 2 * std::max(0.0, std::sqrt((m_effectiveParents - 1) / (n + 1)) - 1) + m_cumulation;
    m_expectedLength = std::sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
    m_path = Vector::Zero(static_cast<Eigen::Index>(m_trainable.size()));
    m_children.resize(children);
    beginGeneration();
}

void Evolution::beginGeneration()
{
    m_nextChild = 0;
    m_firstSequence = (m_firstSequence + m_sequences) % m_data->training.size();
    m_sequences = 0;
    for (std::int64_t steps = 0; steps < m_options.stepsPerChild && m_sequences < m_data->training.size();
         ++m_sequences)
    {
        steps += m_data->training[(m_firstSequence + m_sequences) % m_data->training.size()].length();
    }
}

void Evolution::move(const Vector& direction, double length, Vector& weights) const
{
    for (std::size_t i = 0; i < m_trainable.size(); ++i) {
        weights[m_trainable[i]] += length * direction[static_cast<Eigen::Index>(i)];
    }
}

bool Evolution::runChild()
{
    const kernels::FlushDenormals flush;
    Child& child = m_children[m_nextChild];
    child.steps.resize(static_cast<Eigen::Index>(m_trainable.size()));
    for (double& step : child.steps) {
        step = m_random.normal();
    }
    m_candidate = m_weights;
    move(child.steps, m_stepSize, m_candidate);
    child.loss = lossOver(m_candidate, m_firstSequence, m_sequences);
    for (std::size_t i = 0; i < m_sequences; ++i) {
        m_stepsDone += m_data->training[(m_firstSequence + i) % m_data->training.size()].length();
    }
    if (++m_nextChild < m_children.size()) {
        return false;
    }
    endGeneration();
    return true;
}

void Evolution::endGeneration()
{
    std::vector<std::size_t> order(m_children.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [this](std::size_t child) { return m_children[child].loss; });
    m_loss = m_children[order.front()].loss;

    Vector step = Vector::Zero(m_path.size());
    for (std::size_t i = 0; i < m_recombination.size(); ++i) {
        step += m_recombination[i] * m_children[order[i]].steps;
    }
    move(step, m_stepSize, m_weights);
    m_path = (1 - m_cumulation) * m_path +
             std::sqrt(m_cumulation * (2 - m_cumulation) * m_effectiveParents) * step;
    m_stepSize *= std::exp(m_cumulation / m_damping * (m_path.norm() / m_expectedLength - 1));
    ++m_generations;
    beginGeneration();
}

/// A loss that is not a number is worse than any.
double Evolution::lossOver(const Vector& weights, std::size_t firstSequence, std::size_t count)
{
    double sum = 0;
    std::int64_t sequences = 0;
    m_unfolding.clearState();
    for (std::size_t i = 0; i < count; ++i) {
        const Sequence& sequence = m_data->training[(firstSequence + i) % m_data->training.size()];
        const SequenceView view{&sequence, 0, sequence.length()};
        const Window whole{1, view.length};
        for (std::int64_t t = 1; t <= view.length; ++t) {
            m_unfolding.setInput(t, view.input(t));
        }
        m_unfolding.setLengths(std::span(&view.length, 1));
        m_unfolding.forward(weights.data(), {1, static_cast<int>(view.length)});
        if (countTargets(view, whole) > 0) {
            sum += windowLoss(m_unfolding, std::span(&view, 1), m_settings, whole);
            ++sequences;
        }
        if (m_settings.state == StateRule::Carry) {
            m_unfolding.carryState(view.length);
        } else {
            m_unfolding.clearState();
        }
    }
    const double loss = sequences == 0 ? 0.0 : sum / static_cast<double>(sequences);
    return std::isfinite(loss) ? loss : std::numeric_limits<double>::infinity();
}

double Evolution::trainingLoss(const Vector& weights)
{
    const kernels::FlushDenormals flush;
    return lossOver(weights, 0, m_data->training.size());
}

} // namespace chronograd
