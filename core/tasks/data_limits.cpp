#include "core/tasks/data_limits.h"

#include "core/tasks/task_error.h"

namespace chronograd {

void checkDataSize(const DataSize& size, const std::filesystem::path& experimentFile)
{
    if (size.steps > longestSequence)
        throw taskError(experimentFile, "/task",
                        "gives a sequence of " + counted(size.steps, "step") + "; the limit is " +
                            std::to_string(longestSequence));
    if (size.sequences > mostSequences)
        throw taskError(experimentFile, "/task",
                        "gives " + counted(size.sequences, "sequence") + "; the limit is " +
                            std::to_string(mostSequences));
    // Both factors are at most 10⁶ by now.
    const std::int64_t steps = size.total >= 0 ? size.total : size.sequences * size.steps;
    if (size.columns > 0 && steps > mostNumbers / size.columns)
        throw taskError(experimentFile, "/task",
                        "gives " + counted(steps, "step") + " of " + counted(size.columns, "number") +
                            "; the limit is " + std::to_string(mostNumbers) + " numbers in all, " +
                            counted(mostNumbers / size.columns, "step") + " here");
}

} // namespace chronograd
