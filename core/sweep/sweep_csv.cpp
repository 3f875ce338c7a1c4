#include "core/experiment/experiment_io.h"
#include "core/sweep/sweep_result.h"

#include <array>
#include <charconv>

namespace chronograd {
namespace {

constexpr std::array<std::string_view, 3> outcomes{"finished", "diverged", "refused"};

std::string cell(std::string_view text)
{
    if (text.find_first_of(",\"\n\r") == text.npos)
        return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"')
            quoted += '"';
        quoted += c == '\n' || c == '\r' ? ' ' : c; // a row is a line
    }
    return quoted + '"';
}

std::string optionalCell(const std::optional<double>& number)
{
    return number ? numberText(*number) : std::string();
}

/// Nothing: a quote that does not end.
std::optional<std::vector<std::string>> cellsOf(std::string_view row)
{
    std::vector<std::string> cells(1);
    bool isQuoted = false;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const char c = row[i];
        if (isQuoted && c == '"' && i + 1 < row.size() && row[i + 1] == '"')
            cells.back() += row[++i];
        else if (c == '"')
            isQuoted = !isQuoted;
        else if (c == ',' && !isQuoted)
            cells.emplace_back();
        else
            cells.back() += c;
    }
    return isQuoted ? std::nullopt : std::optional(cells);
}

template<typename Number>
bool readInto(const std::string& text, Number& number)
{
    const char* const end = text.data() + text.size();
    const auto [read, error] = std::from_chars(text.data(), end, number);
    return error == std::errc() && read == end;
}

bool readInto(const std::string& text, std::optional<double>& number)
{
    return text.empty() || readInto(text, number.emplace());
}

bool readInto(const std::string& text, RunOutcome& outcome)
{
    for (std::size_t i = 0; i < outcomes.size(); ++i)
        if (outcomes[i] == text) {
            outcome = static_cast<RunOutcome>(i);
            return true;
        }
    return false;
}

} // namespace

std::string resultHeader(const SweepPlan& plan)
{
    std::string text = "run,";
    for (const SweepAxis& axis : plan.axes())
        text += cell(axis.path) + ',';
    return text + "repeat,init_seed,training_seed,outcome,updates,loss,test_loss,accuracy,message";
}

std::string resultRow(const SweepPlan& plan, const SweepResult& result)
{
    std::string text = std::to_string(result.run) + ',';
    const std::vector<std::size_t> places = plan.placesOf(plan.combinationOf(result.run));
    for (std::size_t axis = 0; axis < places.size(); ++axis)
        text += cell(plan.axes()[axis].values[places[axis]]) + ',';
    text += std::to_string(plan.repeatOf(result.run)) + ',' + std::to_string(result.initSeed) + ',' +
            std::to_string(result.trainingSeed) + ',' +
            std::string(outcomes[static_cast<std::size_t>(result.outcome)]) + ',' +
            std::to_string(result.updates) + ',' + optionalCell(result.loss) + ',' +
            optionalCell(result.testLoss) + ',' + optionalCell(result.accuracy) + ',' + cell(result.message);
    return text;
}

std::optional<SweepResult> parseResultRow(const SweepPlan& plan, std::string_view row)
{
    const std::size_t axes = plan.axes().size();
    const auto cells = cellsOf(row);
    SweepResult result;
    if (!cells || cells->size() != axes + 10 || !readInto(cells->front(), result.run) || result.run < 1 ||
        result.run > plan.runs())
        return std::nullopt;
    const std::string* next = cells->data() + axes + 2; // the values and the repeat follow from the number
    if (!readInto(next[0], result.initSeed) || !readInto(next[1], result.trainingSeed) ||
        !readInto(next[2], result.outcome) || !readInto(next[3], result.updates) ||
        !readInto(next[4], result.loss) || !readInto(next[5], result.testLoss) ||
        !readInto(next[6], result.accuracy))
        return std::nullopt;
    result.message = next[7];
    return resultRow(plan, result) == row ? std::optional(result) : std::nullopt;
}

} // namespace chronograd
