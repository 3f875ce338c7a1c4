#pragma once

#include "core/experiment/edit_target.h"
#include "core/training/setting.h"

#include <cstdint>
#include <vector>

namespace chronograd {

/// What is in force from the end of update `update` − 1 on.
struct ScheduleEntry
{
    std::int64_t update = 1;
    std::vector<SettingChange> set;
    std::vector<Edit> edits;

    bool operator==(const ScheduleEntry&) const = default;
};

} // namespace chronograd
