#include "core/analysis/update_sizes.h"

#include <cassert>

namespace chronograd {

std::vector<UpdateSize> updateSizesOf(const Frame& frame)
{
    assert(frame.updateDone);
    std::vector<UpdateSize> all;
    const auto& views = frame.network->parameters().views();
    for (std::size_t id = 0; id < views.size(); ++id) {
        const auto norm = [&view = views[id]](const Vector& flat) { return matrixOf(view, flat).norm(); };
        all.push_back({static_cast<ParameterId>(id), norm(frame.before), norm(frame.gradient),
                       norm(frame.change), norm(frame.velocity)});
    }
    return all;
}

} // namespace chronograd
