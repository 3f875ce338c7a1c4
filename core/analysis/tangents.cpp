#include "core/analysis/tangents.h"

#include "core/network/parameter_use.h"

#include <cassert>

namespace chronograd {

Tangents::Tangents(const Frame& frame, Eigen::Index directions)
    : m_frame(frame)
{
    assert(!frame.network->needsWholeSequence());
    for (const ParameterView& view : frame.network->parameters().views()) {
        m_weights.push_back(matrixOf(view, frame.before));
    }
    for (const Slot& slot : frame.network->program().slotTable) {
        m_before.push_back(Matrix::Zero(slot.units, directions));
    }
    m_now = m_before;
}

const Matrix& Tangents::of(Operand operand) const
{
    const auto slot = static_cast<std::size_t>(operand.slot);
    return operand.lag == 0 ? m_now[slot] : m_before[slot];
}

auto Tangents::values(Operand operand, std::int64_t t) const
{
    const auto column = static_cast<Eigen::Index>(t - operand.lag - m_frame.firstStep + 1);
    return m_frame.values[static_cast<std::size_t>(operand.slot)].col(column);
}

void Tangents::step(std::int64_t t, bool ofWeights)
{
    m_now.front().setZero(); // inputs depend on nothing
    for (const Operation& operation : m_frame.network->program().operations) {
        if (const auto* affine = std::get_if<Affine>(&operation)) {
            apply(*affine, t, ofWeights);
        } else if (const auto* activate = std::get_if<Activate>(&operation)) {
            apply(*activate, t);
        } else if (const auto* products = std::get_if<Products>(&operation)) {
            apply(*products, t);
        } else {
            apply(std::get<Concatenate>(operation));
        }
    }
}

/// ∂(Σ W · source + b) = Σ W · ∂source, and ∂(W · source)_i/∂W_ij = source_j
void Tangents::apply(const Affine& affine, std::int64_t t, bool ofWeights)
{
    Matrix& result = m_now[static_cast<std::size_t>(affine.result)];
    if (!affine.adds) {
        result.setZero();
    }
    const Network& network = *m_frame.network;
    for (const Term& term : affine.terms) {
        const ParameterUse use = useOf(network, affine, term);
        result.middleRows(use.firstUnit, use.rows).noalias() +=
            m_weights[static_cast<std::size_t>(term.weight)].middleRows(use.firstRow, use.rows) *
            of(term.source);
        if (ofWeights) {
            const ParameterView& view = network.parameters()[term.weight];
            const auto source = values(term.source, t);
            for (int row = use.firstRow; row < use.firstRow + use.rows; ++row) {
                for (int column = 0; column < view.columns; ++column) {
                    result(use.unit(row), static_cast<Eigen::Index>(view.at(row, column))) += source[column];
                }
            }
        }
    }
    if (affine.bias && ofWeights) {
        const ParameterView& view = network.parameters()[*affine.bias];
        for (int row = 0; row < view.rows; ++row) {
            result(row, static_cast<Eigen::Index>(view.at(row, 0))) += 1.0;
        }
    }
}

void Tangents::apply(const Activate& activate, std::int64_t t)
{
    const Slot& argument = m_frame.network->program().slotTable[static_cast<std::size_t>(activate.argument)];
    Matrix& result = m_now[static_cast<std::size_t>(activate.result)];
    result = m_now[static_cast<std::size_t>(activate.argument)].middleRows(
        activate.block * argument.blockUnits(), argument.blockUnits());
    const auto out = values({activate.result, 0}, t);
    if (activate.function.kind == Activation::Softmax) { // y_i (∂net_i − Σ_j y_j ∂net_j)
        const Eigen::RowVectorXd mean = out.transpose() * result;
        result.rowwise() -= mean;
        result.array().colwise() *= out.array();
        return;
    }
    for (Eigen::Index unit = 0; unit < result.rows(); ++unit) {
        result.row(unit) *= activationSlope(activate.function, out[unit]);
    }
}

void Tangents::apply(const Products& products, std::int64_t t)
{
    const Slot& slot = m_frame.network->program().slotTable[static_cast<std::size_t>(products.result)];
    auto result = m_now[static_cast<std::size_t>(products.result)].middleRows(
        products.block * slot.blockUnits(), slot.blockUnits());
    if (!products.adds) {
        result.setZero();
    }
    const auto value = [&](const Factor& factor) -> Eigen::ArrayXd {
        const Eigen::ArrayXd own = values(factor.source, t).array();
        return factor.complement ? 1.0 - own : own;
    };
    for (const ProductTerm& term : products.terms) {
        for (std::size_t f = 0; f < term.factors.size(); ++f) {
            const Factor& factor = term.factors[f];
            Eigen::ArrayXd scale = Eigen::ArrayXd::Constant(slot.blockUnits(), term.coefficient);
            if (term.factors.size() == 2) {
                scale *= value(term.factors[1 - f]);
            }
            if (factor.complement) {
                scale = -scale;
            }
            result.array() += of(factor.source).array().colwise() * scale;
        }
    }
}

void Tangents::apply(const Concatenate& concatenate)
{
    Eigen::Index row = 0;
    for (const SlotId part : concatenate.parts) {
        const Matrix& from = m_now[static_cast<std::size_t>(part)];
        m_now[static_cast<std::size_t>(concatenate.result)].middleRows(row, from.rows()) = from;
        row += from.rows();
    }
}

} // namespace chronograd
