#include "core/experiment/json_writer.h"

#include "core/experiment/experiment_io.h"

#include <cmath>

namespace chronograd {
namespace {

void appendQuoted(std::string& out, std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (byte < 0x20) {
            out += "\\u00";
            out += digits[byte >> 4];
            out += digits[byte & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

} // namespace

JsonWriter& JsonWriter::key(std::string_view name)
{
    beginItem();
    appendQuoted(m_text, name);
    m_text += ": ";
    m_afterKey = true;
    return *this;
}

JsonWriter& JsonWriter::number(double value)
{
    beginItem();
    m_text += std::isfinite(value) ? numberText(value) : "null";
    return *this;
}

JsonWriter& JsonWriter::whole(std::int64_t value)
{
    beginItem();
    m_text += std::to_string(value);
    return *this;
}

JsonWriter& JsonWriter::natural(std::uint64_t value)
{
    beginItem();
    m_text += std::to_string(value);
    return *this;
}

JsonWriter& JsonWriter::boolean(bool value)
{
    beginItem();
    m_text += value ? "true" : "false";
    return *this;
}

JsonWriter& JsonWriter::text(std::string_view value)
{
    beginItem();
    appendQuoted(m_text, value);
    return *this;
}

JsonWriter& JsonWriter::null()
{
    beginItem();
    m_text += "null";
    return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json)
{
    beginItem();
    m_text += json;
    return *this;
}

std::string JsonWriter::take()
{
    return std::move(m_text);
}

JsonWriter& JsonWriter::open(char bracket, Layout layout)
{
    beginItem();
    if (!m_levels.empty() && m_levels.back().layout == Layout::Line)
        layout = Layout::Line;
    m_text += bracket;
    m_levels.push_back({layout, true});
    return *this;
}

JsonWriter& JsonWriter::close(char bracket)
{
    const Level level = m_levels.back();
    m_levels.pop_back();
    if (level.layout == Layout::Block && !level.empty)
        newLine();
    m_text += bracket;
    return *this;
}

void JsonWriter::beginItem()
{
    if (m_afterKey || m_levels.empty()) {
        m_afterKey = false;
        return;
    }
    Level& level = m_levels.back();
    if (!level.empty)
        m_text += level.layout == Layout::Line ? ", " : ",";
    level.empty = false;
    if (level.layout == Layout::Block)
        newLine();
}

void JsonWriter::newLine()
{
    m_text += '\n';
    m_text.append(2 * m_levels.size(), ' ');
}

} // namespace chronograd
