#include "ui/plots/seen_analyses.h"

namespace chronograd {

void SeenAnalyses::take(const SessionNews& news)
{
    if (const auto valid = m_watch.validUntil(news))
        std::erase_if(m_all, [valid](const auto& each) { return each->update > *valid; });
    for (const auto& analysis : news.analyses) {
        if (!m_all.empty() && analysis->update < m_all.back()->update)
            continue;
        auto kept = std::make_shared<UpdateAnalysis>(); // the rest may be large
        kept->update = analysis->update;
        kept->network = analysis->network;
        kept->sizes = analysis->sizes;
        kept->weights = analysis->weights;
        if (!m_all.empty() && analysis->update == m_all.back()->update) { // looked at in other ways, too
            if (kept->sizes.empty())
                kept->sizes = m_all.back()->sizes;
            if (!kept->weights)
                kept->weights = m_all.back()->weights;
            m_all.pop_back();
        }
        m_all.push_back(std::move(kept));
    }
    while (m_all.size() > m_most) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < m_all.size(); ++i)
            if (i % 2 == 0 || i > m_all.size() / 2)
                m_all[kept++] = m_all[i];
        m_all.resize(kept);
    }
}

} // namespace chronograd
