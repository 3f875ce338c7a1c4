#pragma once

#include "core/experiment/schedule.h"
#include "core/session/session.h"
#include "core/session/timeline.h"
#include "core/training/position.h"

#include <vector>

namespace chronograd {

/// A course that was left: all that returning to its end needs.
struct KeptCourse
{
    Course course;
    std::vector<ScheduleEntry> schedule;
    Timeline timeline;
    Moment end;
};

} // namespace chronograd
