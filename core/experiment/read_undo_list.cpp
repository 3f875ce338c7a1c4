#include "core/experiment/experiment_reader.h"
#include "core/experiment/format_names.h"

#include <algorithm>

/// The list of what can be undone: choices and what takes them back, each {"set": …}, {"edit": …} or
/// {"course": …}.

namespace chronograd {
namespace {

std::optional<ChoiceByHand> readChoiceByHand(ReadContext& context, JsonValue value)
{
    const ObjectReader object(context, value, {"set", "edit", "course"});
    if (!object.isObject())
        return std::nullopt;
    if (value.count() != 1) {
        context.reportRule(value, "one of {\"set\": …}, {\"edit\": …} and {\"course\": …}");
        return std::nullopt;
    }
    if (const auto set = object.find("set")) {
        std::vector<SettingChange> changes = readSettings(context, *set);
        if (set->is(JsonKind::Object) && set->count() == 0)
            context.reportRule(*set, "at least one setting");
        return changes;
    }
    if (const auto edit = object.find("edit")) {
        const std::vector<Edit> edits = readEdits(context, *edit);
        if (edits.size() == 1)
            return edits.front();
        context.reportRule(*edit, "one number");
        return std::nullopt;
    }
    CourseChoice course;
    object.whole("course", {1, format::maxCount}, course.number);
    return course;
}

/// What a choice changes, as it is called in files.
std::vector<std::string_view> namesOf(const ChoiceByHand& choice)
{
    std::vector<std::string_view> names;
    if (const auto* changes = std::get_if<std::vector<SettingChange>>(&choice))
        for (const SettingChange& change : *changes)
            names.push_back(settingSpec(change.setting).key);
    else if (const auto* edit = std::get_if<Edit>(&choice))
        names.push_back(edit->of);
    else
        names.emplace_back("course");
    return names;
}

/// Precondition: `place` holds this choice.
void checkCourse(ReadContext& context, JsonValue place, const ChoiceByHand& choice,
                 const SavedSession& session)
{
    const auto* chosen = std::get_if<CourseChoice>(&choice);
    if (!chosen || chosen->number == session.course.number)
        return;
    const auto isChosen = [chosen](const SavedCourse& course) {
        return course.name.number == chosen->number;
    };
    if (std::ranges::none_of(session.otherCourses, isChosen))
        context.reportRule(*findMember(place, "course"), "the number of a course of this session");
}

std::optional<UndoEntry> readUndoEntry(ReadContext& context, JsonValue value, const SavedSession& session)
{
    constexpr std::string_view example = "{\"set\": {\"k2\": 20}}";
    const ObjectReader object(context, value, {"before", "after"});
    const auto beforePlace = object.require("before", example);
    const auto afterPlace = object.require("after", example);
    if (!beforePlace || !afterPlace)
        return std::nullopt;
    const std::size_t findings = context.findings();
    const auto before = readChoiceByHand(context, *beforePlace);
    const auto after = readChoiceByHand(context, *afterPlace);
    if (!before || !after || context.findings() != findings)
        return std::nullopt;
    const auto names = namesOf(*before);
    if (namesOf(*after) != names)
        context.report(*afterPlace, "must be a choice of what \"before\" is one of: " + listed(names));
    checkCourse(context, *beforePlace, *before, session);
    checkCourse(context, *afterPlace, *after, session);
    return UndoEntry{*before, *after};
}

} // namespace

UndoList readUndoList(ReadContext& context, JsonValue value, const SavedSession& session)
{
    UndoList list;
    const ObjectReader object(context, value, {"done", "entries"});
    const auto entries = object.require("entries", "[]");
    if (!entries || !readList(context, *entries, "entries, each with \"before\" and \"after\""))
        return list;
    for (const JsonValue item : entries->children())
        if (auto entry = readUndoEntry(context, item, session))
            list.entries.push_back(*std::move(entry));
    std::int64_t done = 0;
    if (const auto place = object.require("done", "0"))
        readWhole(context, *place, {0, static_cast<std::int64_t>(entries->count())}, done);
    list.done = static_cast<std::size_t>(done);
    return list;
}

} // namespace chronograd
