#include "core/sweep/plan_file.h"

#include "core/experiment/json_document.h"
#include "core/experiment/json_writer.h"
#include "core/experiment/read_context.h"

namespace chronograd {
namespace {

constexpr std::int64_t version = 1;

void readAxis(ReadContext& context, JsonValue value, SweepAxis& axis)
{
    const ObjectReader object(context, value, {"path", "values"});
    if (object.require("path", "\"training.k1\""))
        object.text("path", axis.path);
    const auto values = object.require("values", "[\"1\", \"2\"]");
    if (!values || !readList(context, *values, "values"))
        return;
    for (const JsonValue item : values->children())
        readText(context, item, axis.values.emplace_back());
    if (axis.values.empty())
        context.report(*values, "empty; must have at least one value");
}

} // namespace

std::string planText(const SweepPlan& plan)
{
    JsonWriter json;
    json.beginObject();
    json.key("chronograd_sweep").whole(version);
    json.key("vary").beginArray();
    for (const SweepAxis& axis : plan.axes()) {
        json.beginObject(JsonWriter::Layout::Line);
        json.key("path").text(axis.path);
        json.key("values").beginArray(JsonWriter::Layout::Line);
        for (const std::string& value : axis.values)
            json.text(value);
        json.endArray();
        json.endObject();
    }
    json.endArray();
    json.key("repeats").whole(plan.repeats());
    json.endObject();
    return json.take() + '\n';
}

PlanFile parsePlan(std::string_view text, const std::string& source)
{
    const JsonDocument document = JsonDocument::parse(text, source);
    ReadContext context(source, {});
    PlanFile file;
    const ObjectReader object(context, document.root(), {"chronograd_sweep", "vary", "repeats"});
    std::int64_t read = version;
    if (object.require("chronograd_sweep", "1"))
        object.whole("chronograd_sweep", {version, version}, read);
    const auto vary = object.require("vary", "[]");
    if (vary && readList(context, *vary, "settings"))
        for (const JsonValue item : vary->children())
            readAxis(context, item, file.axes.emplace_back());
    std::int64_t repeats = 1;
    if (object.whole("repeats", {1, SweepPlan::mostRuns}, repeats))
        file.repeats = static_cast<int>(repeats);
    context.throwFirst();
    return file;
}

} // namespace chronograd
