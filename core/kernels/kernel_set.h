#pragma once

#include "core/kernels/kernels.h"

#include <span>

namespace chronograd::kernels {

/// The kernels compiled for one instruction set.
struct KernelSet
{
    std::string_view name;
    decltype(&kernels::productAdd) productAdd;
    decltype(&kernels::transposedProductAdd) transposedProductAdd;
    decltype(&kernels::outerProductAdd) outerProductAdd;
    decltype(&kernels::columnSumAdd) columnSumAdd;
    decltype(&kernels::fillColumns) fillColumns;
    decltype(&kernels::activate) activate;
    decltype(&kernels::activateBackward) activateBackward;
    decltype(&kernels::momentumUpdate) momentumUpdate;
    decltype(&kernels::sumOfSquares) sumOfSquares;
    decltype(&kernels::transpose) transpose;
    decltype(&kernels::recurrentForward) recurrentForward;
    decltype(&kernels::recurrentBackward) recurrentBackward;
    decltype(&kernels::outerProductMomentum) outerProductMomentum;
    decltype(&kernels::exponential) exponential;
};

/// The sets that this machine can run, the best first; plain code is always the last.
std::span<const KernelSet* const> supportedKernelSets();

/// The set in use.
const KernelSet& kernelSet();

} // namespace chronograd::kernels
