#include "core/network/cells/cells.h"
#include "core/network/step_program_builder.h"

namespace chronograd {

/// A layer that is fed with the network's output of the step before (Jordan 1986):
/// c_t = decay · c_{t−1} + y_{t−1}, net_t = W_x x_t + W_y c_t + b, h_t = f(net_t)
void appendJordan(StepProgramBuilder& step)
{
    const SlotId context = step.slot("context", step.outputUnits());
    const SlotId net = step.slot("net", step.units());
    const SlotId out = step.slot("out", step.units());
    const ParameterId fromInput = step.parameter("W_x", step.units(), step.inputUnits());
    const ParameterId fromOutput = step.parameter("W_y", step.units(), step.outputUnits());

    std::vector<ProductTerm> fedBack{{1.0, {{step.previousOutput()}}}};
    if (step.spec().contextDecay != 0.0) {
        fedBack.insert(fedBack.begin(), {step.spec().contextDecay, {{step.previous(context)}}});
    }
    step.products(context, std::move(fedBack));
    step.affine(net, {{fromInput, step.input()}, {fromOutput, {context}}}, step.bias("b", step.units()));
    step.activate(out, step.spec().activation, net);
    step.publish(net, out);
}

} // namespace chronograd
