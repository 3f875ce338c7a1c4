#include "core/experiment/experiment_reader.h"
#include "core/experiment/format_names.h"

#include <algorithm>
#include <limits>

namespace chronograd {
namespace {

constexpr WholeRange anyCount{0, format::maxCount};
constexpr WholeRange anyIndex{-1, std::numeric_limits<int>::max()};

/// [update, loss], or [first, last, count, least, mean, greatest] of neighbouring updates.
SavedLoss readLoss(ReadContext& context, JsonValue value, std::int64_t after)
{
    SavedLoss loss;
    std::vector<JsonValue> numbers;
    for (const JsonValue number : value.children())
        numbers.push_back(number);
    readWhole(context, numbers[0], {after + 1, format::maxCount}, loss.first);
    if (numbers.size() == 2) {
        readNumber(context, numbers[1], {}, loss.mean);
        loss.last = loss.first;
        loss.least = loss.greatest = loss.mean;
        return loss;
    }
    readWhole(context, numbers[1], {loss.first + 1, format::maxCount}, loss.last);
    readWhole(context, numbers[2], {2, std::max<std::int64_t>(2, loss.last - loss.first + 1)}, loss.count);
    readNumber(context, numbers[3], {}, loss.least);
    readNumber(context, numbers[4], {}, loss.mean);
    readNumber(context, numbers[5], {}, loss.greatest);
    return loss;
}

std::vector<SavedLoss> readLosses(ReadContext& context, JsonValue value)
{
    std::vector<SavedLoss> losses;
    if (!readList(context, value, "losses of updates"))
        return losses;
    const std::size_t before = context.findings();
    for (const JsonValue item : value.children()) {
        if (!item.is(JsonKind::Array) || (item.count() != 2 && item.count() != 6))
            context.reportRule(item, "[update, loss] or [first, last, count, least, mean, greatest]");
        else
            losses.push_back(readLoss(context, item, losses.empty() ? 0 : losses.back().last));
        if (context.findings() != before)
            break;
    }
    return losses;
}

std::vector<SavedCheckpoint> readCheckpoints(ReadContext& context, const ObjectReader& object,
                                             std::span<const ParameterShape> shapes)
{
    std::vector<SavedCheckpoint> checkpoints;
    if (const auto list = object.find("checkpoints"))
        if (readList(context, *list, "checkpoints"))
            for (const JsonValue item : list->children())
                checkpoints.push_back(readCheckpoint(context, item, shapes));
    return checkpoints;
}

/// The keys of a moment, in an object that may have others too.
SavedMoment readMoment(ReadContext& context, const ObjectReader& object)
{
    SavedMoment moment;
    if (const auto update = object.require("update", "2000"))
        readWhole(context, *update, anyCount, moment.update);
    object.whole("ticks", anyCount, moment.ticks);
    object.whole("parameter", anyIndex, moment.parameter);
    object.whole("unit", anyIndex, moment.unit);
    object.whole("term", {0, std::numeric_limits<int>::max()}, moment.term);
    return moment;
}

/// The end of a course: not only its update.
SavedMoment readEnd(ReadContext& context, JsonValue value)
{
    const ObjectReader object(context, value, {"update", "ticks", "parameter", "unit", "term"});
    object.require("ticks", "90000");
    return readMoment(context, object);
}

/// The keys that name a course, in an object that may have others too.
CourseName readCourseName(ReadContext& context, const ObjectReader& object)
{
    CourseName name;
    if (const auto number = object.require("number", "1"))
        readWhole(context, *number, {1, format::maxCount}, name.number);
    object.whole("forked_after", anyCount, name.forkedAfter);
    if (const auto set = object.find("set")) {
        const std::vector<SettingChange> changes = readSettings(context, *set);
        if (changes.size() == 1)
            name.change = changes.front();
        else
            context.reportRule(*set, "one setting");
    }
    return name;
}

SavedCourse readCourse(ReadContext& context, JsonValue value, std::span<const ParameterShape> shapes)
{
    SavedCourse course;
    const ObjectReader object(
        context, value,
        {"number", "forked_after", "set", "schedule", "end", "checkpoints", "losses", "test_losses"});
    course.name = readCourseName(context, object);
    if (const auto schedule = object.find("schedule"))
        readSchedule(context, *schedule, course.schedule);
    if (const auto end = object.require("end", "{\"update\": 2000, \"ticks\": 90000}"))
        course.end = readEnd(context, *end);
    course.checkpoints = readCheckpoints(context, object, shapes);
    if (const auto losses = object.find("losses"))
        course.losses = readLosses(context, *losses);
    if (const auto losses = object.find("test_losses"))
        course.testLosses = readLosses(context, *losses);
    return course;
}

/// Ascending numbers, none of them that of the course that training was on.
void readOtherCourses(ReadContext& context, JsonValue value, std::span<const ParameterShape> shapes,
                      SavedSession& session)
{
    if (!readList(context, value, "courses"))
        return;
    for (const JsonValue item : value.children()) {
        const std::int64_t last = session.otherCourses.empty() ? 0 : session.otherCourses.back().name.number;
        session.otherCourses.push_back(readCourse(context, item, shapes));
        const std::int64_t number = session.otherCourses.back().name.number;
        if (const auto place = findMember(item, "number"); place && number <= last)
            context.reportRule(*place, "greater than that of the course before, " + std::to_string(last));
        else if (place && number == session.course.number)
            context.report(*place, "is that of the course that training was on; must be another");
    }
}

} // namespace

SavedSession readSession(ReadContext& context, JsonValue value, std::span<const ParameterShape> shapes)
{
    SavedSession session;
    const ObjectReader object(context, value,
                              {"update", "parameters", "ticks", "parameter", "unit", "term", "furthest",
                               "course", "given_schedule", "checkpoints", "losses", "test_losses",
                               "other_courses", "undo"});
    session.moment = readMoment(context, object);
    if (const auto parameters = object.find("parameters"))
        session.parameters = readParameters(context, *parameters, shapes);
    if (const auto furthest = object.find("furthest"))
        session.furthest = readEnd(context, *furthest);
    if (const auto course = object.find("course"))
        session.course =
            readCourseName(context, ObjectReader(context, *course, {"number", "forked_after", "set"}));
    if (const auto given = object.find("given_schedule"))
        readSchedule(context, *given, session.given.emplace());
    session.checkpoints = readCheckpoints(context, object, shapes);
    if (const auto losses = object.find("losses"))
        session.losses = readLosses(context, *losses);
    if (const auto losses = object.find("test_losses"))
        session.testLosses = readLosses(context, *losses);
    if (const auto courses = object.find("other_courses"))
        readOtherCourses(context, *courses, shapes, session);
    if (const auto undo = object.find("undo"))
        session.undo = readUndoList(context, *undo, session);
    return session;
}

} // namespace chronograd
