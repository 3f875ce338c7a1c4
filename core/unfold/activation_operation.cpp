#include "core/unfold/activation_operation.h"

#include "core/kernels/kernels.h"
#include "core/math/softmax.h"

namespace chronograd {

BoundActivation::BoundActivation(const Activate& activate, std::vector<SlotColumns>& slots)
    : m_result(&slots[static_cast<std::size_t>(activate.result)])
    , m_argument(&slots[static_cast<std::size_t>(activate.argument)])
    , m_function(activate.function)
{}

void BoundActivation::forward(const double* /*weights*/, Columns columns)
{
    if (m_function.kind != Activation::Softmax) {
        kernels::activate(m_function, m_result->rows(), columns.count, m_argument->value(columns.first),
                          m_argument->stride(), m_result->value(columns.first), m_result->stride());
        return;
    }
    const auto units = static_cast<std::size_t>(m_result->units());
    for (std::int64_t t = columns.first; t <= columns.last(); ++t) {
        softmax({m_argument->value(t), units}, {m_result->value(t), units});
    }
}

void BoundActivation::backward(const double* /*weights*/, Columns columns)
{
    if (m_function.kind != Activation::Softmax) {
        kernels::activateBackward(m_function, m_result->rows(), columns.count, m_result->value(columns.first),
                                  m_result->stride(), m_result->delta(columns.first), m_result->stride(),
                                  m_argument->delta(columns.first), m_argument->stride());
        return;
    }
    const auto units = static_cast<std::size_t>(m_result->units());
    for (std::int64_t t = columns.first; t <= columns.last(); ++t) {
        softmaxBackward({m_result->value(t), units}, {m_result->delta(t), units},
                        {m_argument->delta(t), units});
    }
}

} // namespace chronograd
