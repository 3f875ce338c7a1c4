#include "core/network/cells/cells.h"
#include "core/network/step_program_builder.h"

namespace chronograd {

/// A feed-forward layer: net = W x + b, out = f(net)
void appendDense(StepProgramBuilder& step)
{
    const SlotId net = step.slot("net", step.units());
    const SlotId out = step.slot("out", step.units());
    const ParameterId weights = step.parameter("W", step.units(), step.inputUnits());
    step.affine(net, {{weights, step.input()}}, step.bias("b", step.units()));
    step.activate(out, step.spec().activation, net);
    step.publish(net, out);
}

} // namespace chronograd
