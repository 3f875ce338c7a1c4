#pragma once

#include "core/network/network.h"
#include "core/training/frame.h"

#include <span>

#include <string>
#include <vector>

namespace chronograd {

/// How a parameter's gradient compares with central differences.
struct ParameterCheck
{
    ParameterId parameter = 0;
    double error = 0.0; ///< max|a − n| / max(max|a|, max|n|, 1e-4·‖g‖∞)
    int worstRow = 0;   ///< Where |a − n| is greatest.
    int worstColumn = 0;
    double analytic = 0.0;       ///< a there, by back-propagation
    double numeric = 0.0;        ///< n there, (L(w + h) − L(w − h)) / 2h, h = 1e-5·max(1, |w|)
    double appliedDiffers = 0.0; ///< max|applied − a| / the same denominator: not 0 where the stored history
                                 ///< was computed with other weights than those of now.
};

struct GradientCheck
{
    std::vector<ParameterCheck> parameters;
    double worst = 0.0;

    static constexpr double tolerance = 1e-6;
    bool passed() const { return worst <= tolerance; }
};

/// Runs the window of the frame's update again with the weights before it, from the state at its cut,
/// back-propagates that run and compares with central differences of its L. So it is valid under truncation:
/// the state at the cut is held fixed, as back-propagation holds it. One frame for each sequence of the
/// batch. Precondition: updateDone, and the frames hold the whole window.
GradientCheck checkGradient(std::span<const Frame> batch);

} // namespace chronograd
