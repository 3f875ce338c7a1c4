#include "core/kernels/kernels.h"
#include "core/unfold/affine.h"

#include <algorithm>

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
    return !isRecurrent() ||
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
    if (const BoundTerm* term = onlyAdded()) {
        m_layer.added = {.rows = term->rows,
                         .inner = term->inner,
                         .b = {term->source->values(), term->source->stride()},
                         .c = nets};
        m_layer.runAdded = kernels::productKernel(term->rows, term->inner, 1);
    }
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
    m_layer.activates = !out.isSame(*m_result);
    if (m_layer.activates || m_delayed != nullptr) {
        m_layer.runBackward = kernels::layerBackward(rows, m_layer.backward.inner);
    }
}

/// The one term of the same step that the joined call does not add itself; null: there is none, or several.
const BoundAffine::BoundTerm* BoundAffine::onlyAdded() const
{
    const auto isAdded = [this](const BoundTerm& term) { return term.lag == 0 && &term != m_thin; };
    const auto added = std::ranges::find_if(m_terms, isAdded);
    return std::ranges::count_if(m_terms, isAdded) == 1 && isMadeOf(*added) ? &*added : nullptr;
}

void BoundAffine::setOnlyReaderOf(const SlotColumns& source)
{
    for (BoundTerm& term : m_terms) {
        term.overwrites = term.overwrites || (term.lag == 0 && term.source == &source);
    }
}

void BoundAffine::setOnlyReaderOf(BoundAffine& below)
{
    const SlotColumns& source = below.m_layer.activation->result();
    setOnlyReaderOf(source);
    for (BoundTerm& term : m_terms) {
        if (term.lag != 0 || term.source != &source) {
            continue;
        }
        kernels::LayerBackward& call = below.m_layer.backward;
        constexpr int few = kernels::LayerBackward::mostGathered;
        const bool isWhole = m_result->rows() == 1 && term.stride == 1 && source.units() == source.rows();
        if (below.canTakeErrorsFrom(*m_result) && isMadeOf(term) &&
            (isWhole || (source.rows() <= few && m_result->rows() <= few)))
        {
            std::erase(m_below, &term);
            below.m_layer.above = &term;
            below.m_layer.isAboveWhole = isWhole;
            call.errors = {m_result->deltas(), m_result->stride()};
            call.units = source.units();
            call.aboveUnits = isWhole ? 0 : m_result->units();
        }
    }
}

/// Its own call going back reads them: there is one, and the loss does not set deltas of its net.
bool BoundAffine::canTakeErrorsFrom(const SlotColumns& above) const
{
    return m_layer.runBackward != nullptr && m_result->batch() == above.batch();
}

void BoundAffine::LayerCalls::bind(const double* parameters, const BoundAffine& affine)
{
    weights = parameters;
    if (!addsFirst) {
        forward.start = affine.start(parameters);
    }
    if (const BoundTerm* term = affine.onlyAdded()) {
        added.start = affine.start(parameters);
        added.a = {parameters + term->offset, term->stride};
    }
    if (affine.m_thin != nullptr) {
        forward.u = {parameters + affine.m_thin->offset, affine.m_thin->stride};
    }
    if (affine.m_delayed != nullptr) {
        forward.w = {parameters + affine.m_delayed->offset, affine.m_delayed->stride};
    }
    if (above != nullptr) {
        const double* first = parameters + above->offset;
        if (isAboveWhole) {
            backward.above = first;
        } else {
            backward.gathered = {first, above->stride};
        }
    }
}

void BoundAffine::backwardLayer(const double* weights, Columns columns, std::int64_t arrivesFrom,
                                bool isNetSet)
{
    if (m_layer.weights != weights) {
        m_layer.bind(weights, *this);
    }
    if (m_layer.runBackward != nullptr && (m_delayed != nullptr || !isNetSet)) {
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
