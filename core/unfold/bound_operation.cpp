#include "core/unfold/bound_operation.h"

#include "core/unfold/activation_operation.h"
#include "core/unfold/affine.h"
#include "core/unfold/concatenate.h"
#include "core/unfold/products.h"

namespace chronograd {

namespace {

struct Bind
{
    const ParameterLayout& layout;
    std::vector<SlotColumns>& slots;

    std::unique_ptr<BoundOperation> operator()(const Affine& affine) const
    {
        return std::make_unique<BoundAffine>(affine, layout, slots);
    }
    std::unique_ptr<BoundOperation> operator()(const Activate& activate) const
    {
        return std::make_unique<BoundActivation>(activate, slots);
    }
    std::unique_ptr<BoundOperation> operator()(const Products& products) const
    {
        return std::make_unique<BoundProducts>(products, slots);
    }
    std::unique_ptr<BoundOperation> operator()(const Concatenate& concatenate) const
    {
        return std::make_unique<BoundConcatenate>(concatenate, slots);
    }
};

struct OperandsOf
{
    std::vector<Operand> operator()(const Affine& affine) const
    {
        std::vector<Operand> operands;
        for (const Term& term : affine.terms) {
            operands.push_back(term.source);
        }
        return operands;
    }
    std::vector<Operand> operator()(const Activate& activate) const { return {{activate.argument, 0}}; }
    std::vector<Operand> operator()(const Products& products) const
    {
        std::vector<Operand> operands;
        for (const ProductTerm& term : products.terms) {
            for (const Factor& factor : term.factors) {
                operands.push_back(factor.source);
            }
        }
        return operands;
    }
    std::vector<Operand> operator()(const Concatenate& concatenate) const
    {
        std::vector<Operand> operands;
        for (const SlotId part : concatenate.parts) {
            operands.push_back({part, 0});
        }
        return operands;
    }
};

} // namespace

std::unique_ptr<BoundOperation> bind(const Operation& operation, const ParameterLayout& layout,
                                     std::vector<SlotColumns>& slots)
{
    return std::visit(Bind{layout, slots}, operation);
}

std::vector<Operand> operandsOf(const Operation& operation)
{
    return std::visit(OperandsOf{}, operation);
}

SlotId resultOf(const Operation& operation)
{
    return std::visit([](const auto& each) { return each.result; }, operation);
}

} // namespace chronograd
