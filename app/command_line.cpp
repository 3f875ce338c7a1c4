#include "app/command_line.h"

#include "app/commands/commands.h"
#include "core/experiment/input_error.h"
#include "core/kernels/kernels.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <string_view>

namespace chronograd {

namespace {

constexpr int usageError = 2;
constexpr int fault = 3;

struct SubCommand
{
    const char* name;
    const char* help;
    int (*run)(const CommandArguments&);
    bool takesUpdate;
};

constexpr std::array commands{
    SubCommand{"run", "Train without a window", runCommand, false},
    SubCommand{"trace", "Write what one update computed, as JSON", traceCommand, true},
    SubCommand{"check", "Compare the gradient of one update with central differences", checkCommand, true},
    SubCommand{"explain", "Say where one number comes from", explainCommand, true},
    SubCommand{"sweep", "Train every combination of values of some settings", sweepCommand, false},
    SubCommand{"export", "Write a script that trains the same network elsewhere", exportCommand, false},
    SubCommand{"validate", "Check an experiment file", validateCommand, false},
};

void addSweepOptions(CLI::App& sub, CommandArguments& arguments)
{
    sub.add_option(
           "--vary", arguments.vary,
           "A setting and its values, as training.k1=1,2,5 or training.learning_rate=0.001..0.1:5:log; "
           "one to four times")
        ->type_name("PATH=VALUES")
        ->allow_extra_args(false);
    sub.add_option("--repeats", arguments.repeats, "Runs of every combination, each with other seeds")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    sub.add_option("--jobs", arguments.jobs, "Runs at a time; default: one per core")
        ->check(CLI::Range(1, 4096));
    sub.add_option("--part", arguments.part, "Only every N-th run, beginning with run I")->type_name("I/N");
    sub.add_option("--measure", arguments.measure,
                   "What the picture shows; default: test_loss where there is one, else loss")
        ->check(CLI::IsMember({"loss", "test_loss", "accuracy", "updates"}));
    sub.add_option("--merge", arguments.merged,
                   "Instead of FILE and --vary: put the runs of these folders together")
        ->type_name("DIR")
        ->expected(1, 10'000);
    sub.add_option("--out", arguments.out, "The folder for results; a sweep that is there is gone on with")
        ->required()
        ->type_name("DIR");
}

void addOptions(CLI::App& sub, const SubCommand& command, CommandArguments& arguments)
{
    sub.add_option("FILE", arguments.file, "The experiment file (.chronograd.json)")
        ->required(command.run != sweepCommand); // not to merge
    sub.add_option("--set", arguments.assignments, "Change a value of the file first, as training.k1=3")
        ->type_name("PATH=VALUE")
        ->allow_extra_args(false);
    if (command.takesUpdate) {
        sub.add_option("--update", arguments.update, "Which update, counted from 1")
            ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000'000}))
            ->capture_default_str();
    }
    if (command.run == runCommand) {
        sub.add_option("--updates", arguments.updates, "Stop after so many updates")
            ->check(CLI::Range(std::int64_t{0}, std::int64_t{1'000'000'000'000}));
        sub.add_option("--metrics", arguments.metrics, "Write a CSV file with a row for every update")
            ->type_name("CSV");
        sub.add_option("--generate", arguments.generate, "Then let the network say so many symbols")
            ->check(CLI::Range(std::int64_t{1}, std::int64_t{10'000'000}));
        sub.add_option("--temperature", arguments.temperature,
                       "How boldly it draws them; 0: always the likeliest")
            ->check(CLI::Range(0.0, 1000.0))
            ->capture_default_str();
        sub.add_option("--start", arguments.start, "What it begins with")->type_name("TEXT");
        sub.add_option("--save", arguments.save, "Write the trained experiment")->type_name("JSON");
    } else if (command.run == sweepCommand) {
        addSweepOptions(sub, arguments);
    } else if (command.run == traceCommand) {
        sub.add_option("--out", arguments.out, "Write to this file instead of standard output")
            ->type_name("FILE");
    } else if (command.run == explainCommand) {
        sub.add_option("--of", arguments.of, "The quantity, as hidden.delta[3]@15")
            ->required()
            ->type_name("QUANTITY");
        sub.add_option("--format", arguments.format, "How to print it")
            ->check(CLI::IsMember({"text", "latex", "json"}))
            ->capture_default_str();
    } else if (command.run == exportCommand) {
        sub.add_option("--to", arguments.to, "For which library")
            ->required()
            ->check(CLI::IsMember({"pytorch"}));
        sub.add_option("--out", arguments.out, "Write to this file instead of standard output")
            ->type_name("FILE");
    }
}

/// One line, whatever the library says.
int usageProblem(const std::string& what)
{
    std::string line = what.substr(0, what.find_last_not_of("\n") + 1);
    std::replace(line.begin(), line.end(), '\n', ' ');
    std::fprintf(stderr, "chronograd: %s (try chronograd --help)\n", line.c_str());
    return usageError;
}

int runSafely(const SubCommand& command, const CommandArguments& arguments)
{
    try {
        return command.run(arguments);
    } catch (const InputError& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return usageError;
    } catch (const std::bad_alloc&) {
        std::fprintf(stderr, "chronograd: there is not enough memory for this experiment\n");
        return fault;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "chronograd: a fault of the program: %s\n", error.what());
        return fault;
    }
}

} // namespace

std::string versionText()
{
    return "chronograd " CHRONOGRAD_VERSION " (kernels: " + std::string(kernels::kernelSetName()) + ")";
}

bool isCommand(int argc, const char* const* argv)
{
    if (argc < 2) {
        return false;
    }
    const std::string_view first = argv[1];
    return first == "--help" || first == "-h" || first == "--version" ||
           std::any_of(commands.begin(), commands.end(),
                       [&](const SubCommand& command) { return first == command.name; });
}

int runCommandLine(int argc, const char* const* argv)
{
    CommandArguments arguments;
    CLI::App app("Chronograd: watch back-propagation through time.\n"
                 "chronograd [FILE] opens the window; the sub-commands need no display.",
                 "chronograd");
    app.set_version_flag("--version", versionText());
    app.require_subcommand(0, 1);
    app.footer("chronograd COMMAND --help tells more about one of them.");
    for (const SubCommand& command : commands) {
        addOptions(*app.add_subcommand(command.name, command.help), command, arguments);
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& wantsText) {
        return app.exit(wantsText);
    } catch (const CLI::ParseError& error) {
        return usageProblem(error.what());
    }
    for (const SubCommand& command : commands) {
        if (app.got_subcommand(command.name)) {
            return runSafely(command, arguments);
        }
    }
    return usageProblem("a command is missing");
}

} // namespace chronograd
