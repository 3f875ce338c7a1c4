#include "core/export/window_crossing.h"

#include "core/math/random.h"
#include "core/training/sequence_view.h"
#include "core/training/setting.h"
#include "core/training/window_loss.h"

#include <algorithm>
#include <numeric>

namespace chronograd {

namespace {

/// Walks through a run as the trainer does, with nothing but the numbers of the steps.
class Walk
{
public:
    Walk(const TrainingSpec& training, const Dataset& data)
        : m_training(training)
        , m_data(data)
        , m_settings(training.start)
        , m_nextEpoch(training.start)
        , m_shuffle(training.seed, "shuffle")
    {
        applySchedule();
        m_settings = m_nextEpoch;
    }

    std::optional<WindowCrossing> find()
    {
        for (bool isSettled = false; !isSettled;) {
            isSettled = m_nextEntry == m_training.schedule.size() && m_settings.chunk == m_nextEpoch.chunk;
            const std::int64_t before = m_update;
            walkEpoch();
            if (m_found || m_update == before)
                break;
        }
        return m_found;
    }

private:
    void applySchedule()
    {
        const auto& schedule = m_training.schedule;
        for (; m_nextEntry < schedule.size() && schedule[m_nextEntry].update <= m_update + 1; ++m_nextEntry) {
            for (const SettingChange& change : schedule[m_nextEntry].set) {
                apply(m_nextEpoch, change);
                if (!settingSpec(change.setting).nextEpoch)
                    apply(m_settings, change);
            }
        }
    }

    void walkEpoch()
    {
        m_settings.chunk = m_nextEpoch.chunk;
        const std::vector<SequenceView> sequences = cutIntoChunks(m_data.training, m_settings.chunk);
        std::vector<std::size_t> order(sequences.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        for (std::size_t i = order.size(); m_training.shuffle && i > 1; --i)
            std::swap(order[i - 1], order[m_shuffle.below(static_cast<std::uint32_t>(i))]);
        const auto batch = static_cast<std::size_t>(
            m_training.batchSize.value_or(static_cast<std::int64_t>(sequences.size())));
        for (std::size_t first = 0; first < order.size() && !m_found; first += batch) {
            std::vector<SequenceView> together;
            for (std::size_t i = first; i < std::min(first + batch, order.size()); ++i)
                together.push_back(sequences[order[i]]);
            walkBatch(together, static_cast<std::int64_t>(order[first]) + 1);
        }
    }

    void walkBatch(const std::vector<SequenceView>& batch, std::int64_t place)
    {
        std::int64_t length = 0;
        for (const SequenceView& sequence : batch)
            length = std::max(length, sequence.length);
        std::int64_t since = 0;
        std::int64_t lastUpdate = 0;
        std::int64_t left = 0; // the last step that has left the window
        for (std::int64_t t = 1; t <= length && !m_found; ++t) {
            const bool enough = ++since >= m_settings.k1.in(length);
            const std::int64_t k2 = m_settings.k2.in(length);
            const bool isDue = m_settings.window == WindowRule::Partial
                                   ? enough || t == length
                                   : (enough && t >= k2) || (t == length && lastUpdate == 0);
            if (!isDue)
                continue;
            const std::int64_t oldest = m_settings.history == History::Recomputed ? left + 1 : 1;
            const Window window{std::max(oldest, t - k2 + 1), t};
            const Window injected = injectionRange(m_settings.injection, window, since);
            since = 0;
            if (countContributors(batch, injected) == 0)
                continue;
            ++m_update;
            if (m_settings.history == History::Stored && window.from <= lastUpdate)
                m_found = WindowCrossing{m_update, place, window.from, t, lastUpdate};
            lastUpdate = t;
            left = std::max(left, window.from - 1);
            applySchedule();
        }
    }

    const TrainingSpec& m_training;
    const Dataset& m_data;
    Hyperparameters m_settings;
    Hyperparameters m_nextEpoch; ///< Its `chunk` comes into force with the next epoch.
    Random m_shuffle;
    std::size_t m_nextEntry = 0;
    std::int64_t m_update = 0;
    std::optional<WindowCrossing> m_found;
};

} // namespace

std::optional<WindowCrossing> findWindowCrossing(const TrainingSpec& training, const Dataset& data)
{
    return Walk(training, data).find();
}

} // namespace chronograd
