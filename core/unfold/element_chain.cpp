#include "core/unfold/element_chain.h"

#include "core/kernels/kernels.h"

namespace chronograd {

void BoundElementChain::append(const BoundElementwise& operation, bool sameStep, bool delayed)
{
    if (sameStep) {
        m_forward.insert(m_forward.end(), operation.forwardElements().begin(),
                         operation.forwardElements().end());
        m_backward.insert(m_backward.begin(), operation.backwardElements().begin(),
                          operation.backwardElements().end());
    }
    if (delayed) {
        m_forward.insert(m_forward.end(), operation.delayedElements().begin(),
                         operation.delayedElements().end());
    }
    m_runForward = kernels::chainKernel(m_forward);
    findBackward();
}

void BoundElementChain::pull(const kernels::ElementOperation& delta)
{
    m_backward.insert(m_backward.begin() + static_cast<std::ptrdiff_t>(m_pulled), delta);
    ++m_pulled;
    findBackward();
}

void BoundElementChain::findBackward()
{
    m_runBackward = kernels::chainKernel(m_backward);
    m_runLast = kernels::chainKernel(std::span(m_backward).subspan(m_pulled));
}

} // namespace chronograd
