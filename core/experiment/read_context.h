#pragma once

#include "core/experiment/json_document.h"
#include "core/training/number_range.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chronograd {

/// Collects what is wrong with a document; of all findings the first in document order is told.
class ReadContext
{
public:
    /// `assignments` are the "--set" texts, for places that came from them.
    ReadContext(std::string file, const std::vector<std::string>& assignments)
        : m_file(std::move(file))
        , m_assignments(assignments)
    {}

    /// `what` says what is wrong and what would be right: "must be …, is …".
    void report(JsonValue at, const std::string& what);
    /// A key that an object should have; `example` is what it could be.
    void reportMissing(JsonValue object, std::string_view key, std::string_view example);
    /// "must be <rule>, is <the value>"
    void reportRule(JsonValue at, const std::string& rule);

    std::size_t findings() const { return m_findings; }
    void throwFirst() const; ///< \throws InputError if there was a finding.

private:
    void report(JsonValue at, std::string_view key, const std::string& what);

    std::string m_file;
    const std::vector<std::string>& m_assignments;
    std::size_t m_findings = 0;
    std::uint32_t m_firstIndex = 0;
    std::string m_firstMessage;
};

struct WholeRange
{
    std::int64_t minimum = 0;
    std::int64_t maximum = 0;
    std::string_view orElse = {}; ///< What may stand instead: ` or "n"`, ` or null`.

    std::string rule() const;
};

/// The whole number a value is (5, 5.0, 5e3), or nothing.
std::optional<std::int64_t> wholeNumber(JsonValue value);

// Each reads one value, or reports why it cannot and returns false, leaving the result as it was.
bool readWhole(ReadContext& context, JsonValue value, const WholeRange& range, std::int64_t& result);
bool readSeed(ReadContext& context, JsonValue value, std::uint64_t& result);
bool readNumber(ReadContext& context, JsonValue value, const NumberRange& range, double& result);
bool readBoolean(ReadContext& context, JsonValue value, bool& result);
bool readText(ReadContext& context, JsonValue value, std::string& result);
bool readList(ReadContext& context, JsonValue value, std::string_view what);
std::optional<int> readIndex(ReadContext& context, JsonValue value,
                             std::span<const std::string_view> choices);

template<typename Enum>
bool readChoice(ReadContext& context, JsonValue value, std::span<const std::string_view> choices,
                Enum& result)
{
    const std::optional<int> index = readIndex(context, value, choices);
    if (index)
        result = static_cast<Enum>(*index);
    return index.has_value();
}

/// An object with known keys. Reports, on construction: not an object, unknown keys, duplicate keys.
class ObjectReader
{
public:
    using Keys = std::span<const std::string_view>;

    /// `known` empty: any key is known.
    ObjectReader(ReadContext& context, JsonValue object, Keys known);
    ObjectReader(ReadContext& context, JsonValue object, std::initializer_list<std::string_view> known)
        : ObjectReader(context, object, Keys(known.begin(), known.size()))
    {}

    bool isObject() const { return m_object.is(JsonKind::Object); }
    JsonValue place() const { return m_object; }
    std::optional<JsonValue> find(std::string_view key) const;
    /// The same, reporting that it is missing; `example` is what it could be.
    std::optional<JsonValue> require(std::string_view key, std::string_view example) const;

    // Each: the key is there and its value good.
    bool whole(std::string_view key, const WholeRange& range, std::int64_t& result) const;
    bool whole(std::string_view key, const WholeRange& range, std::optional<std::int64_t>& result) const;
    bool seed(std::string_view key, std::uint64_t& result) const;
    bool number(std::string_view key, const NumberRange& range, double& result) const;
    bool boolean(std::string_view key, bool& result) const;
    bool text(std::string_view key, std::string& result) const;
    template<typename Enum>
    bool choice(std::string_view key, std::span<const std::string_view> choices, Enum& result) const
    {
        const auto value = find(key);
        return value && readChoice(m_context, *value, choices, result);
    }

private:
    ReadContext& m_context;
    JsonValue m_object;
};

std::optional<JsonValue> findMember(JsonValue object, std::string_view key);

/// "a, b and c"
std::string listed(std::span<const std::string_view> names, std::string_view last = "and",
                   std::string_view quote = "");

/// The name a typing error most likely meant; empty when none is near.
std::string_view nearest(std::string_view name, std::span<const std::string_view> names);

} // namespace chronograd
