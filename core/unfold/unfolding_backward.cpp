#include "core/unfold/unfolding.h"

#include <ranges>

/// The sweep back over a window, and what it leaves to the parameters.

namespace chronograd {

void Unfolding::beginBackward(Columns window, Columns injected, bool lossOnNet)
{
    m_window = window;
    m_stages.back().isNetSet = lossOnNet;
    Columns arrives = injected;
    for (Stage& stage : std::views::reverse(m_stages)) {
        if (stage.affine != nullptr) {
            beginLayer(stage, window, arrives);
        } else {
            beginOperations(stage, window, arrives);
        }
        arrives = stage.live;
    }
}

void Unfolding::forgetDeltas()
{
    for (SlotColumns& slot : m_slots) {
        slot.forgetDeltas();
    }
}

namespace {

/// Those that a sweep sets need no zeros.
void clearOutside(SlotColumns& slot, Columns window, Columns live)
{
    slot.clearDeltas({window.first, live.first - window.first});
    slot.clearDeltas({live.last() + 1, window.last() - live.last()});
}

} // namespace

void Unfolding::beginLayer(Stage& stage, Columns window, Columns arrives)
{
    stage.live = arrives;
    if (stage.isRecurrent || stage.isPulled) {
        stage.live = {window.first, arrives.last() - window.first + 1};
    }
    stage.arrivesFrom = stage.isOutOverwritten ? arrives.first : stage.live.first;
    stage.affine->beginBackward(stage.live);
    if (&stage == &m_stages.back()) {
        clearLastLayer(stage);
        return;
    }
    if (stage.isOutOverwritten && stage.live.count == window.count) {
        return; // the sweep sets every delta
    }
    const int index = stage.layers.front().layer;
    const SlotId output = m_network->layers()[static_cast<std::size_t>(index)].output;
    for (const SlotId id : m_slotsOfLayer[static_cast<std::size_t>(index)]) {
        if (id != output || stage.isOutOverwritten) {
            clearOutside(slot(id), window, stage.live);
        } else {
            slot(id).clearDeltas(window);
        }
    }
}

/// Outside the steps that errors can reach its deltas are zero already, but for those of the sweep before.
void Unfolding::clearLastLayer(const Stage& stage)
{
    const Columns before{m_window.first + m_lastLive.first, m_lastLive.count};
    for (const SlotId id : m_slotsOfLayer[static_cast<std::size_t>(stage.layers.front().layer)]) {
        slot(id).clearDeltas(before);
    }
    m_lastLive = {stage.live.first - m_window.first, stage.live.count};
}

void Unfolding::beginOperations(Stage& stage, Columns window, Columns arrives)
{
    stage.live = stage.isRecurrent || stage.isPulled ? window : arrives;
    stage.arrivesFrom = stage.live.first;
    for (const StageLayer& layer : stage.layers) {
        const Layer& which = m_network->layers()[static_cast<std::size_t>(layer.layer)];
        for (int o = which.firstOperation; o < which.endOperation; ++o) {
            m_operations[static_cast<std::size_t>(o)]->beginBackward(stage.live);
        }
        for (const SlotId id : m_slotsOfLayer[static_cast<std::size_t>(layer.layer)]) {
            if (m_isSetBySweep[static_cast<std::size_t>(id)]) {
                clearOutside(slot(id), window, stage.live);
            } else if (stage.isOutOverwritten && id == which.output) {
                clearOutside(slot(id), window, arrives);
            } else {
                slot(id).clearDeltas(window);
            }
        }
    }
}

/// What the neighbouring step, if it is in the window, brings back to a layer's slots.
void Unfolding::pull(const double* weights, int layer, std::int64_t t)
{
    for (const Pull& each : m_pullsOfLayer[static_cast<std::size_t>(layer)]) {
        if (isInWindow(t + each.lag)) {
            each.reader->backwardDelayed(weights, t, each.operand);
        }
    }
}

void Unfolding::backwardStep(const double* weights, const Stage& stage, std::int64_t t)
{
    const kernels::ElementColumns columns{t * m_batch, (t - m_window.first) * m_batch, m_batch};
    for (const StageLayer& layer : std::views::reverse(stage.layers)) {
        for (const StepCall& call : layer.pulls) {
            if (!isInWindow(t + call.lag)) {
                continue;
            }
            if (call.product != nullptr) {
                call.run(*call.product, columns.firstDelta, m_batch);
            } else {
                call.operation->backwardDelayed(weights, t, call.operand);
            }
        }
        clearEnded(layer.layer, t);
        for (const StepCall& call : layer.backward) {
            if (call.chain != nullptr) {
                call.chain->backward(columns, t < m_window.last());
            } else {
                call.operation->backward(weights, {t, 1});
            }
        }
    }
}

void Unfolding::backwardStage(const double* weights, const Stage& stage, Columns columns)
{
    if (columns.count > 1) {
        for (BoundAffine* affine : stage.ofLoop) {
            affine->prepareBackwardProducts(weights);
        }
    }
    if ((stage.isRecurrent || stage.isPulled) && stage.direction > 0) {
        for (std::int64_t t = columns.last(); t >= columns.first; --t) {
            backwardStep(weights, stage, t);
        }
    } else if (stage.isRecurrent || stage.isPulled) {
        for (std::int64_t t = columns.first; t <= columns.last(); ++t) {
            backwardStep(weights, stage, t);
        }
    }
    for (BoundOperation* operation : std::views::reverse(stage.ahead)) {
        operation->backward(weights, columns);
    }
}

void Unfolding::backward(const double* weights)
{
    for (const Stage& stage : std::views::reverse(m_stages)) {
        if (stage.affine != nullptr) {
            stage.affine->backwardLayer(weights, stage.live, stage.arrivesFrom, stage.isNetSet);
        } else {
            backwardStage(weights, stage, stage.live);
        }
    }
}

void Unfolding::backwardLayer(const double* weights, int layer, std::int64_t t)
{
    const Stage& stage = m_stages[m_stageOfLayer[static_cast<std::size_t>(layer)]];
    if (t < stage.live.first || t > stage.live.last()) {
        return;
    }
    if (stage.affine != nullptr) {
        stage.affine->backwardLayer(weights, {t, 1}, stage.arrivesFrom, stage.isNetSet);
        return;
    }
    pull(weights, layer, t);
    clearEnded(layer, t);
    const Layer& which = m_network->layers()[static_cast<std::size_t>(layer)];
    for (int o = which.endOperation - 1; o >= which.firstOperation; --o) {
        m_operations[static_cast<std::size_t>(o)]->backward(weights, {t, 1});
    }
}

void Unfolding::gradient(Columns columns, double* gradient)
{
    for (BoundAffine* affine : m_affines) {
        affine->gradient(columns, gradient);
    }
}

double Unfolding::step(const kernels::MomentumStep& step, const kernels::ParameterVectors& vectors)
{
    double squares = 0.0;
    for (BoundAffine* affine : m_affines) {
        if (affine->isTrainable()) {
            squares += affine->step(step, vectors);
        } else if (vectors.gradient != nullptr) {
            affine->gradient(m_window, vectors.gradient); // shown, but nothing comes of it
        }
    }
    return squares;
}

} // namespace chronograd
