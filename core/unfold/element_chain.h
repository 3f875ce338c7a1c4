#pragma once

#include "core/unfold/elementwise.h"

#include <span>
#include <vector>

namespace chronograd {

/// Operations unit by unit that follow one another in the loop over time of a layer, as one call: in the
/// gated cells calls would cost more than what they compute.
class BoundElementChain
{
public:
    /// The last one from now on; of what it does at a step, the part that waits for the loop (`sameStep`) and
    /// the part that reads a neighbouring step (`delayed`). Precondition: operation.isOfElements().
    void append(const BoundElementwise& operation, bool sameStep, bool delayed);
    /// Before it goes back through a step: what the next step, if there is one, brings to a delta there.
    void pull(const kernels::ElementOperation& delta);

    void forward(const kernels::ElementColumns& columns) const { m_runForward(m_forward, columns); }
    void backward(const kernels::ElementColumns& columns, bool hasNext) const
    {
        if (hasNext || m_pulled == 0) {
            m_runBackward(m_backward, columns);
        } else {
            m_runLast(std::span(m_backward).subspan(m_pulled), columns);
        }
    }

private:
    using Elements = std::vector<kernels::ElementOperation>;

    void findBackward();

    Elements m_forward;
    Elements m_backward; ///< First what is pulled.
    std::size_t m_pulled = 0;
    kernels::ElementOperation::RunChain m_runForward = nullptr;
    kernels::ElementOperation::RunChain m_runBackward = nullptr;
    kernels::ElementOperation::RunChain m_runLast = nullptr; ///< Without what is pulled.
};

} // namespace chronograd
