#pragma once

#include "core/unfold/bound_operation.h"

namespace chronograd {

/// result = the parts one below the other
class BoundConcatenate final : public BoundOperation
{
public:
    BoundConcatenate(const Concatenate& concatenate, std::vector<SlotColumns>& slots);

    void forward(const double* weights, Columns columns) override;
    void backward(const double* weights, Columns columns) override;

private:
    SlotColumns* m_result;
    std::vector<SlotColumns*> m_parts;
};

} // namespace chronograd
