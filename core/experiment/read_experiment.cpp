#include "core/experiment/experiment_io.h"
#include "core/experiment/experiment_reader.h"
#include "core/experiment/format_names.h"
#include "core/experiment/json_assignment.h"
#include "core/experiment/out_of_memory.h"

#include <cerrno>
#include <fstream>
#include <system_error>

namespace chronograd {
namespace {

std::string readText(const std::filesystem::path& file)
{
    const auto fail = [&](const std::string& reason) {
        throw InputError(file.string() + ": cannot be read: " + reason);
    };
    std::error_code error;
    if (std::filesystem::is_directory(file, error))
        fail("it is a folder, must be an experiment file");
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (!in)
        fail(std::generic_category().message(errno));
    // One byte more than allowed is enough to refuse the file, however long it is.
    std::string text;
    while (in && text.size() <= JsonDocument::maxBytes) {
        constexpr std::size_t block = 1u << 16;
        const std::size_t size = text.size();
        text.resize(size + block);
        in.read(text.data() + size, block);
        text.resize(size + static_cast<std::size_t>(in.gcount()));
    }
    if (in.bad())
        fail(std::generic_category().message(errno));
    return text;
}

/// What else is wrong with a newer file may be new and right.
void refuseNewer(ReadContext& context, JsonValue document)
{
    const auto version = findMember(document, "chronograd");
    if (version && version->isNumber() && version->number() > double(format::version))
        context.report(*version, "made by a newer version of Chronograd (format " + version->shown() +
                                     "); this one reads format " + std::to_string(format::version));
    context.throwFirst();
}

void checkVersion(ReadContext& context, const ObjectReader& object)
{
    const auto version = object.require("chronograd", "1");
    if (version && wholeNumber(*version) != format::version)
        context.reportRule(*version, std::to_string(format::version) + " (the version of the format)");
}

void readSections(ReadContext& context, JsonValue document, Experiment& experiment)
{
    const ObjectReader object(context, document,
                              {"chronograd", "name", "description", "author", "network", "task", "training",
                               "expected", "session"});
    checkVersion(context, object);
    object.text("name", experiment.name);
    object.text("description", experiment.description);
    object.text("author", experiment.author);

    const auto network = object.require("network", "{\"inputs\": \"task\", \"layers\": […]}");
    const std::size_t beforeNetwork = context.findings();
    if (network)
        experiment.network = readNetwork(context, *network);
    const bool networkGood = network && context.findings() == beforeNetwork;

    const auto task = object.require("task", "{\"kind\": \"echo\"}");
    const std::size_t beforeTask = context.findings();
    if (task)
        experiment.task = readTask(context, *task);
    const bool taskGood = task && context.findings() == beforeTask;

    if (const auto training = object.find("training"))
        experiment.training = readTraining(context, *training);
    if (const auto expected = object.find("expected"))
        experiment.expected = readExpected(context, *expected);
    if (!networkGood)
        return;

    const TaskWidth width = taskGood ? taskWidth(experiment.task) : TaskWidth();
    if (taskGood)
        checkSizes(context, document, experiment.network, experiment.task);
    const std::vector<ParameterShape> shapes =
        parameterShapes(experiment.network, width.inputs, width.targets);
    const std::size_t beforeCount = context.findings();
    checkParameterCount(context, document, shapes);
    if (const auto expected = object.find("expected"); expected && context.findings() == beforeCount)
        checkExpected(context, *expected, experiment.network, width);
    if (const auto weights = findMember(*network, "weights"))
        experiment.network.weights = readParameters(context, *weights, shapes);
    if (const auto session = object.find("session"))
        experiment.session = readSession(context, *session, shapes);
    checkTraining(context, document, experiment.network);
    checkEdits(context, document, shapes, width);
}

Experiment parse(std::string_view text, const std::filesystem::path& file,
                 const std::vector<std::string>& assignments)
{
    const std::string source = file.empty() ? "experiment" : shownText(file.string(), 400);
    try {
        JsonDocument document = JsonDocument::parse(text, source);
        if (assignments.size() > JsonDocument::maxOrigin)
            throw InputError("--set: given " + std::to_string(assignments.size()) + " times; the limit is " +
                             std::to_string(JsonDocument::maxOrigin));
        for (std::size_t i = 0; i < assignments.size(); ++i)
            assign(document, assignments[i], static_cast<int>(i) + 1);
        Experiment experiment;
        experiment.file = file;
        ReadContext context(source, assignments);
        refuseNewer(context, document.root());
        readSections(context, document.root(), experiment);
        context.throwFirst();
        return experiment;
    } catch (const std::bad_alloc&) {
        throw OutOfMemory(source + ": does not fit in memory; must be a smaller experiment");
    }
}

} // namespace

Experiment readExperiment(const std::filesystem::path& file)
{
    return readExperiment(file, {});
}

Experiment parseExperiment(std::string_view text, const std::filesystem::path& file)
{
    return parse(text, file, {});
}

Experiment parseExperiment(std::string_view text, const std::filesystem::path& file,
                           const std::vector<std::string>& assignments)
{
    return parse(text, file, assignments);
}

Experiment readExperiment(const std::filesystem::path& file, const std::vector<std::string>& assignments)
{
    return parse(readText(file), file, assignments);
}

} // namespace chronograd
