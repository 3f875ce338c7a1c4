#include "core/compare/first_difference.h"

#include "core/explain/frame_numbers.h"
#include "core/unfold/bound_operation.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <vector>

namespace chronograd {

namespace {

bool isSame(double a, double b)
{
    return std::memcmp(&a, &b, sizeof a) == 0 || a == b; // +0 and −0 are one number
}

bool areSame(const Vector& a, const Vector& b)
{
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](double x, double y) { return isSame(x, y); });
}

/// Looks at one number after another, in the order of computation; keeps the first that differs.
class Search
{
public:
    Search(const Frame& a, const Frame& b)
        : m_a(a)
        , m_b(b)
        , m_network(*a.network)
        , m_from(std::max(a.firstStep, b.firstStep))
        , m_to(std::min(a.position.t, b.position.t))
    {}

    std::optional<Difference> run()
    {
        if (!showSameSequence(m_a, m_b)) {
            parameters(QuantityKind::Weight, m_a.before, m_b.before);
            update();
            return m_found;
        }
        state();
        for (const LayerGroup& group : m_network.groups()) {
            forward(group);
        }
        losses();
        for (auto group = m_network.groups().rbegin(); group != m_network.groups().rend(); ++group) {
            backward(*group);
        }
        update();
        return m_found;
    }

private:
    void compare(const Quantity& quantity)
    {
        if (m_found || !whyAbsent(m_a, quantity).empty() || !whyAbsent(m_b, quantity).empty()) {
            return;
        }
        const double a = numberOf(m_a, quantity);
        const double b = numberOf(m_b, quantity);
        if (!isSame(a, b)) {
            m_found = Difference{quantity, a, b};
        }
    }

    void slot(QuantityKind kind, SlotId id, std::int64_t t)
    {
        const Slot& which = m_network.program().slotTable[static_cast<std::size_t>(id)];
        for (int unit = 0; unit < which.units && !m_found; ++unit) {
            compare({.kind = kind, .slot = id, .unit = unit, .t = t});
        }
    }

    /// The slots of a layer in the order in which they are completed.
    std::vector<SlotId> slotsOf(int layer) const
    {
        const Layer& which = m_network.layers()[static_cast<std::size_t>(layer)];
        std::vector<SlotId> slots;
        for (int operation = which.firstOperation; operation < which.endOperation; ++operation) {
            const SlotId id = resultOf(m_network.program().operations[static_cast<std::size_t>(operation)]);
            std::erase(slots, id);
            slots.push_back(id);
        }
        return slots;
    }

    /// What the first step reads of the steps before it.
    void state()
    {
        for (int layer = 0; layer < m_a.layers(); ++layer) {
            for (const SlotId id : slotsOf(layer)) {
                if (isState(m_network.program(), id)) {
                    slot(QuantityKind::Slot, id, m_from - 1);
                }
            }
        }
    }

    template<typename Do>
    void eachStep(int direction, Do act) const
    {
        for (std::int64_t i = 0; i <= m_to - m_from && !m_found; ++i) {
            act(direction > 0 ? m_from + i : m_to - i);
        }
    }

    void forward(const LayerGroup& group)
    {
        eachStep(group.direction, [&](std::int64_t t) {
            weightsAt(t);
            if (group.first == 0) {
                slot(QuantityKind::Slot, m_network.inputSlot(), t);
            }
            for (int layer = group.first; layer < group.end; ++layer) {
                for (const SlotId id : slotsOf(layer)) {
                    slot(QuantityKind::Slot, id, t);
                }
            }
            if (group.end == m_a.layers()) {
                compare({.kind = QuantityKind::StepLoss, .t = t});
            }
        });
    }

    /// The same vector, step after step, is looked at once.
    void weightsAt(std::int64_t t)
    {
        if (!m_a.hasWeightsAt(t) || !m_b.hasWeightsAt(t)) {
            return;
        }
        const Vector& a = m_a.weightsAt(t);
        const Vector& b = m_b.weightsAt(t);
        if (&a == m_lastA && &b == m_lastB) {
            return;
        }
        m_lastA = &a;
        m_lastB = &b;
        if (!areSame(a, b)) {
            parameters(QuantityKind::WeightAt, a, b, t);
        }
    }

    void losses() { compare({.kind = QuantityKind::Loss}); }

    void backward(const LayerGroup& group)
    {
        eachStep(-group.direction, [&](std::int64_t t) {
            for (int layer = group.end - 1; layer >= group.first; --layer) {
                deltas(layer, t);
            }
        });
    }

    void deltas(int layer, std::int64_t t)
    {
        // Only where both have finished their backward pass does "none" mean "cut off".
        const bool areDone = m_a.updateDone && m_b.updateDone;
        const bool isInA = m_a.hasDelta(layer, t);
        const bool isInB = m_b.hasDelta(layer, t);
        if (m_found || (isInA != isInB && !areDone)) {
            return;
        }
        if (isInA != isInB) {
            cutOff(layer, t, isInA);
            return;
        }
        const std::vector<SlotId> slots = slotsOf(layer);
        for (auto id = slots.rbegin(); id != slots.rend(); ++id) {
            slot(QuantityKind::Delta, *id, t);
        }
    }

    /// One lane sends an error through here, the other has cut it off. Where it is 0, nothing is lost.
    void cutOff(int layer, std::int64_t t, bool isInA)
    {
        const Layer& which = m_network.layers()[static_cast<std::size_t>(layer)];
        for (int unit = 0; unit < which.units && !m_found; ++unit) {
            const Quantity quantity{.kind = QuantityKind::Delta, .slot = which.error(), .unit = unit, .t = t};
            const double delta = numberOf(isInA ? m_a : m_b, quantity);
            if (delta != 0.0 && isInA) {
                m_found = Difference{quantity, delta, std::nullopt};
            } else if (delta != 0.0) {
                m_found = Difference{quantity, std::nullopt, delta};
            }
        }
    }

    void update()
    {
        const auto velocities = [](const Frame& frame) {
            return frame.settings.optimizer == Optimizer::Sgd ||
                   frame.settings.optimizer == Optimizer::Nesterov;
        };
        const bool haveVelocity = velocities(m_a) && velocities(m_b);
        if (haveVelocity) {
            parameters(QuantityKind::VelocityBefore, m_a.velocityBefore, m_b.velocityBefore);
        }
        if (!m_a.updateDone || !m_b.updateDone) {
            return;
        }
        parameters(QuantityKind::Gradient, m_a.gradient, m_b.gradient);
        if (haveVelocity) {
            parameters(QuantityKind::Velocity, m_a.velocity, m_b.velocity);
        }
        parameters(QuantityKind::Change, m_a.change, m_b.change);
        parameters(QuantityKind::After, m_a.after, m_b.after);
    }

    void parameters(QuantityKind kind, const Vector& a, const Vector& b, std::int64_t t = 0)
    {
        const auto& views = m_network.parameters().views();
        for (std::size_t id = 0; id < views.size() && !m_found; ++id) {
            const ParameterView& view = views[id];
            for (int row = 0; row < view.rows && !m_found; ++row) {
                for (int column = 0; column < view.columns && !m_found; ++column) {
                    const auto at = static_cast<Eigen::Index>(view.at(row, column));
                    if (!isSame(a[at], b[at])) {
                        m_found = Difference{{.kind = kind,
                                              .parameter = static_cast<ParameterId>(id),
                                              .row = row,
                                              .column = column,
                                              .t = t},
                                             a[at],
                                             b[at]};
                    }
                }
            }
        }
    }

    const Frame& m_a;
    const Frame& m_b;
    const Network& m_network;
    std::int64_t m_from;
    std::int64_t m_to;
    const Vector* m_lastA = nullptr;
    const Vector* m_lastB = nullptr;
    std::optional<Difference> m_found;
};

} // namespace

bool showSameSequence(const Frame& a, const Frame& b)
{
    return a.position.epoch == b.position.epoch && a.position.sequence == b.position.sequence &&
           a.position.sequenceLength == b.position.sequenceLength;
}

bool areComparable(const Frame& a, const Frame& b)
{
    return std::ranges::equal(a.network->parameters().views(), b.network->parameters().views(),
                              [](const ParameterView& x, const ParameterView& y) {
                                  return x.name == y.name && x.rows == y.rows && x.columns == y.columns;
                              }) &&
           std::ranges::equal(a.network->program().slotTable, b.network->program().slotTable, {},
                              &Slot::units, &Slot::units);
}

std::optional<Difference> firstDifference(const Frame& a, const Frame& b)
{
    assert(areComparable(a, b));
    return Search(a, b).run();
}

} // namespace chronograd
