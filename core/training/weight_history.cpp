#include "core/training/weight_history.h"

#include <algorithm>
#include <mutex>

namespace chronograd {

/// Buffers that frames have let go of, from whatever thread.
class WeightHistory::Pool : public std::enable_shared_from_this<WeightHistory::Pool>
{
public:
    std::shared_ptr<const Vector> copy(const Vector& weights)
    {
        std::unique_ptr<Vector> buffer;
        {
            const std::lock_guard lock(m_mutex);
            if (!m_free.empty()) {
                buffer = std::move(m_free.back());
                m_free.pop_back();
            }
        }
        if (buffer) {
            *buffer = weights;
        } else {
            buffer = std::make_unique<Vector>(weights);
        }
        return {buffer.release(), [pool = shared_from_this()](const Vector* used) { pool->giveBack(used); }};
    }

private:
    void giveBack(const Vector* used)
    {
        std::unique_ptr<Vector> buffer(const_cast<Vector*>(used)); // made non-const in copy()
        const std::lock_guard lock(m_mutex);
        if (m_free.size() < 64) {
            m_free.push_back(std::move(buffer));
        }
    }

    std::mutex m_mutex;
    std::vector<std::unique_ptr<Vector>> m_free;
};

WeightHistory::WeightHistory(std::size_t weights)
    : m_pool(std::make_shared<Pool>())
    , m_most(std::max<std::size_t>(
          2, static_cast<std::size_t>(mostBytes / (static_cast<double>(weights + 16) * 8.0))))
{}

void WeightHistory::clear()
{
    m_entries.clear();
}

void WeightHistory::record(std::int64_t firstStep, const Vector& weights, std::int64_t neededFrom)
{
    if (m_entries.size() >= m_most) {
        const auto isNeeded = [&](const WeightsInForce& next) { return next.firstStep > neededFrom; };
        const auto firstNeeded = std::find_if(m_entries.begin() + 1, m_entries.end(), isNeeded) - 1;
        const auto half = m_entries.begin() + static_cast<std::ptrdiff_t>(m_entries.size() / 2);
        m_entries.erase(m_entries.begin(), std::min(firstNeeded, half));
    }
    m_entries.push_back({firstStep, m_pool->copy(weights)});
}

void WeightHistory::replaceFrom(std::int64_t firstStep, const Vector& weights, std::int64_t neededFrom)
{
    while (!m_entries.empty() && m_entries.back().firstStep >= firstStep) {
        m_entries.pop_back();
    }
    record(firstStep, weights, neededFrom);
}

std::vector<WeightsInForce> WeightHistory::since(std::int64_t firstStep) const
{
    auto entry =
        std::upper_bound(m_entries.begin(), m_entries.end(), firstStep,
                         [](std::int64_t t, const WeightsInForce& each) { return t < each.firstStep; });
    if (entry != m_entries.begin()) {
        --entry;
    }
    return {entry, m_entries.end()};
}

} // namespace chronograd
