#include "core/export/python_text.h"

#include "core/experiment/experiment_io.h"

namespace chronograd {

namespace {

constexpr std::size_t widest = 110;

} // namespace

std::string pythonText(std::string_view text)
{
    std::string literal = "\"";
    for (const char character : text) {
        const bool isControl = static_cast<unsigned char>(character) < 0x20;
        if (character == '"' || character == '\\')
            literal += '\\';
        literal += isControl ? ' ' : character;
    }
    return literal + '"';
}

std::string pythonValue(const SettingChange& change)
{
    if (std::holds_alternative<NoValue>(change.value))
        return "None";
    if (const auto* number = std::get_if<double>(&change.value))
        return numberText(*number);
    const auto* steps = std::get_if<StepCount>(&change.value);
    return steps != nullptr && !steps->isWholeSequence() ? std::to_string(steps->number())
                                                         : pythonText(settingText(change));
}

std::string pythonList(const std::vector<std::string>& items, int indent)
{
    std::string list = "[";
    auto column = static_cast<std::size_t>(indent) + 1;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const bool isLast = i + 1 == items.size();
        if (i > 0 && column + items[i].size() + 2 > widest) {
            list += '\n' + std::string(static_cast<std::size_t>(indent) + 1, ' ');
            column = static_cast<std::size_t>(indent) + 1;
        } else if (i > 0) {
            list += ' ';
            ++column;
        }
        list += items[i] + (isLast ? "" : ",");
        column += items[i].size() + 1;
    }
    return list + ']';
}

std::string pythonRow(const Eigen::Ref<const Eigen::VectorXd>& numbers, int indent)
{
    std::vector<std::string> items;
    for (const double number : numbers)
        items.push_back(numberText(number));
    return pythonList(items, indent);
}

std::string pythonRows(const Matrix& numbers, int indent)
{
    std::string rows = "[";
    for (Eigen::Index row = 0; row < numbers.rows(); ++row) {
        rows += row > 0 ? ",\n" + std::string(static_cast<std::size_t>(indent) + 1, ' ') : "";
        rows += pythonRow(numbers.row(row).transpose(), indent + 1);
    }
    return rows + ']';
}

} // namespace chronograd
