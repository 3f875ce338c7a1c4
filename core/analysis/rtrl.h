#pragma once

#include "core/training/frame.h"

#include <optional>
#include <vector>

namespace chronograd {

/// The gradient of one update twice: back through time, and forward in time by real-time recurrent learning
/// (Williams & Zipser 1989), which carries ∂h_t/∂w along and needs no history.
struct RtrlComparison
{
    Vector gradient; ///< ∂L/∂w by RTRL, flat. Of the sequence that the frame shows.

    struct Row
    {
        ParameterId parameter = 0;
        double backward = 0.0;   ///< ‖∂L/∂w‖ by BPTT
        double forward = 0.0;    ///< … by RTRL
        double difference = 0.0; ///< Greatest |difference| of one weight.
    };
    std::vector<Row> rows;   ///< One per parameter.
    double difference = 0.0; ///< Greatest of all.

    /// ‖∂h_t/∂w‖ after each step of the window (Frobenius): how the influence of the weights piles up.
    std::vector<double> influence;
    double storedNumbers = 0.0;  ///< ∂h/∂w: what RTRL carries along, whatever the window …
    double storedBackward = 0.0; ///< … and what BPTT stores for this window.
};

/// Absent while no update is done, for more than mostRtrlUnits units in all, and where chains run against
/// time. One sequence only: of a batch the one that the frame shows.
std::optional<RtrlComparison> compareWithRtrl(const Frame& frame);

inline constexpr int mostRtrlUnits = 16;

} // namespace chronograd
