#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chronograd {

/// Splits comma-separated text record by record (RFC 4180): fields quoted or not, "" for a quote inside a
/// quoted field, which may hold commas and line ends; lines end with LF, CRLF or CR. Blanks around fields
/// that are not quoted are dropped, and so are empty lines at the end of the text.
class CsvReader
{
public:
    explicit CsvReader(std::string_view text);

    /// Reads the next record; false at the end of the text or at a fault.
    bool next(std::vector<std::string>& fields);

    std::int64_t line() const { return m_recordLine; }   ///< Where the last record began, from 1.
    const std::string& fault() const { return m_fault; } ///< What is wrong with the quotes; empty: nothing.

private:
    void readQuoted(std::string& field);
    void readPlain(std::string& field);
    bool skipLineEnd();

    std::string_view m_text;
    std::size_t m_at = 0;
    std::int64_t m_line = 1;
    std::int64_t m_recordLine = 0;
    std::string m_fault;
};

/// Without blanks (spaces and tabs) at both ends.
std::string_view trimmed(std::string_view text);

} // namespace chronograd
