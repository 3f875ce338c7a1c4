#pragma once

#include "core/math/matrix.h"
#include "core/network/parameters.h"
#include "core/training/hyperparameters.h"

#include <cstdint>
#include <vector>

namespace chronograd {

/// Applies gradients to the trainable parameters; keeps what an optimizer remembers. Δw and the memory are as
/// in the definitions at `Optimizer`; g is the gradient times `scale` (clipping).
class OptimizerState
{
public:
    explicit OptimizerState(const ParameterLayout& layout);

    void update(const Hyperparameters& settings, const Vector& gradient, double scale, Vector& weights);
    void reset(); ///< As new: a change of optimizer zeroes its state.

    /// Euclidean norm over the trainable parameters.
    double norm(const Vector& gradient) const;
    const Vector& velocity() const { return m_first; } ///< sgd, nesterov: v. adam: m.
    double* velocityToChange() { return m_first.data(); }
    const Vector& squares() const { return m_second; } ///< rmsprop: s. adam: v.
    std::int64_t steps() const { return m_steps; }     ///< Updates since the state was zero.

    /// All it remembers, to be kept and put back.
    struct Memory
    {
        Vector first;
        Vector second;
        std::int64_t steps = 0;
    };
    Memory memory() const { return {m_first, m_second, m_steps}; }
    void setMemory(const Memory& memory);

private:
    struct Range
    {
        Eigen::Index first;
        Eigen::Index size;
    };

    std::vector<Range> m_trainable;
    Vector m_first;  ///< v (sgd, nesterov), m (adam)
    Vector m_second; ///< s (rmsprop), v (adam)
    std::int64_t m_steps = 0;
};

} // namespace chronograd
