#include "core/network/cells/cells.h"
#include "core/network/step_program_builder.h"

namespace chronograd {

/// A simple recurrent layer: net_t = W_x x_t + W_h h_{t−1} + b, h_t = f(net_t)   (Elman 1990)
void appendElman(StepProgramBuilder& step)
{
    const SlotId net = step.slot("net", step.units());
    const SlotId out = step.slot("out", step.units());
    const ParameterId fromInput = step.parameter("W_x", step.units(), step.inputUnits());
    const ParameterId fromState = step.parameter("W_h", step.units(), step.units());
    step.affine(net, {{fromInput, step.input()}, {fromState, step.previous(out)}},
                step.bias("b", step.units()));
    step.activate(out, step.spec().activation, net);
    step.publish(net, out);
}

} // namespace chronograd
