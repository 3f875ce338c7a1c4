#include "core/network/cells/cells.h"
#include "core/network/step_program_builder.h"

namespace chronograd {

/// Gated recurrent unit (Cho et al. 2014): r, z = σ(·), n = tanh(net_n), stacked r, z, n;
/// h_t = (1 − z) ⊙ n + z ⊙ h_{t−1}. The reset gate acts after the matrix product, as cuDNN has it:
/// net_n = W_xn x_t + b_n + r ⊙ (W_hn h_{t−1} + b_hn); or before it, as in the paper:
/// net_n = W_xn x_t + b_n + W_hn (r ⊙ h_{t−1})
void appendGru(StepProgramBuilder& step)
{
    constexpr int gates = 3;
    constexpr GateRows resetAndUpdate{0, 0, 2};
    constexpr int candidate = 2; ///< The block of n.
    const int units = step.units();
    const SlotId net = step.slot("net", gates * units, gates);
    const SlotId r = step.slot("r", units);
    const SlotId z = step.slot("z", units);
    const SlotId n = step.slot("n", units);
    const SlotId out = step.slot("out", units);
    const ParameterId fromInput = step.parameter("W_x", gates * units, step.inputUnits(), gates);
    const ParameterId fromState = step.parameter("W_h", gates * units, units, gates);
    const Operand before = step.previous(out);
    const auto bias = step.bias("b", gates * units, gates);

    step.affine(net, {{fromInput, step.input()}, {fromState, before, resetAndUpdate}}, bias);
    const SlotId recalled = step.slot(step.spec().resetAfter ? "recurrent" : "reset", units);
    if (step.spec().resetAfter) {
        step.affine(recalled, {{fromState, before, {candidate, 0, 1}}}, step.bias("b_hn", units));
    }
    step.activate(r, {Activation::Sigmoid}, net, 0);
    step.activate(z, {Activation::Sigmoid}, net, 1);
    if (step.spec().resetAfter) {
        step.addProducts(net, candidate, {{1.0, {{{r}}, {{recalled}}}}});
    } else {
        step.products(recalled, {{1.0, {{{r}}, {before}}}});
        step.addAffine(net, {fromState, {recalled}, {candidate, candidate, 1}});
    }
    step.activate(n, {Activation::Tanh}, net, candidate);
    step.products(out, {{1.0, {{{z}, true}, {{n}}}}, {1.0, {{{z}}, {before}}}});
    step.publish(net, out);
}

} // namespace chronograd
