#pragma once

#include "core/experiment/schedule.h"

#include <cstdint>
#include <variant>
#include <vector>

namespace chronograd {

/// To go on with a course of the run, from its end; see CourseName.
struct CourseChoice
{
    std::int64_t number = 1;

    bool operator==(const CourseChoice&) const = default;
};

/// What is chosen by hand at once: settings, one number, or a course.
using ChoiceByHand = std::variant<std::vector<SettingChange>, Edit, CourseChoice>;

/// A choice, and what takes it back.
struct UndoEntry
{
    ChoiceByHand before; ///< The same settings, the same number, or a course …
    ChoiceByHand after;  ///< … as they were chosen.

    bool operator==(const UndoEntry&) const = default;
};

/// What was chosen by hand in a session, in the order of time.
struct UndoList
{
    std::vector<UndoEntry> entries;
    std::size_t done = 0; ///< So many, from the first; the others were taken back and can be done again.

    bool operator==(const UndoList&) const = default;
};

} // namespace chronograd
