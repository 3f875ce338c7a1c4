#include "core/tasks/csv_table.h"

#include "core/tasks/csv_reader.h"
#include "core/tasks/task_error.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

namespace chronograd {

namespace {

constexpr double missingNumber = std::numeric_limits<double>::quiet_NaN();

bool isNan(std::string_view field)
{
    return field.size() == 3 && (field[0] == 'n' || field[0] == 'N') &&
           (field[1] == 'a' || field[1] == 'A') && (field[2] == 'n' || field[2] == 'N');
}

/// The number of a field, NaN when it is missing; absent when it is not a finite number.
std::optional<double> parseField(std::string_view field)
{
    field = trimmed(field);
    if (field.empty() || isNan(field))
        return missingNumber;
    if (field.front() == '+' && field.size() > 1 && field[1] != '-')
        field.remove_prefix(1);
    double value = 0.0;
    const char* const end = field.data() + field.size();
    const auto [stop, fault] = std::from_chars(field.data(), end, value);
    if (fault != std::errc() || stop != end || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::string knownColumns(const std::vector<std::string>& header)
{
    constexpr std::size_t most = 20;
    std::string names;
    for (std::size_t i = 0; i < std::min(header.size(), most); ++i)
        names.append(i == 0 ? "" : ", ").append(quotedExcerpt(header[i]));
    if (header.size() > most)
        names.append(" and ").append(std::to_string(header.size() - most)).append(" more");
    return names;
}

/// Reads one file; an object so that the rows need not carry all of this around.
class TableReader
{
public:
    TableReader(const DataFile& file, const CsvTask& task, const std::filesystem::path& experimentFile)
        : m_file(file)
        , m_task(task)
        , m_experimentFile(experimentFile)
        , m_reader(file.content)
    {}

    CsvTable read()
    {
        readHeader();
        while (m_reader.next(m_fields)) {
            ++m_row;
            readRow();
        }
        if (!m_reader.fault().empty())
            throw fileError(m_reader.fault());
        if (m_row == 0)
            throw fileError("has a header and no rows; write at least one row of numbers");
        if (m_task.missing == MissingRule::Interpolate)
            interpolate();
        if (m_hasTime)
            m_table.timeName = m_header.front();
        else
            m_table.times.clear();
        return std::move(m_table);
    }

private:
    InputError fileError(std::string_view sentence) const
    {
        return InputError(m_file.name + ": " + std::string(sentence));
    }

    InputError rowError(std::string_view sentence) const
    {
        return fileError("row " + std::to_string(m_row) + " (line " + std::to_string(m_reader.line()) +
                         "): " + std::string(sentence));
    }

    void readHeader()
    {
        if (!m_reader.next(m_header))
            throw fileError(m_reader.fault().empty()
                                ? "is empty; the first line must name the columns, separated by commas"
                                : m_reader.fault());
        const auto addColumns = [this](const std::vector<std::string>& names, const std::string& pointer) {
            if (names.empty())
                throw taskError(m_experimentFile, pointer, "is empty; name at least one column");
            for (std::size_t i = 0; i < names.size(); ++i)
                m_used.push_back(columnOf(names[i], pointer + "/" + std::to_string(i)));
        };
        addColumns(m_task.inputs, "/task/inputs");
        addColumns(m_task.targets, "/task/targets");
        m_table.columns.resize(m_used.size());
        m_hasTime = std::ranges::find(m_used, std::size_t{0}) == m_used.end();
    }

    std::size_t columnOf(const std::string& name, const std::string& pointer) const
    {
        const auto found = std::ranges::find(m_header, name);
        if (found == m_header.end()) {
            const bool isSemicolon = m_header.size() == 1 && m_header[0].find(';') != std::string::npos;
            throw taskError(m_experimentFile, pointer,
                            "no column " + quotedExcerpt(name) + " in " + m_file.name + "; it has " +
                                knownColumns(m_header) +
                                (isSemicolon ? " (the separator must be a comma)" : ""));
        }
        if (std::find(found + 1, m_header.end(), name) != m_header.end())
            throw taskError(m_experimentFile, pointer,
                            "column " + quotedExcerpt(name) + " occurs twice in " + m_file.name +
                                "; give its columns different names");
        return static_cast<std::size_t>(found - m_header.begin());
    }

    void readRow()
    {
        if (m_fields.size() != m_header.size())
            throw rowError("has " + counted(static_cast<std::int64_t>(m_fields.size()), "field") +
                           ", the header has " + std::to_string(m_header.size()) +
                           "; write one field per column");
        for (std::size_t i = 0; i < m_used.size(); ++i)
            m_table.columns[i].push_back(numberIn(m_used[i]));
        if (m_hasTime)
            readTime();
    }

    double numberIn(std::size_t column) const
    {
        const std::string& field = m_fields[column];
        const std::optional<double> value = parseField(field);
        if (!value)
            throw rowError("column " + quotedExcerpt(m_header[column]) + " is " + quotedExcerpt(field) +
                           "; write a finite number");
        if (std::isnan(*value) && m_task.missing == MissingRule::Error)
            throw rowError("column " + quotedExcerpt(m_header[column]) +
                           (trimmed(field).empty() ? " is empty" : " is NaN") +
                           "; write a number, or \"missing\": \"interpolate\" in the task");
        return *value;
    }

    void readTime()
    {
        const std::optional<double> time = parseField(m_fields.front());
        // NaN fails the comparison.
        m_hasTime = time && !std::isnan(*time) && (m_table.times.empty() || *time > m_table.times.back());
        if (m_hasTime)
            m_table.times.push_back(*time);
    }

    void interpolate()
    {
        for (std::size_t i = 0; i < m_table.columns.size(); ++i) {
            if (!fillGaps(m_table.columns[i]))
                throw fileError("column " + quotedExcerpt(m_header[m_used[i]]) +
                                " has no number at all; nothing can be interpolated");
        }
    }

    /// False when there is no number to start from.
    static bool fillGaps(std::vector<double>& values)
    {
        std::optional<std::size_t> before; // the last row with a number
        for (std::size_t row = 0; row < values.size(); ++row) {
            if (std::isnan(values[row]))
                continue;
            if (!before)
                std::fill(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(row), values[row]);
            else
                fillBetween(values, *before, row);
            before = row;
        }
        if (!before)
            return false;
        std::fill(values.begin() + static_cast<std::ptrdiff_t>(*before), values.end(), values[*before]);
        return true;
    }

    static void fillBetween(std::vector<double>& values, std::size_t first, std::size_t last)
    {
        for (std::size_t row = first + 1; row < last; ++row) {
            const double share = static_cast<double>(row - first) / static_cast<double>(last - first);
            values[row] = values[first] * (1.0 - share) + values[last] * share; // cannot overflow
        }
    }

    const DataFile& m_file;
    const CsvTask& m_task;
    const std::filesystem::path& m_experimentFile;
    CsvReader m_reader;
    std::vector<std::string> m_header;
    std::vector<std::string> m_fields;
    std::vector<std::size_t> m_used; ///< Place in the file of each column of the table.
    CsvTable m_table;
    std::int64_t m_row = 0;
    bool m_hasTime = false;
};

} // namespace

CsvTable readCsvTable(const DataFile& file, const CsvTask& task, const std::filesystem::path& experimentFile)
{
    return TableReader(file, task, experimentFile).read();
}

} // namespace chronograd
