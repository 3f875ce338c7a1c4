#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace chronograd {

/// What the sub-commands take; each reads its own part.
struct CommandArguments
{
    std::filesystem::path file;
    std::vector<std::string> assignments; ///< --set PATH=VALUE
    std::optional<std::int64_t> updates;  ///< run --updates
    std::int64_t generate = 0;            ///< run --generate: so many symbols; 0: none
    double temperature = 1.0;             ///< --temperature
    std::string start;                    ///< --start; empty: the first symbol of the task
    std::int64_t update = 1;              ///< --update
    std::filesystem::path metrics;
    std::filesystem::path save;
    std::filesystem::path out;
    std::string of;
    std::string format = "text";
    std::string to;                ///< export --to
    std::vector<std::string> vary; ///< sweep --vary PATH=VALUE,VALUE,…
    int repeats = 1;
    int jobs = 0;                              ///< 0: one per core.
    std::string part;                          ///< "3/16"; empty: the whole.
    std::string measure;                       ///< What the picture shows; empty: the usual one.
    std::vector<std::filesystem::path> merged; ///< sweep --merge: folders of parts.
};

// Each returns its exit status and throws InputError for bad input.

int runCommand(const CommandArguments& arguments);      ///< Trains without a window.
int traceCommand(const CommandArguments& arguments);    ///< Writes what one update computed.
int checkCommand(const CommandArguments& arguments);    ///< Compares a gradient with central differences.
int explainCommand(const CommandArguments& arguments);  ///< Says where one number comes from.
int sweepCommand(const CommandArguments& arguments);    ///< Trains every combination of some settings.
int exportCommand(const CommandArguments& arguments);   ///< Writes a script that trains the same elsewhere.
int validateCommand(const CommandArguments& arguments); ///< Checks a file.

} // namespace chronograd
