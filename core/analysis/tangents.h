#pragma once

#include "core/training/frame.h"

#include <vector>

namespace chronograd {

/// The derivative of the step program forward in time, along any number of directions at once: per slot a
/// matrix units × directions, ∂slot_t/∂direction. Linearised at the values of a frame, with the weights that
/// its update went back with; so it is the transpose of what back-propagation does, computed the other way
/// round. Not for chains that run against time.
class Tangents
{
public:
    Tangents(const Frame& frame, Eigen::Index directions);

    /// What the next step reads of a slot: ∂slot_{t−1}/∂direction. At first 0.
    Matrix& before(SlotId slot) { return m_before[static_cast<std::size_t>(slot)]; }
    const Matrix& now(SlotId slot) const { return m_now[static_cast<std::size_t>(slot)]; }

    /// Goes through step t. With `ofWeights` the directions are the parameters, by their places in the flat
    /// vector: every use of a weight adds its own.
    void step(std::int64_t t, bool ofWeights);
    /// What was now becomes before.
    void advance() { m_before.swap(m_now); }

private:
    const Matrix& of(Operand operand) const;
    /// The values of a slot as step t reads them.
    auto values(Operand operand, std::int64_t t) const;
    void apply(const Affine& affine, std::int64_t t, bool ofWeights);
    void apply(const Activate& activate, std::int64_t t);
    void apply(const Products& products, std::int64_t t);
    void apply(const Concatenate& concatenate);

    const Frame& m_frame;
    std::vector<Matrix> m_weights; ///< Per parameter, without padding.
    std::vector<Matrix> m_before;
    std::vector<Matrix> m_now;
};

} // namespace chronograd
