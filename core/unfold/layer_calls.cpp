#include "core/kernels/kernels.h"
#include "core/unfold/affine.h"

/// An affine operation and the activation behind it as one kernel call over many steps: the commonest layers,
/// and the fastest.

namespace chronograd {

bool BoundAffine::isLayerWith(const BoundActivation& activation) const
{
    if (m_adds || m_result != &activation.argument() || m_result->rows() != activation.result().rows() ||
        activation.function().kind == Activation::Softmax)
    {
        return false;
    }
    return !m_hasDelayed ||
           (m_delayed != nullptr && m_delayed->lag == 1 && m_delayed->source == &activation.result() &&
            isMadeOf(*m_delayed) && m_result->batch() == 1);
}

void BoundAffine::forwardWith(BoundActivation& activation, const double* weights, Columns columns)
{
    SlotColumns& out = activation.result();
    const bool isBegun = addTerms(weights, columns, m_thin);
    if (isBegun && m_thin == nullptr && m_delayed == nullptr) {
        activation.forward(weights, columns);
        return;
    }
    const kernels::MatrixView net{m_result->value(columns.first), m_result->stride()};
    kernels::LayerForward call{.f = activation.function(),
                               .rows = m_result->rows(),
                               .steps = m_result->width(columns),
                               .start =
                                   isBegun ? kernels::ConstMatrixView{net.first, net.stride} : start(weights),
                               .net = net,
                               .out = {out.value(columns.first), out.stride()}};
    if (m_thin != nullptr) {
        call.thin = m_thin->inner;
        call.u = {weights + m_thin->offset, m_thin->stride};
        call.read = {m_thin->source->value(columns.first), m_thin->source->stride()};
    }
    if (m_delayed != nullptr) {
        call.inner = m_delayed->inner;
        call.w = {weights + m_delayed->offset, m_delayed->stride};
    }
    kernels::layerForward(call);
}

void BoundAffine::backwardWith(BoundActivation& activation, const double* weights, Columns columns,
                               std::int64_t arrivesFrom, bool isNetSet)
{
    SlotColumns& out = activation.result();
    const bool isOneAndTheSame = out.isSame(*m_result) || isNetSet;
    if (m_delayed != nullptr || !isOneAndTheSame) {
        kernels::LayerBackward call{
            .f = activation.function(),
            .rows = m_result->rows(),
            .steps = m_result->width(columns),
            .arrivesFrom =
                static_cast<int>(std::max<std::int64_t>(0, arrivesFrom - columns.first)) * out.batch(),
            .addsToNet = isNetSet,
            .out = {out.value(columns.first), out.stride()},
            .deltaOut = {out.delta(columns.first), out.stride()},
            .deltaNet = {m_result->delta(columns.first), m_result->stride()}};
        if (m_delayed != nullptr) {
            call.hasNext = columns.last() < m_live.last();
            call.inner = m_delayed->rows;
            if (call.hasNext || columns.count > 1) {
                call.transposed = transposed(weights, *m_delayed);
            }
        }
        kernels::layerBackward(call);
    }
    backward(weights, columns);
}

} // namespace chronograd
