#pragma once

#include "core/training/frame.h"

#include <complex>
#include <optional>
#include <string>
#include <vector>

namespace chronograd {

/// A square block of weights that takes a layer's state to its own next one: W_h of an Elman layer, one of
/// the gates' blocks of a gated one.
struct RecurrentMatrix
{
    ParameterId parameter = 0;
    int block = 0;
    std::string gate; ///< Empty where the matrix has one block.
};

std::vector<RecurrentMatrix> recurrentMatrices(const Network& network);

/// Its eigenvalues, greatest first.
struct Spectrum
{
    RecurrentMatrix matrix;
    std::vector<std::complex<double>> eigenvalues;

    double radius() const { return eigenvalues.empty() ? 0.0 : std::abs(eigenvalues.front()); }
};

/// With the weights now in force in the frame. Matrices of more than mostSpectrumUnits are left out: O(n³).
std::vector<Spectrum> spectraOf(const Frame& frame);

inline constexpr int mostSpectrumUnits = 200;

} // namespace chronograd
