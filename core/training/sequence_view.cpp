#include "core/training/sequence_view.h"

#include <algorithm>

namespace chronograd {

std::vector<SequenceView> cutIntoChunks(const std::vector<Sequence>& sequences,
                                        std::optional<std::int64_t> chunk)
{
    std::vector<SequenceView> views;
    for (const Sequence& sequence : sequences) {
        const std::int64_t longest = chunk.value_or(sequence.length());
        for (std::int64_t offset = 0; offset < sequence.length(); offset += longest) {
            const std::int64_t length = std::min(longest, sequence.length() - offset);
            const auto first = sequence.hasTarget.begin() + offset;
            const bool isTargetEverywhere = std::find(first, first + length, 0) == first + length;
            const double largestInput = sequence.inputs.middleCols(offset, length).lpNorm<Eigen::Infinity>();
            views.push_back({&sequence, offset, length, isTargetEverywhere, largestInput});
        }
    }
    return views;
}

} // namespace chronograd
