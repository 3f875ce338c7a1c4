#include "core/tasks/csv_reader.h"

#include <algorithm>

namespace chronograd {

CsvReader::CsvReader(std::string_view text)
    : m_text(text)
{
    const std::size_t last = text.find_last_not_of(" \t\r\n");
    m_text = text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

bool CsvReader::next(std::vector<std::string>& fields)
{
    if (m_at >= m_text.size() || !m_fault.empty())
        return false;
    m_recordLine = m_line;
    std::size_t count = 0;
    for (;;) {
        if (fields.size() <= count)
            fields.emplace_back();
        std::string& field = fields[count++]; // its memory serves the next record too
        field.clear();
        if (m_at < m_text.size() && m_text[m_at] == '"')
            readQuoted(field);
        else
            readPlain(field);
        if (!m_fault.empty())
            return false;
        if (m_at >= m_text.size() || skipLineEnd())
            break;
        ++m_at; // the comma
    }
    fields.resize(count);
    return true;
}

void CsvReader::readQuoted(std::string& field)
{
    const std::int64_t startLine = m_line;
    for (++m_at; m_at < m_text.size(); ++m_at) {
        const char c = m_text[m_at];
        if (c == '"') {
            if (m_at + 1 >= m_text.size() || m_text[m_at + 1] != '"')
                break;
            ++m_at;
        }
        if (c == '\n')
            ++m_line;
        field += c;
    }
    if (m_at >= m_text.size()) {
        m_fault = "line " + std::to_string(startLine) + ": a quote is opened and never closed";
        return;
    }
    ++m_at; // the closing quote
    while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\t'))
        ++m_at;
    if (m_at < m_text.size() && m_text[m_at] != ',' && m_text[m_at] != '\n' && m_text[m_at] != '\r')
        m_fault =
            "line " + std::to_string(m_line) +
            ": text follows a closing quote; write a comma between fields, and \"\" for a quote inside one";
}

void CsvReader::readPlain(std::string& field)
{
    const std::size_t end = std::min(m_text.find_first_of(",\r\n", m_at), m_text.size());
    field = trimmed(m_text.substr(m_at, end - m_at));
    m_at = end;
}

bool CsvReader::skipLineEnd()
{
    const char c = m_text[m_at];
    if (c != '\n' && c != '\r')
        return false;
    m_at += m_text.substr(m_at, 2) == "\r\n" ? 2U : 1U;
    ++m_line;
    return true;
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

} // namespace chronograd
