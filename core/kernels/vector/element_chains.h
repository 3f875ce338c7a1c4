#pragma once

#include "core/kernels/vector/elements.h"

/// Operations unit by unit that follow one another, as one function: those of the gated cells.
namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET {

/// Any operations.
inline void runInTurn(std::span<const ElementOperation> operations, const ElementColumns& columns)
{
    for (const ElementOperation& operation : operations)
        operation.run(operation, columns);
}

template<typename... Functions>
struct Chain
{
    static bool is(std::span<const ElementOperation> operations)
    {
        if (operations.size() != sizeof...(Functions))
            return false;
        const ElementOperation* operation = operations.data();
        return ((operation->rows == operations.front().rows && Functions::is(*operation++)) && ...);
    }

    template<int Vectors>
    static void run(std::span<const ElementOperation> operations, const ElementColumns& columns)
    {
        const ElementOperation* operation = operations.data();
        (runElements<Functions, Vectors>(*operation++, columns), ...);
    }

    static ElementOperation::RunChain code(int rows)
    {
        return withVectors(rows, []<int Vectors>() CHRONOGRAD_INLINED -> ElementOperation::RunChain {
            return run<Vectors>;
        });
    }
};

/// Function with no coefficient and no slope: multiplications by 1 are left out.
template<typename Function>
struct Plain : Function
{
    static constexpr ElementOperation one{};

    static bool is(const ElementOperation& operation)
    {
        return Function::is(operation) && operation.coefficient == one.coefficient &&
               operation.f.slope == one.f.slope;
    }
    [[gnu::always_inline]] explicit Plain(const ElementOperation&)
        : Function(one)
    {}
};

using Sigmoid = Plain<ActivateForward<Activation::Sigmoid>>;
using Tanh = Plain<ActivateForward<Activation::Tanh>>;
using ThroughSigmoid = Plain<ActivateBackward<Activation::Sigmoid, false>>;
using ThroughTanh = Plain<ActivateBackward<Activation::Tanh, false>>;
using AddThroughTanh = Plain<ActivateBackward<Activation::Tanh, true>>;
using SetProduct = Plain<Multiply<false, true, false>>;
using SetMultiple = Multiply<false, true, false>;
using AddProduct = Plain<Multiply<false, true, true>>;
using SetComplementProduct = Plain<Multiply<true, true, false>>;

template<typename... Known>
ElementOperation::RunChain findChain(std::span<const ElementOperation> operations)
{
    ElementOperation::RunChain found = runInTurn;
    ((Known::is(operations) ? (found = Known::code(operations.front().rows), true) : false) || ...);
    return found;
}

inline ElementOperation::RunChain chainKernel(std::span<const ElementOperation> operations)
{
    return findChain< // LSTM forward and back, GRU forward and back
        Chain<Sigmoid, Sigmoid, Tanh, Sigmoid, SetProduct, AddProduct, Tanh, SetProduct>,
        Chain<AddProduct, SetProduct, SetProduct, AddThroughTanh, SetProduct, SetProduct, SetProduct,
              ThroughSigmoid, ThroughTanh, ThroughSigmoid, ThroughSigmoid>,
        Chain<Sigmoid, Sigmoid, AddProduct, Tanh, SetComplementProduct, AddProduct>,
        Chain<AddProduct, SetMultiple, SetComplementProduct, AddProduct, ThroughTanh, SetProduct, SetProduct,
              ThroughSigmoid, ThroughSigmoid>>(operations);
}

} // namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET
