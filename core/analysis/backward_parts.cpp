#include "core/analysis/backward_parts.h"

#include "core/math/softmax.h"
#include "core/network/parameter_use.h"
#include "core/training/loss.h"
#include "core/unfold/bound_operation.h"

#include <algorithm>

namespace chronograd {

namespace {

const Slot& slotOf(const Frame& frame, SlotId slot)
{
    return frame.network->program().slotTable[static_cast<std::size_t>(slot)];
}

Vector column(const std::vector<Matrix>& histories, const Frame& frame, SlotId slot, std::int64_t t)
{
    return histories[static_cast<std::size_t>(slot)].col(static_cast<Eigen::Index>(t - frame.firstStep + 1));
}

/// Of an activation's result the machine keeps no gradient of its own; of everything else it does.
bool isActivated(const Frame& frame, SlotId slot)
{
    const auto& operations = frame.network->program().operations;
    return std::any_of(operations.begin(), operations.end(), [slot](const Operation& operation) {
        const auto* activate = std::get_if<Activate>(&operation);
        return activate && activate->result == slot;
    });
}

std::optional<Vector> resultGradient(const Frame& frame, SlotId slot, std::int64_t t)
{
    if (!frame.window.contains(t) || !frame.hasDelta(slotOf(frame, slot).layer, t))
        return std::nullopt;
    return isActivated(frame, slot) ? slotGradient(frame, slot, t)
                                    : std::optional(column(frame.deltas, frame, slot, t));
}

Vector factorValue(const Frame& frame, const Factor& factor, std::int64_t t)
{
    Vector value = column(frame.values, frame, factor.source.slot, t - factor.source.lag);
    if (factor.complement)
        value = Vector::Ones(value.size()) - value;
    return value;
}

struct BackThrough
{
    const Frame& frame;
    std::size_t operand;
    std::int64_t t;

    Vector operator()(const Affine& affine) const
    {
        const Term& term = affine.terms[operand];
        const ParameterUse use = useOf(*frame.network, affine, term);
        const ParameterView& view = frame.network->parameters()[term.weight];
        // The current weights, also under stored history, whose activations are older.
        const Matrix weights = matrixOf(view, frame.before).middleRows(use.firstRow, use.rows);
        return weights.transpose() *
               column(frame.deltas, frame, affine.result, t).segment(use.firstUnit, use.rows);
    }

    Vector operator()(const Activate& activate) const
    {
        const Slot& argument = slotOf(frame, activate.argument);
        Vector result = Vector::Zero(argument.units);
        const Vector out = column(frame.values, frame, activate.result, t);
        const auto error = slotGradient(frame, activate.result, t);
        auto part = result.segment(activate.block * argument.blockUnits(), argument.blockUnits());
        if (error && activate.function.kind == Activation::Softmax) {
            Vector through = Vector::Zero(out.size());
            softmaxBackward({out.data(), static_cast<std::size_t>(out.size())},
                            {error->data(), static_cast<std::size_t>(error->size())},
                            {through.data(), static_cast<std::size_t>(through.size())});
            part = through;
        } else if (error) {
            for (Eigen::Index unit = 0; unit < out.size(); ++unit)
                part[unit] = (*error)[unit] * activationSlope(activate.function, out[unit]);
        }
        return result;
    }

    Vector operator()(const Products& products) const
    {
        std::size_t factor = operand;
        const auto term =
            std::find_if(products.terms.begin(), products.terms.end(), [&](const ProductTerm& each) {
                if (factor < each.factors.size())
                    return true;
                factor -= each.factors.size();
                return false;
            });
        const Slot& result = slotOf(frame, products.result);
        Vector part = column(frame.deltas, frame, products.result, t)
                          .segment(products.block * result.blockUnits(), result.blockUnits()) *
                      term->coefficient;
        if (term->factors.size() == 2)
            part = part.cwiseProduct(factorValue(frame, term->factors[1 - factor], t));
        return term->factors[factor].complement ? Vector(-part) : part;
    }

    Vector operator()(const Concatenate& concatenate) const
    {
        Eigen::Index first = 0;
        for (std::size_t part = 0; part < operand; ++part)
            first += slotOf(frame, concatenate.parts[part]).units;
        return resultGradient(frame, concatenate.result, t)
            ->segment(first, slotOf(frame, concatenate.parts[operand]).units);
    }
};

} // namespace

SlotId lossSlot(const Frame& frame)
{
    const Layer& last = frame.network->layers().back();
    return lossActsOnNet(frame.settings.loss) ? last.net : last.output;
}

std::optional<Vector> lossPart(const Frame& frame, std::int64_t t)
{
    const auto enters = [&frame](std::int64_t step) {
        return frame.holds(step) && frame.hasTarget[static_cast<std::size_t>(step - frame.firstStep)] != 0;
    };
    const auto& injected = frame.injected;
    if (std::find(injected.begin(), injected.end(), t) == injected.end() || !enters(t))
        return std::nullopt;
    const Layer& last = frame.network->layers().back();
    const auto count = std::count_if(injected.begin(), injected.end(), enters);
    const double steps = frame.settings.reduction == Reduction::Mean ? static_cast<double>(count) : 1.0;
    const Vector net = column(frame.values, frame, last.net, t);
    const Vector out = column(frame.values, frame, last.output, t);
    const Vector target = frame.targets.col(static_cast<Eigen::Index>(t - frame.firstStep));
    Vector part = Vector::Zero(out.size());
    const auto size = static_cast<std::size_t>(out.size());
    setLossGradient(frame.settings.loss, last.spec.activation,
                    {{net.data(), size}, {out.data(), size}, {target.data(), size}},
                    1.0 / steps / static_cast<double>(std::max<std::int64_t>(1, frame.contributors)),
                    {part.data(), size});
    return part;
}

std::optional<Vector> backThrough(const Frame& frame, const Operation& operation, std::size_t operand,
                                  std::int64_t t)
{
    if (!resultGradient(frame, resultOf(operation), t))
        return std::nullopt;
    return std::visit(BackThrough{frame, operand, t}, operation);
}

std::optional<Vector> slotGradient(const Frame& frame, SlotId slot, std::int64_t t)
{
    if (!frame.window.contains(t) || !frame.hasDelta(slotOf(frame, slot).layer, t))
        return std::nullopt;
    Vector sum = Vector::Zero(slotOf(frame, slot).units);
    if (slot == lossSlot(frame)) {
        if (const auto part = lossPart(frame, t))
            sum += *part;
    }
    for (const Operation& operation : frame.network->program().operations) {
        const std::vector<Operand> operands = operandsOf(operation);
        for (std::size_t i = 0; i < operands.size(); ++i) {
            if (operands[i].slot != slot)
                continue;
            if (const auto part = backThrough(frame, operation, i, t + operands[i].lag))
                sum += *part;
        }
    }
    return sum;
}

} // namespace chronograd
