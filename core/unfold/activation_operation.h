#pragma once

#include "core/unfold/bound_operation.h"

namespace chronograd {

/// result = f(argument), elementwise or softmax
class BoundActivation final : public BoundOperation
{
public:
    BoundActivation(const Activate& activate, std::vector<SlotColumns>& slots);

    void forward(const double* weights, Columns columns) override;
    void backward(const double* weights, Columns columns) override;

    SlotColumns& result() const { return *m_result; }
    const SlotColumns& argument() const { return *m_argument; }
    ActivationFunction function() const { return m_function; }

private:
    SlotColumns* m_result;
    SlotColumns* m_argument;
    std::ptrdiff_t m_firstRow; ///< Of the argument's block.
    ActivationFunction m_function;
};

} // namespace chronograd
