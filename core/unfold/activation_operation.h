#pragma once

#include "core/unfold/elementwise.h"

namespace chronograd {

/// result = f(argument), elementwise or softmax
class BoundActivation final : public BoundElementwise
{
public:
    BoundActivation(const Activate& activate, std::vector<SlotColumns>& slots);

    void forward(const double* weights, Columns columns) override;
    void backward(const double* weights, Columns columns) override;

    bool isOfElements() const override { return m_function.kind != Activation::Softmax; }

    SlotColumns& result() const { return resultColumns(); }
    const SlotColumns& argument() const { return *m_argument; }
    ActivationFunction function() const { return m_function; }

private:
    SlotColumns* m_argument;
    ActivationFunction m_function;
};

} // namespace chronograd
