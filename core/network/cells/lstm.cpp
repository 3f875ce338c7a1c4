#include "core/network/cells/cells.h"
#include "core/network/step_program_builder.h"

namespace chronograd {

/// Long short-term memory with a forget gate (Hochreiter & Schmidhuber 1997, Gers et al. 2000):
/// i, f, o = σ(·), g = tanh(·) of W_x x_t + W_h h_{t−1} + b, stacked i, f, g, o;
/// c_t = f ⊙ c_{t−1} + i ⊙ g; h_t = o ⊙ tanh(c_t)
void appendLstm(StepProgramBuilder& step)
{
    constexpr int gates = 4;
    constexpr ActivationFunction sigmoid{Activation::Sigmoid};
    constexpr ActivationFunction tanh{Activation::Tanh};
    const int units = step.units();
    const SlotId net = step.slot("net", gates * units, gates);
    const SlotId i = step.slot("i", units);
    const SlotId f = step.slot("f", units);
    const SlotId g = step.slot("g", units);
    const SlotId o = step.slot("o", units);
    const SlotId cell = step.slot("cell", units);
    const SlotId squashed = step.slot("tanh_cell", units);
    const SlotId out = step.slot("out", units);
    const ParameterId fromInput = step.parameter("W_x", gates * units, step.inputUnits(), gates);
    const ParameterId fromState = step.parameter("W_h", gates * units, units, gates);

    step.affine(net, {{fromInput, step.input()}, {fromState, step.previous(out)}},
                step.bias("b", gates * units, gates));
    step.activate(i, sigmoid, net, 0);
    step.activate(f, sigmoid, net, 1);
    step.activate(g, tanh, net, 2);
    step.activate(o, sigmoid, net, 3);
    step.products(cell, {{1.0, {{{f}}, {step.previous(cell)}}}, {1.0, {{{i}}, {{g}}}}});
    step.activate(squashed, tanh, cell);
    step.products(out, {{1.0, {{{o}}, {{squashed}}}}});
    step.publish(net, out);
}

} // namespace chronograd
