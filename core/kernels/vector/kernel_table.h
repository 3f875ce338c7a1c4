#pragma once

#include "core/kernels/kernel_set.h"
#include "core/kernels/vector/activation.h"
#include "core/kernels/vector/column_dots.h"
#include "core/kernels/vector/element_chains.h"
#include "core/kernels/vector/elements.h"
#include "core/kernels/vector/layer.h"
#include "core/kernels/vector/momentum_step.h"
#include "core/kernels/vector/outer_product.h"
#include "core/kernels/vector/product.h"
#include "core/kernels/vector/transpose.h"

namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET {

constexpr KernelSet kernelTable(std::string_view name)
{
    return {.name = name,
            .product = product,
            .productKernel = productKernel,
            .transposedProduct = transposedProduct,
            .transposedKernel = transposedKernel,
            .outerProductAdd = outerProductAdd,
            .columnSumAdd = columnSumAdd,
            .fillColumns = fillColumns,
            .activate = activate,
            .activateBackward = activateBackward,
            .momentumUpdate = momentumUpdate,
            .sumOfSquares = sumOfSquares,
            .transpose = transpose,
            .layerForward = layerForward,
            .layerBackward = layerBackward,
            .elementKernel = elementKernel,
            .chainKernel = chainKernel,
            .momentumKernel = momentumKernel,
            .halfSquaredError = halfSquaredError,
            .exponential = exponential};
}

} // namespace chronograd::kernels::CHRONOGRAD_INSTRUCTION_SET
