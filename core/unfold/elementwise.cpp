#include "core/unfold/elementwise.h"

#include "core/kernels/kernels.h"

namespace chronograd {

kernels::ElementView BoundElementwise::values(SlotColumns& slot, int lag, std::ptrdiff_t firstRow)
{
    return {slot.values() + firstRow - lag * slot.stepStride(), slot.stride(), false};
}

kernels::ElementView BoundElementwise::deltas(SlotColumns& slot, int lag, std::ptrdiff_t firstRow)
{
    return {slot.deltas() + firstRow + lag * slot.stepStride(), slot.stride(), true};
}

void BoundElementwise::addForward(const Element& element, bool isDelayed)
{
    add(isDelayed ? m_forwardDelayed : m_forward, element);
}

void BoundElementwise::add(std::vector<Element>& list, Element element)
{
    element.run = kernels::elementKernel(element);
    list.push_back(element);
}

void BoundElementwise::setDeltas(const std::function<bool(const double* deltas)>& isFirst)
{
    for (Element& element : m_backward) {
        if (isFirst(element.result.first)) {
            element.adds = false;
            element.run = kernels::elementKernel(element);
        }
    }
}

void BoundElementwise::run(const std::vector<Element>& list, Columns columns) const
{
    const kernels::ElementColumns which{m_result->columnOf(columns.first),
                                        m_result->deltaColumnOf(columns.first), m_result->width(columns)};
    for (const Element& element : list) {
        element.run(element, which);
    }
}

void BoundElementwise::forward(const double* /*weights*/, Columns columns)
{
    run(m_forward, columns);
}

void BoundElementwise::forwardDelayed(const double* /*weights*/, std::int64_t t)
{
    run(m_forwardDelayed, {t, 1});
}

void BoundElementwise::backward(const double* /*weights*/, Columns columns)
{
    run(m_backward, columns);
}

void BoundElementwise::backwardDelayed(const double* /*weights*/, std::int64_t t, std::size_t operand)
{
    const Element& element = m_backwardDelayed[operand];
    element.run(element, {m_result->columnOf(t), m_result->deltaColumnOf(t), m_result->batch()});
}

} // namespace chronograd
