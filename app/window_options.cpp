#include "app/window_options.h"

#include "app/command_line.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <map>

namespace chronograd {

namespace {

std::string readSize(QSize& size, const std::string& text)
{
    int width = 0;
    int height = 0;
    char rest = 0;
    if (std::sscanf(text.c_str(), "%dx%d%c", &width, &height, &rest) != 2 || width < 1 || height < 1)
        return "must be WIDTHxHEIGHT, e.g. 1600x1000, is " + text;
    size = QSize(width, height);
    return {};
}

} // namespace

std::optional<WindowOptions> readWindowOptions(int argc, char** argv, int& exitStatus)
{
    WindowOptions options;
    CLI::App app("Watch and steer back-propagation through time.", "chronograd");
    std::string size = "1600x1000";
    app.add_option("file", options.file, "The experiment to open")->type_name("FILE");
    // For pictures of the window in documents; not part of everyday use.
    app.add_option("--screenshot", options.screenshot)->group("");
    app.add_option("--size", size)->group("")->check([&options](const std::string& text) {
        return readSize(options.size, text);
    });
    const std::map<std::string, ThemeKind> themes{
        {"light", ThemeKind::Light}, {"dark", ThemeKind::Dark}, {"grey", ThemeKind::Grey}};
    app.add_option("--theme", options.theme)->group("")->transform(CLI::CheckedTransformer(themes));
    app.add_flag("--projector", options.isProjected)->group("");
    app.add_option("--updates", options.updates)->group("")->check(CLI::NonNegativeNumber);
    app.add_option("--select", options.select)->group("");
    app.add_option("--card", options.cards)->group("")->allow_extra_args(false);
    app.set_version_flag("--version", versionText()); // also behind a file
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& success) {
        exitStatus = app.exit(success);
        return std::nullopt;
    } catch (const CLI::ParseError& error) {
        std::fprintf(stderr, "chronograd: %s\n", error.what());
        exitStatus = 2;
        return std::nullopt;
    }
    return options;
}

} // namespace chronograd
