#include "core/analysis/update_analysis.h"

#include "core/training/trainer.h"

#include <algorithm>

namespace chronograd {

namespace {

constexpr std::int64_t mostComparedSteps = 100'000; ///< A longer sequence is not gone through.

/// Frames with the steps that are needed and no more.
FrameRequest framesFor(const AnalysisRequest& request)
{
    FrameRequest frames{.stepsBeyondCut = 0, .mostSteps = mostComparedSteps};
    if (request.flow) {
        frames.stepsBeyondCut = mostFlowSteps;
    }
    if (request.comparison) {
        frames.stepsBeyondCut = mostComparedSteps;
    }
    return frames;
}

} // namespace

std::shared_ptr<const UpdateAnalysis> analyse(const Trainer& trainer, const AnalysisRequest& request,
                                              std::int64_t member)
{
    if (trainer.position().phase != Phase::Updated) {
        return nullptr;
    }
    std::vector<Frame> batch = trainer.frames(framesFor(request));
    const Frame& frame =
        batch[std::min(static_cast<std::size_t>(std::max<std::int64_t>(0, member)), batch.size() - 1)];
    auto analysis = std::make_shared<UpdateAnalysis>();
    analysis->update = frame.update;
    analysis->network = frame.network;
    analysis->request = request;
    if (request.flow && hasGradientFlow(frame)) {
        analysis->flow = gradientFlowOf(frame);
    }
    if (request.comparison) {
        analysis->comparison = compareWithFull(batch);
    }
    if (request.jacobians) {
        analysis->jacobians = jacobianChainOf(frame);
    }
    if (request.saturation) {
        analysis->saturations = saturationsOf(frame);
    }
    if (request.spectra) {
        analysis->spectra = spectraOf(frame);
    }
    if (request.sizes) {
        analysis->sizes = updateSizesOf(frame);
    }
    if (request.weights) {
        analysis->weights = std::make_shared<const Vector>(frame.after);
    }
    if (request.rtrl) {
        analysis->rtrl = compareWithRtrl(frame);
    }
    if (request.errorCurve) {
        analysis->errorCurve = errorCurveOf(batch, *request.errorCurve);
    }
    if (request.batch) {
        analysis->batch = std::make_shared<const std::vector<Frame>>(std::move(batch));
    }
    return analysis;
}

} // namespace chronograd
