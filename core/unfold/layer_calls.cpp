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

void BoundAffine::joinWith(BoundActivation& activation)
{
    SlotColumns& out = activation.result();
    const int rows = m_result->rows();
    const kernels::MatrixView nets{m_result->values(), m_result->stride()};
    const kernels::MatrixView outputs{out.values(), out.stride()};
    m_layer.activation = &activation;
    const std::size_t inCall = (m_thin != nullptr ? 1U : 0U) + (m_delayed != nullptr ? 1U : 0U);
    m_layer.addsFirst = m_terms.size() > inCall;
    m_layer.forward = {.f = activation.function(),
                       .rows = rows,
                       .start = m_layer.addsFirst ? nets : kernels::MatrixView{nullptr, 0},
                       .net = nets,
                       .out = outputs};
    m_layer.backward = {.f = activation.function(),
                        .rows = rows,
                        .out = outputs,
                        .deltaOut = {out.deltas(), out.stride()},
                        .deltaNet = {m_result->deltas(), m_result->stride()}};
    if (m_thin != nullptr) {
        m_layer.forward.thin = m_thin->inner;
        m_layer.forward.read = {m_thin->source->values(), m_thin->source->stride()};
    }
    if (m_delayed != nullptr) {
        m_layer.forward.inner = m_delayed->inner;
        m_layer.backward.inner = m_delayed->rows;
        m_layer.backward.transposed = {m_delayed->transposed.data(), m_delayed->transposed.rows()};
    }
    if (inCall > 0 || !m_layer.addsFirst) {
        m_layer.runForward = kernels::layerForward(rows, m_layer.forward.inner);
    }
    m_layer.runBackward = kernels::layerBackward(rows, m_layer.backward.inner);
    m_layer.goesBack = !out.isSame(*m_result);
}

void BoundAffine::LayerCalls::bind(const double* parameters, const BoundAffine& affine)
{
    weights = parameters;
    if (!addsFirst) {
        forward.start = affine.start(parameters);
    }
    if (affine.m_thin != nullptr) {
        forward.u = {parameters + affine.m_thin->offset, affine.m_thin->stride};
    }
    if (affine.m_delayed != nullptr) {
        forward.w = {parameters + affine.m_delayed->offset, affine.m_delayed->stride};
    }
}

void BoundAffine::forwardLayer(const double* weights, Columns columns)
{
    if (m_layer.addsFirst) {
        addTerms(weights, columns, m_thin);
    }
    if (m_layer.runForward == nullptr) {
        m_layer.activation->forward(weights, columns);
        return;
    }
    if (m_layer.weights != weights) {
        m_layer.bind(weights, *this);
    }
    m_layer.runForward(m_layer.forward, m_result->columnOf(columns.first), m_result->width(columns));
}

void BoundAffine::backwardLayer(const double* weights, Columns columns, std::int64_t arrivesFrom,
                                bool isNetSet)
{
    if (m_delayed != nullptr || (m_layer.goesBack && !isNetSet)) {
        const bool hasNext = m_delayed != nullptr && columns.last() < m_live.last();
        if (hasNext || (m_delayed != nullptr && columns.count > 1)) {
            transposed(weights, *m_delayed);
        }
        const std::int64_t before = std::max<std::int64_t>(0, arrivesFrom - columns.first);
        m_squares += m_layer.runBackward(m_layer.backward,
                                         {.first = m_result->columnOf(columns.first),
                                          .firstDelta = m_result->deltaColumnOf(columns.first),
                                          .steps = m_result->width(columns),
                                          .arrivesFrom = static_cast<int>(before) * m_result->batch(),
                                          .hasNext = hasNext,
                                          .addsToNet = isNetSet});
        m_hasSquares = true;
    }
    backward(weights, columns);
}

} // namespace chronograd
