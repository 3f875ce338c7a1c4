#pragma once

#include "core/analysis/error_curve.h"
#include "core/analysis/gradient_comparison.h"
#include "core/analysis/gradient_flow.h"
#include "core/analysis/jacobians.h"
#include "core/analysis/rtrl.h"
#include "core/analysis/saturation.h"
#include "core/analysis/spectrum.h"
#include "core/analysis/update_sizes.h"

#include <memory>
#include <optional>
#include <vector>

namespace chronograd {

class Trainer;

/// What shall be computed about updates: nothing that nobody looks at.
struct AnalysisRequest
{
    bool flow = false;
    bool comparison = false;
    bool jacobians = false;
    bool saturation = false;
    bool spectra = false;
    bool sizes = false;
    bool weights = false; ///< The weights themselves, for their course over the updates.
    bool rtrl = false;
    bool batch = false; ///< The frames themselves, to compute a landscape of.
    std::optional<ErrorCurveRequest> errorCurve = {};

    bool asksAnything() const { return *this != AnalysisRequest(); }
    bool operator==(const AnalysisRequest&) const = default;
};

/// What was computed about one update; absent: not asked for, or not possible for this network or moment.
struct UpdateAnalysis
{
    std::int64_t update = 0;
    std::shared_ptr<const Network> network;
    AnalysisRequest request; ///< What was asked for.
    std::optional<GradientFlow> flow;
    std::optional<GradientComparison> comparison;
    std::optional<JacobianChain> jacobians;
    std::vector<SaturatedUnits> saturations;
    std::vector<Spectrum> spectra;
    std::vector<UpdateSize> sizes;
    std::shared_ptr<const Vector> weights;
    std::optional<RtrlComparison> rtrl;
    std::shared_ptr<const std::vector<Frame>> batch;
    std::optional<ErrorCurve> errorCurve;
};

/// Of the trainer's last update; null when training does not stand right behind one. `member` of the batch is
/// looked at where only one can be.
std::shared_ptr<const UpdateAnalysis> analyse(const Trainer& trainer, const AnalysisRequest& request,
                                              std::int64_t member);

} // namespace chronograd
