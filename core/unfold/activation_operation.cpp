#include "core/unfold/activation_operation.h"

#include "core/kernels/kernels.h"
#include "core/math/softmax.h"

namespace chronograd {

BoundActivation::BoundActivation(const Activate& activate, std::vector<SlotColumns>& slots)
    : m_result(&slots[static_cast<std::size_t>(activate.result)])
    , m_argument(&slots[static_cast<std::size_t>(activate.argument)])
    , m_firstRow(static_cast<std::ptrdiff_t>(activate.block) * m_argument->blockRows())
    , m_function(activate.function)
{}

void BoundActivation::forward(const double* /*weights*/, Columns columns)
{
    if (m_result->isSame(*m_argument)) {
        return;
    }
    const double* argument = m_argument->value(columns.first) + m_firstRow;
    double* result = m_result->value(columns.first);
    const int width = m_result->width(columns);
    if (m_function.kind != Activation::Softmax) {
        kernels::activate(m_function, m_result->rows(), width, argument, m_argument->stride(), result,
                          m_result->stride());
        return;
    }
    const auto units = static_cast<std::size_t>(m_result->units());
    for (int column = 0; column < width; ++column) {
        softmax({argument + column * m_argument->stride(), units},
                {result + column * m_result->stride(), units});
    }
}

void BoundActivation::backward(const double* /*weights*/, Columns columns)
{
    if (m_result->isSame(*m_argument)) {
        return;
    }
    const double* result = m_result->value(columns.first);
    const double* error = m_result->delta(columns.first);
    double* delta = m_argument->delta(columns.first) + m_firstRow;
    const int width = m_result->width(columns);
    if (m_function.kind != Activation::Softmax) {
        kernels::activateBackward(m_function, m_result->rows(), width, result, m_result->stride(), error,
                                  m_result->stride(), delta, m_argument->stride());
        return;
    }
    const auto units = static_cast<std::size_t>(m_result->units());
    for (int column = 0; column < width; ++column) {
        softmaxBackward({result + column * m_result->stride(), units},
                        {error + column * m_result->stride(), units},
                        {delta + column * m_argument->stride(), units});
    }
}

} // namespace chronograd
