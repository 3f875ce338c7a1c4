#include "core/experiment/json_document.h"

#include "core/experiment/experiment_io.h"

#include <cassert>

namespace chronograd {

JsonKind JsonValue::kind() const
{
    return m_document->m_nodes[m_index].kind;
}

bool JsonValue::isNumber() const
{
    return is(JsonKind::Integer) || is(JsonKind::Unsigned) || is(JsonKind::Real);
}

bool JsonValue::boolean() const
{
    assert(is(JsonKind::Boolean));
    return m_document->m_nodes[m_index].boolean;
}

double JsonValue::number() const
{
    assert(isNumber());
    const JsonDocument::Node& node = m_document->m_nodes[m_index];
    if (node.kind == JsonKind::Integer)
        return static_cast<double>(node.integer);
    return node.kind == JsonKind::Unsigned ? static_cast<double>(node.natural) : node.real;
}

std::int64_t JsonValue::integer() const
{
    assert(is(JsonKind::Integer));
    return m_document->m_nodes[m_index].integer;
}

std::uint64_t JsonValue::natural() const
{
    assert(is(JsonKind::Unsigned));
    return m_document->m_nodes[m_index].natural;
}

std::string_view JsonValue::text() const
{
    assert(is(JsonKind::String) || is(JsonKind::Key));
    const JsonDocument::Text text = m_document->m_nodes[m_index].text;
    return std::string_view(m_document->m_texts).substr(text.offset, text.length);
}

JsonValue JsonValue::value() const
{
    assert(is(JsonKind::Key));
    return {*m_document, m_index + 1};
}

int JsonValue::origin() const
{
    return m_document->m_nodes[m_index].origin;
}

std::string JsonValue::pointer() const
{
    std::string pointer;
    JsonValue at = m_document->root();
    while (at.m_index != m_index) {
        std::size_t place = 0;
        JsonValue inside;
        for (const JsonValue child : at.children()) {
            inside = child;
            if (m_index < m_document->m_nodes[child.m_index].end)
                break;
            ++place;
        }
        if (inside.is(JsonKind::Key)) {
            pointer += '/';
            for (const char c : shownText(inside.text()))
                pointer += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
            if (inside.m_index == m_index)
                break;
            inside = inside.value();
        } else {
            pointer += '/' + std::to_string(place);
        }
        at = inside;
    }
    return pointer;
}

std::string JsonValue::shown() const
{
    switch (kind()) {
    case JsonKind::Null:
        return "null";
    case JsonKind::Boolean:
        return boolean() ? "true" : "false";
    case JsonKind::Integer:
        return std::to_string(integer());
    case JsonKind::Unsigned:
        return std::to_string(natural());
    case JsonKind::Real:
        return numberText(number());
    case JsonKind::String:
    case JsonKind::Key:
        return '"' + shownText(text()) + '"';
    case JsonKind::Array:
        return "a list";
    case JsonKind::Object:
        return "an object";
    }
    return {};
}

JsonValue::Range::Iterator& JsonValue::Range::Iterator::operator++()
{
    m_index = m_document->m_nodes[m_index].end;
    return *this;
}

JsonValue::Range JsonValue::children() const
{
    const bool hasChildren = is(JsonKind::Array) || is(JsonKind::Object);
    const std::uint32_t end = m_document->m_nodes[m_index].end;
    return {Range::Iterator(*m_document, hasChildren ? m_index + 1 : end), Range::Iterator(*m_document, end)};
}

std::size_t JsonValue::count() const
{
    std::size_t count = 0;
    for ([[maybe_unused]] const JsonValue child : children())
        ++count;
    return count;
}

JsonDocument JsonDocument::ofText(std::string_view text)
{
    JsonDocument document;
    Node node;
    node.kind = JsonKind::String;
    node.end = 1;
    node.text = document.store(text);
    document.m_nodes.push_back(node);
    return document;
}

JsonDocument::Text JsonDocument::store(std::string_view text)
{
    const Text stored{static_cast<std::uint32_t>(m_texts.size()), static_cast<std::uint32_t>(text.size())};
    m_texts += text;
    return stored;
}

std::vector<JsonDocument::Node> JsonDocument::adopt(const JsonDocument& other, int origin)
{
    const auto shift = static_cast<std::uint32_t>(m_texts.size());
    m_texts += other.m_texts;
    std::vector<Node> nodes = other.m_nodes;
    for (Node& node : nodes) {
        node.origin = static_cast<std::uint16_t>(origin);
        if (node.kind == JsonKind::String || node.kind == JsonKind::Key)
            node.text.offset += shift;
    }
    return nodes;
}

void JsonDocument::splice(std::uint32_t holder, std::uint32_t first, std::uint32_t last,
                          const std::vector<Node>& nodes)
{
    const auto added = static_cast<std::uint32_t>(nodes.size());
    const std::uint32_t growth = added - (last - first); // modulo 2³²: may shrink
    for (std::uint32_t i = 0; i < m_nodes.size(); ++i) {
        Node& node = m_nodes[i];
        if ((i <= holder && node.end > holder) || i >= last)
            node.end += growth;
    }
    const auto at = m_nodes.erase(m_nodes.begin() + first, m_nodes.begin() + last);
    const auto inserted = m_nodes.insert(at, nodes.begin(), nodes.end());
    for (auto node = inserted; node != inserted + added; ++node)
        node->end += first;
}

void JsonDocument::replace(JsonValue old, const JsonDocument& replacement, int origin)
{
    splice(old.index(), old.index(), m_nodes[old.index()].end, adopt(replacement, origin));
}

void JsonDocument::append(JsonValue object, std::string_view name, const JsonDocument& value, int origin)
{
    std::vector<Node> nodes = adopt(value, origin);
    for (Node& node : nodes)
        ++node.end;
    Node key;
    key.kind = JsonKind::Key;
    key.origin = static_cast<std::uint16_t>(origin);
    key.end = static_cast<std::uint32_t>(nodes.size() + 1);
    key.text = store(name);
    nodes.insert(nodes.begin(), key);
    const std::uint32_t place = m_nodes[object.index()].end;
    splice(object.index(), place, place, nodes);
}

std::string shownText(std::string_view text, std::size_t longest)
{
    const bool cut = text.size() > longest;
    if (cut) {
        while (longest > 0 && (static_cast<unsigned char>(text[longest]) & 0xC0u) == 0x80u)
            --longest;
        text = text.substr(0, longest);
    }
    std::string shown;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
            shown += c;
        } else {
            constexpr std::string_view digits = "0123456789abcdef";
            shown += "\\x";
            shown += digits[static_cast<unsigned char>(c) >> 4];
            shown += digits[static_cast<unsigned char>(c) & 15];
        }
    }
    return cut ? shown + "…" : shown;
}

} // namespace chronograd
