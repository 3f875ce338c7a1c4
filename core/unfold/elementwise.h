#pragma once

#include "core/kernels/kernel_set.h"
#include "core/unfold/bound_operation.h"

#include <functional>
#include <vector>

namespace chronograd {

/// An operation that computes every unit for itself: a few kernel calls, bound once.
class BoundElementwise : public BoundOperation
{
public:
    using Element = kernels::ElementOperation;

    void forward(const double* weights, Columns columns) override;
    void forwardDelayed(const double* weights, std::int64_t t) override;
    void backward(const double* weights, Columns columns) override;
    void backwardDelayed(const double* weights, std::int64_t t, std::size_t operand) override;

    /// False: what it computes are not (only) the elements below.
    virtual bool isOfElements() const { return true; }
    SlotColumns& resultColumns() const { return *m_result; }
    const std::vector<Element>& forwardElements() const { return m_forward; }
    const std::vector<Element>& delayedElements() const { return m_forwardDelayed; } ///< Of forwardDelayed().
    const std::vector<Element>& backwardElements() const { return m_backward; }
    /// What backwardDelayed() brings to an operand; null: nothing.
    const Element* delayedDelta(std::size_t operand) const
    {
        const Element& element = m_backwardDelayed[operand];
        return element.result.first != nullptr ? &element : nullptr;
    }
    /// From now on backward() sets the deltas for which `isFirst` says yes, instead of adding to them; it is
    /// asked once for each of backwardElements().
    void setDeltas(const std::function<bool(const double* deltas)>& isFirst);

protected:
    explicit BoundElementwise(SlotColumns& result)
        : m_result(&result)
    {}

    /// The values of a slot `lag` steps before, or its deltas as many steps after; from a row on.
    static kernels::ElementView values(SlotColumns& slot, int lag = 0, std::ptrdiff_t firstRow = 0);
    static kernels::ElementView deltas(SlotColumns& slot, int lag = 0, std::ptrdiff_t firstRow = 0);
    void addForward(const Element& element, bool isDelayed);
    void addBackward(const Element& element) { add(m_backward, element); }
    /// Of an operand of another step; operands without one: an empty element.
    void addBackwardDelayed(const Element& element) { add(m_backwardDelayed, element); }

private:
    static void add(std::vector<Element>& list, Element element);
    void run(const std::vector<Element>& list, Columns columns) const;

    SlotColumns* m_result;
    std::vector<Element> m_forward;
    std::vector<Element> m_forwardDelayed;
    std::vector<Element> m_backward;
    std::vector<Element> m_backwardDelayed; ///< By operand.
};

} // namespace chronograd
