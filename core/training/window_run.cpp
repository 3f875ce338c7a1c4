#include "core/training/window_run.h"

#include "core/training/loss.h"
#include "core/training/window_loss.h"

#include <algorithm>
#include <cassert>

namespace chronograd {

namespace {

std::int64_t longest(std::span<const Frame> frames)
{
    std::int64_t length = 0;
    for (const Frame& frame : frames) {
        length = std::max(length, frame.window.length());
    }
    return length;
}

} // namespace

WindowRun::WindowRun(std::span<const Frame> frames)
    : m_settings(frames.front().settings)
    , m_steps(longest(frames))
    , m_unfolding(frames.front().network, m_steps, static_cast<int>(frames.size()))
    , m_sequences(frames.size())
{
    std::vector<std::int64_t> lengths;
    for (std::size_t member = 0; member < frames.size(); ++member) {
        const Frame& frame = frames[member];
        assert(frame.updateDone);
        lengths.push_back(std::max<std::int64_t>(0, frame.window.length()));
        if (lengths.back() > 0) {
            take(frame, static_cast<int>(member), lengths.back());
        }
        m_batch.push_back({&m_sequences[member], 0, lengths.back()});
    }
    m_unfolding.setLengths(lengths);
}

double WindowRun::loss(const Vector& weights)
{
    m_unfolding.forward(weights.data(), columns());
    return windowLoss(m_unfolding, m_batch, m_settings, m_injection);
}

Vector WindowRun::gradient(const Vector& weights)
{
    Vector gradient = Vector::Zero(weights.size());
    m_unfolding.forward(weights.data(), columns());
    const Columns injected{m_injection.from, m_injection.length()};
    m_unfolding.beginBackward(columns(), injected, lossActsOnNet(m_settings.loss));
    injectLosses(m_unfolding, m_batch, m_settings, m_injection, countContributors(m_batch, m_injection));
    m_unfolding.backward(weights.data());
    m_unfolding.gradient(columns(), gradient.data());
    return gradient;
}

/// State at the cut, inputs and targets of one sequence.
void WindowRun::take(const Frame& frame, int member, std::int64_t length)
{
    assert(frame.holds(frame.window.from) && frame.holds(frame.window.to));
    const auto cut = static_cast<Eigen::Index>(frame.window.from - frame.firstStep);
    for (SlotId id = 0; id < static_cast<SlotId>(frame.values.size()); ++id) {
        const Matrix& values = frame.values[static_cast<std::size_t>(id)];
        SlotColumns& slot = m_unfolding.slot(id);
        for (int unit = 0; unit < slot.units(); ++unit) {
            slot.value(0, member)[slot.row(unit)] = values(unit, cut);
        }
    }
    Sequence& sequence = m_sequences[static_cast<std::size_t>(member)];
    const auto steps = static_cast<Eigen::Index>(length);
    sequence.inputs = frame.values.front().middleCols(cut + 1, steps);
    sequence.targets = frame.targets.middleCols(cut, steps);
    sequence.hasTarget.assign(frame.hasTarget.begin() + cut, frame.hasTarget.begin() + cut + steps);
    for (Eigen::Index t = 0; t < steps; ++t) {
        const auto input = sequence.inputs.col(t);
        m_unfolding.setInput(t + 1, {input.data(), static_cast<std::size_t>(input.size())}, member);
    }
    if (!frame.injected.empty()) {
        const Window injected{frame.injected.front() - frame.window.from + 1,
                              frame.injected.back() - frame.window.from + 1};
        const bool isFirst = m_injection.length() < 1;
        m_injection = {isFirst ? injected.from : std::min(m_injection.from, injected.from),
                       isFirst ? injected.to : std::max(m_injection.to, injected.to)};
    }
}

} // namespace chronograd
