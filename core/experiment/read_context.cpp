#include "core/experiment/read_context.h"

#include "core/experiment/experiment_io.h"
#include "core/experiment/setting_paths.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace chronograd {
namespace {

std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

constexpr double exactWhole = 9007199254740992.0; // 2⁵³

/// Objects that hold settings at fixed places.
constexpr std::string_view sections[] = {"", "/network", "/network/init", "/task", "/training"};

/// Settings of that name elsewhere; in the file itself as their places are told there.
std::vector<std::string> placesMeant(JsonValue key, std::string_view name)
{
    std::vector<std::string> places;
    for (std::string path : settingPathsLike(name)) {
        std::string place = '/' + path;
        std::ranges::replace(place, '.', '/');
        if (place != key.pointer())
            places.push_back(key.origin() == 0 ? place : path);
    }
    return places;
}

/// ", perhaps … is meant" of a key that is unknown in an object: what is spelt like it there, or a setting of
/// such a name in another section.
std::string hint(JsonValue object, JsonValue key, ObjectReader::Keys known)
{
    const std::string_view name = key.text();
    if (const std::string_view meant = nearest(name, known); !meant.empty())
        return ", perhaps \"" + std::string(meant) + "\" is meant";
    if (std::ranges::find(sections, object.pointer()) == std::end(sections))
        return {};
    const std::vector<std::string> places = placesMeant(key, name);
    if (places.empty())
        return {};
    return ", perhaps " + listed(std::vector<std::string_view>(places.begin(), places.end()), "or") +
           " is meant";
}

} // namespace

void ReadContext::report(JsonValue at, const std::string& what)
{
    report(at, {}, what);
}

void ReadContext::reportMissing(JsonValue object, std::string_view key, std::string_view example)
{
    report(object, key,
           "missing; must be there, as in \"" + std::string(key) + "\": " + std::string(example));
}

void ReadContext::report(JsonValue at, std::string_view key, const std::string& what)
{
    ++m_findings;
    if (!m_firstMessage.empty() && m_firstIndex <= at.index())
        return;
    m_firstIndex = at.index();
    std::string pointer = at.pointer();
    if (!key.empty())
        pointer += '/' + std::string(key);
    const int origin = at.origin();
    const std::string source =
        origin == 0 ? m_file : "--set " + shownText(m_assignments[static_cast<std::size_t>(origin) - 1], 120);
    m_firstMessage = source + ": " + (pointer.empty() ? "" : pointer + ": ") + what;
}

void ReadContext::reportRule(JsonValue at, const std::string& rule)
{
    report(at, "must be " + rule + ", is " + at.shown());
}

void ReadContext::throwFirst() const
{
    if (m_findings > 0)
        throw InputError(m_firstMessage);
}

std::string WholeRange::rule() const
{
    return "a whole number from " + std::to_string(minimum) + " to " + std::to_string(maximum) +
           std::string(orElse);
}

std::optional<std::int64_t> wholeNumber(JsonValue value)
{
    if (value.is(JsonKind::Integer))
        return value.integer();
    if (value.is(JsonKind::Unsigned) && value.natural() <= std::numeric_limits<std::int64_t>::max())
        return static_cast<std::int64_t>(value.natural());
    if (value.is(JsonKind::Real) && std::abs(value.number()) <= exactWhole &&
        value.number() == std::trunc(value.number()))
        return static_cast<std::int64_t>(value.number());
    return std::nullopt;
}

bool readWhole(ReadContext& context, JsonValue value, const WholeRange& range, std::int64_t& result)
{
    const std::optional<std::int64_t> number = wholeNumber(value);
    const bool good = number && *number >= range.minimum && *number <= range.maximum;
    if (good)
        result = *number;
    else
        context.reportRule(value, range.rule());
    return good;
}

bool readSeed(ReadContext& context, JsonValue value, std::uint64_t& result)
{
    if (value.is(JsonKind::Unsigned)) {
        result = value.natural();
        return true;
    }
    const std::optional<std::int64_t> number = wholeNumber(value);
    if (number && *number >= 0) {
        result = static_cast<std::uint64_t>(*number);
        return true;
    }
    context.reportRule(value, "a whole number from 0 to 18446744073709551615");
    return false;
}

bool readNumber(ReadContext& context, JsonValue value, const NumberRange& range, double& result)
{
    if (!value.isNumber()) {
        const std::string rule = range.rule();
        context.reportRule(value, rule == "any number" ? "a number" : "a number (" + rule + ")");
        return false;
    }
    if (!range.contains(value.number())) {
        context.reportRule(value, range.rule());
        return false;
    }
    result = value.number();
    return true;
}

bool readBoolean(ReadContext& context, JsonValue value, bool& result)
{
    const bool good = value.is(JsonKind::Boolean);
    if (good)
        result = value.boolean();
    else
        context.reportRule(value, "true or false");
    return good;
}

bool readText(ReadContext& context, JsonValue value, std::string& result)
{
    const bool good = value.is(JsonKind::String);
    if (good)
        result = value.text();
    else
        context.reportRule(value, "a string");
    return good;
}

bool readList(ReadContext& context, JsonValue value, std::string_view what)
{
    const bool good = value.is(JsonKind::Array);
    if (!good)
        context.reportRule(value, "a list of " + std::string(what));
    return good;
}

std::optional<int> readIndex(ReadContext& context, JsonValue value, std::span<const std::string_view> choices)
{
    if (value.is(JsonKind::String)) {
        const auto found = std::find(choices.begin(), choices.end(), value.text());
        if (found != choices.end())
            return static_cast<int>(found - choices.begin());
    }
    context.reportRule(value, (choices.size() > 2 ? "one of " : "") + listed(choices, "or", "\""));
    return std::nullopt;
}

ObjectReader::ObjectReader(ReadContext& context, JsonValue object, Keys known)
    : m_context(context)
    , m_object(object)
{
    if (!isObject()) {
        context.reportRule(object, "an object");
        return;
    }
    std::set<std::string_view> seen;
    for (const JsonValue key : object.children()) {
        const std::string_view name = key.text();
        if (!seen.insert(name).second) {
            context.report(key, "given twice; each key may be there once");
            return;
        } else if (!known.empty() && std::find(known.begin(), known.end(), name) == known.end()) {
            context.report(key, "unknown key" + hint(object, key, known) + "; known here: " + listed(known));
            return; // what is wrong further on comes later in the document
        }
    }
}

std::optional<JsonValue> ObjectReader::find(std::string_view key) const
{
    return findMember(m_object, key);
}

std::optional<JsonValue> ObjectReader::require(std::string_view key, std::string_view example) const
{
    const auto value = find(key);
    if (!value && isObject())
        m_context.reportMissing(m_object, key, example);
    return value;
}

bool ObjectReader::whole(std::string_view key, const WholeRange& range, std::int64_t& result) const
{
    const auto value = find(key);
    return value && readWhole(m_context, *value, range, result);
}

bool ObjectReader::whole(std::string_view key, const WholeRange& range,
                         std::optional<std::int64_t>& result) const
{
    std::int64_t number = 0;
    const bool good = whole(key, range, number);
    if (good)
        result = number;
    return good;
}

bool ObjectReader::seed(std::string_view key, std::uint64_t& result) const
{
    const auto value = find(key);
    return value && readSeed(m_context, *value, result);
}

bool ObjectReader::number(std::string_view key, const NumberRange& range, double& result) const
{
    const auto value = find(key);
    return value && readNumber(m_context, *value, range, result);
}

bool ObjectReader::boolean(std::string_view key, bool& result) const
{
    const auto value = find(key);
    return value && readBoolean(m_context, *value, result);
}

bool ObjectReader::text(std::string_view key, std::string& result) const
{
    const auto value = find(key);
    return value && readText(m_context, *value, result);
}

std::optional<JsonValue> findMember(JsonValue object, std::string_view key)
{
    if (object.is(JsonKind::Object))
        for (const JsonValue member : object.children())
            if (member.text() == key)
                return member.value();
    return std::nullopt;
}

std::string listed(std::span<const std::string_view> names, std::string_view last, std::string_view quote)
{
    constexpr std::size_t most = 40; // a message is one line
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i == most)
            return text + " …";
        if (i > 0)
            text += i + 1 < names.size() ? ", " : ' ' + std::string(last) + ' ';
        text += quote;
        text += names[i];
        text += quote;
    }
    return text;
}

std::string_view nearest(std::string_view name, std::span<const std::string_view> names)
{
    std::string_view best;
    std::size_t bestDistance = name.size() > 4 ? 3 : 2; // at least one less than this
    if (name.size() < 64)
        for (const std::string_view candidate : names)
            if (const std::size_t distance = editDistance(name, candidate); distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
    return best;
}

} // namespace chronograd
