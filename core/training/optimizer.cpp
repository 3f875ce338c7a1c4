#include "core/training/optimizer.h"

#include "core/kernels/kernels.h"

#include <cmath>

namespace chronograd {

OptimizerState::OptimizerState(const ParameterLayout& layout)
    : m_first(Vector::Zero(static_cast<Eigen::Index>(layout.size())))
    , m_second(Vector::Zero(static_cast<Eigen::Index>(layout.size())))
{
    const auto& views = layout.views();
    for (std::size_t i = 0; i < views.size(); ++i) {
        if (!views[i].trainable) {
            continue;
        }
        const auto first = static_cast<Eigen::Index>(views[i].offset);
        const auto end =
            static_cast<Eigen::Index>(i + 1 < views.size() ? views[i + 1].offset : layout.size());
        if (!m_trainable.empty() && m_trainable.back().first + m_trainable.back().size == first) {
            m_trainable.back().size = end - m_trainable.back().first;
        } else {
            m_trainable.push_back({first, end - first});
        }
    }
}

void OptimizerState::reset()
{
    m_first.setZero();
    m_second.setZero();
    m_steps = 0;
}

/// What is not trainable stays 0.
void OptimizerState::setMemory(const Memory& memory)
{
    reset();
    for (const Range range : m_trainable) {
        m_first.segment(range.first, range.size) = memory.first.segment(range.first, range.size);
        m_second.segment(range.first, range.size) = memory.second.segment(range.first, range.size);
    }
    m_steps = memory.steps;
}

double OptimizerState::norm(const Vector& gradient) const
{
    double squares = 0;
    for (const Range range : m_trainable) {
        squares += kernels::sumOfSquares(static_cast<std::size_t>(range.size), gradient.data() + range.first);
    }
    return std::sqrt(squares);
}

void OptimizerState::update(const Hyperparameters& settings, const Vector& gradient, double scale,
                            Vector& weights)
{
    const double rate = settings.learningRate;
    ++m_steps;
    for (const Range range : m_trainable) {
        const auto g = gradient.segment(range.first, range.size).array() * scale;
        auto first = m_first.segment(range.first, range.size).array();
        auto second = m_second.segment(range.first, range.size).array();
        auto w = weights.segment(range.first, range.size).array();
        switch (settings.optimizer) {
        case Optimizer::Sgd:
            kernels::momentumUpdate(static_cast<std::size_t>(range.size), settings.momentum, rate, scale,
                                    gradient.data() + range.first, m_first.data() + range.first,
                                    weights.data() + range.first);
            break;
        case Optimizer::Nesterov:
            first = settings.momentum * first - rate * g;
            w += settings.momentum * first - rate * g;
            break;
        case Optimizer::Rmsprop:
            second = settings.decay * second + (1.0 - settings.decay) * g.square();
            w -= rate * g / (second.sqrt() + settings.epsilon);
            break;
        case Optimizer::Adam: {
            first = settings.beta1 * first + (1.0 - settings.beta1) * g;
            second = settings.beta2 * second + (1.0 - settings.beta2) * g.square();
            const double firstBias = 1.0 - std::pow(settings.beta1, static_cast<double>(m_steps));
            const double secondBias = 1.0 - std::pow(settings.beta2, static_cast<double>(m_steps));
            w -= rate * (first / firstBias) / ((second / secondBias).sqrt() + settings.epsilon);
            break;
        }
        }
    }
}

} // namespace chronograd
