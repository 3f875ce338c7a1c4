#include "core/session/timeline.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <ranges>

namespace chronograd {

namespace {

/// Layers of steps, times weights: about a millisecond of replay.
constexpr double workBetween = 400'000.0;
constexpr std::size_t mostCheckpoints = 4096;

Moment momentOf(const Checkpoint& checkpoint)
{
    return Moment{.ticks = checkpoint.ticks};
}

} // namespace

void Timeline::clear()
{
    m_checkpoints.clear();
    m_bytes = 0;
}

void Timeline::note(const Trainer& trainer)
{
    if (!m_checkpoints.empty()) {
        const auto weights = static_cast<double>(trainer.weights().size());
        const auto distance = static_cast<double>(trainer.ticks() - m_checkpoints.back()->ticks);
        if (distance * weights < workBetween) { // also every replayed moment
            return;
        }
    }
    keep(std::make_shared<const Checkpoint>(trainer.checkpoint()));
    while (m_checkpoints.size() > 2 && (m_bytes > m_mostBytes || m_checkpoints.size() > mostCheckpoints)) {
        thin();
    }
}

/// Gives up the checkpoints whose gaps, once they are gone, are the smallest in proportion to their age: a
/// twentieth at a time, since looking at all of them costs, and no neighbours, whose gaps would be wider.
void Timeline::thin()
{
    struct Candidate
    {
        double gap; ///< In proportion to its age.
        std::size_t place;
    };
    const std::size_t most = std::max<std::size_t>(1, m_checkpoints.size() / 20);
    const auto now = static_cast<double>(m_checkpoints.back()->ticks);
    std::vector<Candidate> candidates;
    candidates.reserve(m_checkpoints.size());
    for (std::size_t i = 1; i + 1 < m_checkpoints.size(); ++i) {
        const auto gap = static_cast<double>(m_checkpoints[i + 1]->ticks - m_checkpoints[i - 1]->ticks);
        const double age = now - static_cast<double>(m_checkpoints[i]->ticks);
        candidates.push_back({gap / age, i});
    }
    const auto end = candidates.begin() +
                     static_cast<std::ptrdiff_t>(std::min(candidates.size(), 2 * most)); // neighbours stay
    std::ranges::partial_sort(candidates, end, {}, &Candidate::gap);
    std::size_t gone = 0;
    for (auto candidate = candidates.begin(); candidate != end && gone < most; ++candidate) {
        const std::size_t i = candidate->place;
        if (m_checkpoints[i - 1] && m_checkpoints[i + 1]) {
            m_bytes -= m_checkpoints[i]->bytes();
            m_checkpoints[i].reset();
            ++gone;
        }
    }
    std::erase(m_checkpoints, nullptr);
}

void Timeline::renew(const Trainer& trainer)
{
    if (m_checkpoints.empty() || momentOf(*m_checkpoints.back()) != trainer.moment()) {
        return;
    }
    m_bytes -= m_checkpoints.back()->bytes();
    m_checkpoints.pop_back();
    if (trainer.isAtSequenceStart()) {
        keep(std::make_shared<const Checkpoint>(trainer.checkpoint()));
    }
}

bool Timeline::add(std::shared_ptr<const Checkpoint> checkpoint)
{
    if (!m_checkpoints.empty() && (momentOf(*m_checkpoints.back()) >= momentOf(*checkpoint) ||
                                   m_checkpoints.back()->position.update > checkpoint->position.update))
    {
        return false;
    }
    keep(std::move(checkpoint));
    return true;
}

std::vector<std::shared_ptr<const Checkpoint>> Timeline::before(const Moment& moment, std::size_t most,
                                                                std::int64_t update) const
{
    const auto begin = std::ranges::partition_point(
        m_checkpoints, [update](const auto& checkpoint) { return checkpoint->position.update <= update; });
    const auto end = std::ranges::partition_point(
        m_checkpoints, [&moment](const auto& checkpoint) { return momentOf(*checkpoint) < moment; });
    std::vector<std::shared_ptr<const Checkpoint>> some;
    if (most == 0 || begin >= end) {
        return some;
    }
    const auto all = static_cast<std::size_t>(end - begin);
    const std::size_t step = most > 1 ? (all + most - 2) / (most - 1) : all;
    for (std::size_t back = 0; back < all; back += back == 0 ? 1 : std::max<std::size_t>(1, step)) {
        some.insert(some.begin(), *(end - 1 - static_cast<std::ptrdiff_t>(back)));
    }
    return some;
}

void Timeline::keep(std::shared_ptr<const Checkpoint> checkpoint)
{
    m_bytes += checkpoint->bytes();
    m_checkpoints.push_back(std::move(checkpoint));
}

void Timeline::forgetAfter(const Moment& moment)
{
    while (m_checkpoints.size() > 1 && momentOf(*m_checkpoints.back()) > moment) {
        m_bytes -= m_checkpoints.back()->bytes();
        m_checkpoints.pop_back();
    }
}

Timeline Timeline::sharedUntil(std::int64_t update, std::int64_t ticks) const
{
    Timeline shared(m_mostBytes);
    shared.m_watch = m_watch;
    for (const auto& checkpoint : m_checkpoints) {
        const bool isBeginning = checkpoint->ticks == 0;
        if (isBeginning || (checkpoint->position.update <= update && checkpoint->ticks < ticks)) {
            shared.m_checkpoints.push_back(checkpoint);
            shared.m_bytes += checkpoint->bytes();
        }
    }
    return shared;
}

const Checkpoint& Timeline::before(std::int64_t update) const
{
    assert(!m_checkpoints.empty());
    const auto after = std::ranges::partition_point(
        m_checkpoints, [update](const auto& checkpoint) { return checkpoint->position.update < update; });
    return after == m_checkpoints.begin() ? *m_checkpoints.front() : **(after - 1);
}

void Timeline::goToUpdate(Trainer& trainer, std::int64_t update) const
{
    trainer.restore(before(update)); // its numbers are computed again, so that they can be looked at
    while (trainer.position().update < update && !trainer.isFinished() && mayGoOn(trainer)) {
        trainer.advance(Granularity::Update);
    }
}

void Timeline::goTo(Trainer& trainer, std::int64_t update, const Moment& moment) const
{
    goToUpdate(trainer, update);
    const auto goesOn = [&] {
        return trainer.position().update <= update && !trainer.isFinished() && mayGoOn(trainer);
    };
    while (trainer.ticks() < moment.ticks && goesOn()) {
        trainer.advance(Granularity::Layer);
    }
    while (trainer.moment() < moment && goesOn()) {
        trainer.advance(Granularity::Term);
    }
}

/// How many stops there are from a checkpoint on and before `end`.
std::int64_t Timeline::stopsBetween(Trainer& trainer, const Checkpoint& from, const Moment& end,
                                    Granularity granularity) const
{
    trainer.restore(from);
    std::int64_t stops = 0;
    for (;;) {
        const Moment before = trainer.moment();
        trainer.advance(granularity);
        if (trainer.moment() >= end || trainer.moment() == before || !mayGoOn(trainer)) {
            return stops;
        }
        ++stops;
    }
}

bool Timeline::stepBack(Trainer& trainer, Granularity granularity) const
{
    const Moment end = trainer.moment();
    if (end == Moment{}) {
        return false;
    }
    const auto after = std::ranges::partition_point(
        m_checkpoints, [end](const auto& checkpoint) { return momentOf(*checkpoint) < end; });
    for (auto from = after; from != m_checkpoints.begin();) {
        --from;
        const std::int64_t stops = stopsBetween(trainer, **from, end, granularity);
        if (stops > 0 || from == m_checkpoints.begin()) {
            trainer.restore(**from);
            for (std::int64_t stop = 0; stop < stops && mayGoOn(trainer); ++stop) {
                trainer.advance(granularity);
            }
            return true;
        }
    }
    return false;
}

} // namespace chronograd
