#include "core/explain/explain.h"

#include "core/experiment/json_writer.h"

namespace chronograd {

namespace {

using Kind = Expression::Kind;

std::string operationName(const Expression& expression)
{
    switch (expression.kind) {
    case Kind::Sum:
        return "sum";
    case Kind::Product:
        return "product";
    case Kind::Quotient:
        return "quotient";
    case Kind::Negate:
        return "negate";
    case Kind::Power:
        return "power";
    default:
        return expression.symbol.base;
    }
}

void writeTree(JsonWriter& json, const Expression& expression, const Network& network)
{
    if (expression.kind == Kind::Number) {
        json.number(expression.value);
        return;
    }
    if (expression.kind == Kind::Value) {
        json.text(quantityText(*expression.of, network));
        return;
    }
    json.beginObject(JsonWriter::Layout::Line);
    json.key("op").text(operationName(expression));
    json.key("args").beginArray();
    for (const Expression& child : expression.children)
        writeTree(json, child, network);
    json.endArray();
    if (!expression.note.empty())
        json.key("note").text(expression.note);
    json.endObject();
}

} // namespace

std::string explanationJson(const Explanation& explanation, const Network& network)
{
    JsonWriter json;
    json.beginObject();
    json.key("of").text(quantityText(explanation.of, network));
    json.key("value").number(explanation.value);
    if (explanation.sign == SignConvention::ErrorSignal)
        json.key("sign").text("error signal"); // of all deltas in it
    json.key("formula");
    writeTree(json, explanation.numbers, network);
    json.key("terms").beginArray();
    for (const Expression& term : termsOf(explanation.numbers)) {
        json.beginObject(JsonWriter::Layout::Line);
        json.key("of").text(quantityText(*term.of, network));
        json.key("value").number(term.value);
        json.endObject();
    }
    json.endArray();
    json.endObject();
    return json.take() + "\n";
}

} // namespace chronograd
