#include "core/unfold/concatenate.h"

#include <algorithm>
#include <functional>

namespace chronograd {

BoundConcatenate::BoundConcatenate(const Concatenate& concatenate, std::vector<SlotColumns>& slots)
    : m_result(&slots[static_cast<std::size_t>(concatenate.result)])
{
    for (const SlotId part : concatenate.parts) {
        m_parts.push_back(&slots[static_cast<std::size_t>(part)]);
    }
}

void BoundConcatenate::forward(const double* /*weights*/, Columns columns)
{
    for (int column = 0; column < m_result->width(columns); ++column) {
        double* to = m_result->value(columns.first) + column * m_result->stride();
        for (const SlotColumns* part : m_parts) {
            to = std::copy_n(part->value(columns.first) + column * part->stride(), part->units(), to);
        }
    }
}

void BoundConcatenate::backward(const double* /*weights*/, Columns columns)
{
    for (int column = 0; column < m_result->width(columns); ++column) {
        const double* from = m_result->delta(columns.first) + column * m_result->stride();
        for (SlotColumns* part : m_parts) {
            double* to = part->delta(columns.first) + column * part->stride();
            std::transform(from, from + part->units(), to, to, std::plus<>());
            from += part->units();
        }
    }
}

} // namespace chronograd
