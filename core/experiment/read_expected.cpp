#include "core/experiment/experiment_reader.h"

#include <charconv>

namespace chronograd {
namespace {

bool isDecimal(std::string_view text)
{
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() &&
           text.find_first_not_of("+-.0123456789eE") == text.npos;
}

BookValue readBookValue(ReadContext& context, JsonValue item)
{
    BookValue book;
    const ObjectReader object(context, item, {"of", "value", "sign", "alias", "note"});
    if (const auto of = object.require("of", "\"h1.delta[1]@1\""))
        if (readText(context, *of, book.of) && book.of.empty())
            context.reportRule(*of, "the name of a quantity, as \"h1.delta[1]@1\"");
    if (const auto value = object.require("value", "\"-0.0087\"")) {
        if (!value->is(JsonKind::String) || !isDecimal(value->text()))
            context.reportRule(*value, "a decimal number in quotes (its digits count)");
        else
            book.value = value->text();
    }
    object.text("sign", book.sign);
    if (!book.sign.empty() && book.sign != "error signal" && book.sign != "delta")
        context.reportRule(*object.find("sign"), "\"error signal\" or \"delta\"");
    object.text("alias", book.alias);
    object.text("note", book.note);
    return book;
}

} // namespace

std::vector<BookValue> readExpected(ReadContext& context, JsonValue value)
{
    std::vector<BookValue> expected;
    if (readList(context, value, "book values"))
        for (const JsonValue item : value.children())
            expected.push_back(readBookValue(context, item));
    return expected;
}

} // namespace chronograd
