#include "core/experiment/experiment_reader.h"

#include <algorithm>

namespace chronograd {
namespace {

using Size = std::optional<std::int64_t>;

bool fits(const Size& expected, std::int64_t actual)
{
    return !expected || *expected == actual;
}

/// One column from a plain list of numbers.
void readColumn(ReadContext& context, JsonValue value, const ParameterShape& shape, Matrix& result)
{
    const auto count = static_cast<std::int64_t>(value.count());
    if (!fits(shape.rows, count)) {
        context.report(value,
                       "must be a list of " + shape.text() + " numbers, is one of " + std::to_string(count));
        return;
    }
    result.resize(count, 1);
    Eigen::Index row = 0;
    for (const JsonValue item : value.children())
        if (!readNumber(context, item, {}, result(row++, 0)))
            return;
}

/// The number of columns that all rows have; reports where they differ.
Size widthOf(ReadContext& context, JsonValue value)
{
    Size width;
    for (const JsonValue row : value.children()) {
        if (!readList(context, row, "numbers (a row of the matrix)"))
            return std::nullopt;
        const auto count = static_cast<std::int64_t>(row.count());
        if (width && count != *width) {
            context.report(row, "must have " + std::to_string(*width) + " numbers as the rows before, has " +
                                    std::to_string(count));
            return std::nullopt;
        }
        width = count;
    }
    return width.value_or(0);
}

void readMatrix(ReadContext& context, JsonValue value, const ParameterShape& shape, Matrix& result)
{
    const Size width = widthOf(context, value);
    if (!width)
        return;
    const auto count = static_cast<std::int64_t>(value.count());
    if (!fits(shape.rows, count) || !fits(shape.columns, *width)) {
        context.report(value, "must be " + shape.text() + " (rows × columns), is " + std::to_string(count) +
                                  " × " + std::to_string(*width));
        return;
    }
    result.resize(count, *width);
    Eigen::Index i = 0;
    for (const JsonValue row : value.children()) {
        Eigen::Index j = 0;
        for (const JsonValue item : row.children())
            if (!readNumber(context, item, {}, result(i, j++)))
                return;
        ++i;
    }
}

} // namespace

std::map<std::string, Matrix> readParameters(ReadContext& context, JsonValue value,
                                             std::span<const ParameterShape> shapes)
{
    std::map<std::string, Matrix> parameters;
    std::vector<std::string_view> names;
    for (const ParameterShape& shape : shapes)
        names.push_back(shape.name);
    const ObjectReader object(context, value, names);
    if (!object.isObject())
        return parameters;
    for (const JsonValue key : value.children()) {
        const auto name = std::find(names.begin(), names.end(), key.text());
        if (name == names.end())
            continue;
        const ParameterShape& shape = shapes[static_cast<std::size_t>(name - names.begin())];
        const JsonValue entry = key.value();
        Matrix& result = parameters[shape.name];
        if (!entry.is(JsonKind::Array))
            context.reportRule(entry, shape.isBias ? "a list of " + shape.text() + " numbers"
                                                   : "a list of rows, " + shape.text() + " (rows × columns)");
        else if (shape.isBias)
            readColumn(context, entry, shape, result);
        else
            readMatrix(context, entry, shape, result);
    }
    return parameters;
}

} // namespace chronograd
