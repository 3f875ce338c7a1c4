#include "core/experiment/edit_target.h"
#include "core/experiment/experiment_reader.h"
#include "core/experiment/format_names.h"

#include <algorithm>

namespace chronograd {
namespace {

std::optional<JsonValue> findPath(JsonValue from, std::initializer_list<std::string_view> keys)
{
    std::optional<JsonValue> at = from;
    for (const std::string_view key : keys)
        if (at)
            at = findMember(*at, key);
    return at;
}

std::vector<JsonValue> layerPlaces(JsonValue document)
{
    std::vector<JsonValue> places;
    if (const auto layers = findPath(document, {"network", "layers"}))
        for (const JsonValue layer : layers->children())
            places.push_back(layer);
    return places;
}

void addChildren(std::vector<JsonValue>& places, const std::optional<JsonValue>& list)
{
    if (list && list->is(JsonKind::Array))
        for (const JsonValue item : list->children())
            places.push_back(item);
}

/// What can have a "set" and an "edit": entries of the schedule of the training and of those that a session
/// keeps of other courses, and the choices that can be undone.
std::vector<JsonValue> changePlaces(JsonValue document)
{
    std::vector<JsonValue> places;
    addChildren(places, findPath(document, {"training", "schedule"}));
    addChildren(places, findPath(document, {"session", "given_schedule"}));
    std::vector<JsonValue> courses;
    addChildren(courses, findPath(document, {"session", "other_courses"}));
    for (const JsonValue course : courses)
        addChildren(places, findMember(course, "schedule"));
    std::vector<JsonValue> undone;
    addChildren(undone, findPath(document, {"session", "undo", "entries"}));
    for (const JsonValue entry : undone)
        for (const std::string_view key : {"before", "after"})
            if (const auto choice = findMember(entry, key))
                places.push_back(*choice);
    return places;
}

/// `training` and every "set": the objects that can hold settings.
std::vector<JsonValue> settingPlaces(JsonValue document)
{
    std::vector<JsonValue> places;
    if (const auto training = findMember(document, "training"))
        places.push_back(*training);
    for (const JsonValue entry : changePlaces(document))
        if (const auto set = findMember(entry, "set"))
            places.push_back(*set);
    return places;
}

bool isText(JsonValue value, std::string_view text)
{
    return value.is(JsonKind::String) && value.text() == text;
}

void checkLoss(ReadContext& context, JsonValue loss, const LayerSpec& last)
{
    const bool gated = last.cell == Cell::Lstm || last.cell == Cell::Gru;
    const std::string activation =
        gated ? "fixed (" + std::string(format::cells[static_cast<std::size_t>(last.cell)]) + ")"
              : std::string(format::activations[static_cast<std::size_t>(last.activation.kind)]);
    const bool softmax = !gated && last.activation.kind == Activation::Softmax;
    const bool sigmoid = !gated && last.activation.kind == Activation::Sigmoid;
    if (isText(loss, "cross_entropy") && !softmax)
        context.report(loss,
                       "cross_entropy needs a last layer with the activation softmax, its activation is " +
                           activation);
    if (isText(loss, "binary_cross_entropy") && !sigmoid)
        context.report(
            loss, "binary_cross_entropy needs a last layer with the activation sigmoid, its activation is " +
                      activation);
}

void checkBidirectional(ReadContext& context, JsonValue document, JsonValue bidirectional)
{
    const std::string rule = "\"n\" with a bidirectional layer, which needs the whole sequence";
    const auto training = findMember(document, "training");
    for (const std::string_view key : {"k1", "k2"})
        if (!training || !findMember(*training, key))
            context.report(training.value_or(bidirectional), std::string(key) + " must be " + rule + ", is " +
                                                                 (key == "k1" ? "5" : "20") +
                                                                 " (its default)");
    for (const JsonValue place : settingPlaces(document)) {
        for (const std::string_view key : {"k1", "k2"})
            if (const auto steps = findMember(place, key); steps && !isText(*steps, "n"))
                context.reportRule(*steps, rule);
        if (const auto state = findMember(place, "state"); state && isText(*state, "carry"))
            context.report(*state, "carry cannot be with a bidirectional layer; must be \"reset\"");
    }
}

void checkCarry(ReadContext& context, JsonValue document)
{
    const auto shuffle = findPath(document, {"training", "shuffle"});
    const auto batch = findPath(document, {"training", "batch_size"});
    const bool shuffled = shuffle && shuffle->is(JsonKind::Boolean) && shuffle->boolean();
    const bool batched = batch && (isText(*batch, "all") || wholeNumber(*batch).value_or(1) > 1);
    if (shuffled || batched)
        for (const JsonValue place : settingPlaces(document))
            if (const auto state = findMember(place, "state"); state && isText(*state, "carry"))
                context.report(*state, std::string("carry cannot be with ") +
                                           (shuffled ? "shuffle" : "a batch") + "; must be \"reset\", or " +
                                           (shuffled ? "shuffle false" : "batch_size 1"));
}

std::string countOf(std::int64_t count, const std::string& what)
{
    return std::to_string(count) + ' ' + what + (count == 1 ? "" : "s");
}

const ParameterShape* findShape(std::span<const ParameterShape> shapes, std::string_view name)
{
    const auto found = std::find_if(shapes.begin(), shapes.end(),
                                    [name](const ParameterShape& shape) { return shape.name == name; });
    return found == shapes.end() ? nullptr : &*found;
}

std::string shapeNames(std::span<const ParameterShape> shapes)
{
    std::vector<std::string_view> names;
    for (const ParameterShape& shape : shapes)
        names.push_back(shape.name);
    return listed(names);
}

void checkWeightEdit(ReadContext& context, JsonValue key, const EditTarget& target,
                     std::span<const ParameterShape> shapes)
{
    const ParameterShape* shape = findShape(shapes, target.name);
    if (!shape)
        context.report(key, "no such parameter; known here: " + shapeNames(shapes) + ", input and target");
    else if (shape->isBias == target.column.has_value())
        context.report(key, shape->isBias ? "must have one index, as in " + shape->name + "[1]"
                                          : "must have two indices, as in " + shape->name + "[1,1]");
    else if (target.row > shape->rows.value_or(target.row) ||
             target.column.value_or(1) > shape->columns.value_or(target.column.value_or(1)))
        context.report(key, "outside the parameter, which is " + shape->text() + "; indices count from 1");
}

void checkDatumEdit(ReadContext& context, JsonValue key, const EditTarget& target, const TaskWidth& task)
{
    const auto& width = target.name == "input" ? task.inputs : task.targets;
    if (width && target.row > *width)
        context.report(key, "outside the task, which has " + countOf(*width, target.name) + "; must be " +
                                target.name + "[1] to " + target.name + '[' + std::to_string(*width) + ']');
    else if (*target.t > format::maxSteps)
        context.report(key,
                       "t is beyond the limit of " + std::to_string(format::maxSteps) + " steps a sequence");
}

} // namespace

void checkSizes(ReadContext& context, JsonValue document, const NetworkSpec& network, const TaskSpec& spec)
{
    const TaskWidth task = taskWidth(spec);
    const bool isInline = std::holds_alternative<InlineTask>(spec);
    const JsonValue inputs = *findPath(document, {"network", "inputs"});
    if (network.inputs && task.inputs && *network.inputs != *task.inputs)
        context.report(inputs, "the network has " + countOf(*network.inputs, "input") + ", the task gives " +
                                   std::to_string(*task.inputs) + "; must be equal, or \"task\"");
    if (!network.inputs && !task.inputs && isInline)
        context.report(inputs, "\"task\", but all input rows of the task are null; must be a number");
    const LayerSpec& last = network.layers.back();
    const JsonValue units = *findMember(layerPlaces(document).back(), "units");
    if (!last.units && !task.targets && isInline)
        context.report(units, "\"task\", but all target rows of the task are null; must be a number");
    if (!last.units || !task.targets)
        return;
    const std::int64_t outputs = *last.units * (last.bidirectional ? 2 : 1);
    if (outputs != *task.targets)
        context.report(units, "the last layer has " + countOf(outputs, "output") + ", the task gives " +
                                  countOf(*task.targets, "target") + "; must be equal, or \"task\"");
}

void checkParameterCount(ReadContext& context, JsonValue document, std::span<const ParameterShape> shapes)
{
    const std::vector<JsonValue> layers = layerPlaces(document);
    std::int64_t count = 0;
    for (const ParameterShape& shape : shapes) {
        count += shape.rows.value_or(1) * shape.columns.value_or(1);
        if (count > format::maxParameters) {
            context.report(findMember(layers[shape.layer], "units").value_or(layers[shape.layer]),
                           "the network has " + std::to_string(count) +
                               " parameters up to here; the limit is " +
                               std::to_string(format::maxParameters));
            return;
        }
    }
}

void checkTraining(ReadContext& context, JsonValue document, const NetworkSpec& network)
{
    for (const JsonValue place : settingPlaces(document))
        if (const auto loss = findMember(place, "loss"))
            checkLoss(context, *loss, network.layers.back());
    const std::vector<JsonValue> layers = layerPlaces(document);
    for (std::size_t i = 0; i < layers.size(); ++i)
        if (network.layers[i].bidirectional) {
            checkBidirectional(context, document, *findMember(layers[i], "bidirectional"));
            break;
        }
    checkCarry(context, document);
}

void checkEdits(ReadContext& context, JsonValue document, std::span<const ParameterShape> shapes,
                const TaskWidth& task)
{
    for (const JsonValue entry : changePlaces(document)) {
        const auto edit = findMember(entry, "edit");
        if (!edit || !edit->is(JsonKind::Object))
            continue;
        for (const JsonValue key : edit->children()) {
            const auto target = parseEditTarget(key.text());
            if (!target)
                context.report(key, "not the name of a number; must be like hidden.W_h[3,2], hidden.b[3] or "
                                    "input[1]@5#3");
            else if (target->isDatum())
                checkDatumEdit(context, key, *target, task);
            else
                checkWeightEdit(context, key, *target, shapes);
        }
    }
}

} // namespace chronograd
