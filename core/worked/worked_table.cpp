#include "core/worked/worked_table.h"

#include "core/explain/text_width.h"

#include <algorithm>
#include <array>

namespace chronograd {

namespace {

using Row = std::array<std::string, 6>;

/// What the mark is for: "follows from δ3", or the note of the file.
std::string remark(const WorkedExample& example, std::size_t entry)
{
    const auto name = [&](std::size_t of) {
        const BookValue& book = example.entries()[of].book;
        return book.alias.empty() ? book.of : book.alias;
    };
    const Finding& finding = example.finding(entry);
    std::string text = finding.absence;
    if (finding.mark == Mark::Rounded)
        text = "they give " + besideText(*finding.byBook, example.entries()[entry].number);
    for (const std::size_t of : finding.follows)
        text += (text.empty() ? "from " : " and ") + name(of);
    return text;
}

Row rowOf(const WorkedExample& example, std::size_t entry)
{
    const BookEntry& given = example.entries()[entry];
    const Finding& finding = example.finding(entry);
    const std::string update =
        given.book.update == 1 ? "" : " (update " + std::to_string(given.book.update) + ")";
    return {given.book.alias,
            given.book.of + update,
            given.book.value,
            finding.engine ? besideText(*finding.engine, given.number) : "",
            std::string(markSign(finding.mark)) + " " + std::string(markWords(finding.mark)),
            remark(example, entry)};
}

} // namespace

std::string markCounts(const WorkedExample& example)
{
    std::string text;
    const auto add = [&](Mark mark, std::string_view one, std::string_view many) {
        const int count = example.count(mark);
        if (count > 0)
            text += (text.empty() ? "" : ", ") + std::to_string(count) + " " +
                    std::string(count == 1 ? one : many);
    };
    add(Mark::Agrees, "agrees", "agree");
    add(Mark::Rounded, "right for the book's rounded numbers", "right for the book's rounded numbers");
    add(Mark::Wrong, "wrong", "wrong");
    add(Mark::Follows, "follows from a wrong number", "follow from a wrong number");
    add(Mark::None, "not computed yet", "not computed yet");
    return text;
}

std::string workedTable(const WorkedExample& example)
{
    std::vector<Row> rows{{"", "number", "book", "engine", "mark", ""}};
    for (std::size_t entry = 0; entry < example.entries().size(); ++entry)
        rows.push_back(rowOf(example, entry));
    std::array<std::size_t, std::tuple_size_v<Row>> widths{};
    for (const Row& row : rows)
        for (std::size_t column = 0; column < row.size(); ++column)
            widths[column] = std::max(widths[column], textWidth(row[column]));
    std::string text;
    for (const Row& row : rows) {
        std::string line;
        for (std::size_t column = 0; column < row.size(); ++column)
            line += padded(row[column], widths[column] + 2);
        text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return text + markCounts(example) + "\n";
}

} // namespace chronograd
