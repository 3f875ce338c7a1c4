#include "core/unfold/activation_operation.h"

#include "core/math/softmax.h"

namespace chronograd {

BoundActivation::BoundActivation(const Activate& activate, std::vector<SlotColumns>& slots)
    : BoundElementwise(slots[static_cast<std::size_t>(activate.result)])
    , m_argument(&slots[static_cast<std::size_t>(activate.argument)])
    , m_function(activate.function)
{
    const std::ptrdiff_t firstRow = static_cast<std::ptrdiff_t>(activate.block) * m_argument->blockRows();
    if (m_function.kind == Activation::Softmax || result().isSame(*m_argument)) {
        return;
    }
    addForward({.kind = Element::Kind::Activate,
                .rows = result().rows(),
                .a = values(*m_argument, 0, firstRow),
                .b = {},
                .result = values(result()),
                .f = m_function},
               false);
    addBackward({.kind = Element::Kind::ActivateBackward,
                 .adds = true,
                 .rows = result().rows(),
                 .a = values(result()),
                 .b = deltas(result()),
                 .result = deltas(*m_argument, 0, firstRow),
                 .f = m_function});
}

void BoundActivation::forward(const double* weights, Columns columns)
{
    if (m_function.kind != Activation::Softmax) {
        BoundElementwise::forward(weights, columns);
        return;
    }
    const auto units = static_cast<std::size_t>(result().units());
    for (int column = 0; column < result().width(columns); ++column) {
        softmax({m_argument->value(columns.first) + column * m_argument->stride(), units},
                {result().value(columns.first) + column * result().stride(), units});
    }
}

void BoundActivation::backward(const double* weights, Columns columns)
{
    if (m_function.kind != Activation::Softmax) {
        BoundElementwise::backward(weights, columns);
        return;
    }
    const auto units = static_cast<std::size_t>(result().units());
    for (int column = 0; column < result().width(columns); ++column) {
        softmaxBackward({result().value(columns.first) + column * result().stride(), units},
                        {result().delta(columns.first) + column * result().stride(), units},
                        {m_argument->delta(columns.first) + column * m_argument->stride(), units});
    }
}

} // namespace chronograd
