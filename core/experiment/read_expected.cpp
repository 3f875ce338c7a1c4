#include "core/experiment/book_number.h"
#include "core/experiment/experiment_reader.h"
#include "core/experiment/input_error.h"
#include "core/explain/quantity.h"

namespace chronograd {
namespace {

constexpr WholeRange bookUpdates{1, 1'000'000'000'000};

BookValue readBookValue(ReadContext& context, JsonValue item)
{
    BookValue book;
    const ObjectReader object(context, item, {"of", "update", "value", "sign", "alias", "note"});
    if (const auto of = object.require("of", "\"h1.delta[1]@1\""))
        if (readText(context, *of, book.of) && book.of.empty())
            context.reportRule(*of, "the name of a quantity, as \"h1.delta[1]@1\"");
    object.whole("update", bookUpdates, book.update);
    if (const auto value = object.require("value", "\"-0.0087\"")) {
        if (!value->is(JsonKind::String) || !bookNumber(value->text()))
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

/// The sizes that "task" stands for put in; absent where only the data say them.
std::optional<NetworkSpec> resolved(NetworkSpec network, const TaskWidth& task)
{
    LayerSpec& last = network.layers.back();
    if (!network.inputs && task.inputs)
        network.inputs = static_cast<int>(*task.inputs);
    if (!last.units && task.targets)
        last.units = static_cast<int>(*task.targets);
    return network.inputs && last.units ? std::optional(std::move(network)) : std::nullopt;
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

void checkExpected(ReadContext& context, JsonValue expected, const NetworkSpec& network,
                   const TaskWidth& task)
{
    const std::optional<NetworkSpec> spec = resolved(network, task);
    if (!expected.is(JsonKind::Array) || !spec)
        return;
    const std::shared_ptr<const Network> built = Network::build(*spec);
    for (const JsonValue item : expected.children()) {
        const auto of = item.is(JsonKind::Object) ? findMember(item, "of") : std::nullopt;
        if (!of || !of->is(JsonKind::String) || of->text().empty())
            continue;
        try {
            parseQuantity(of->text(), *built);
        } catch (const InputError& error) {
            context.report(*of, error.what());
        }
    }
}

} // namespace chronograd
