#include "app/open_window.h"

#include "app/screenshot.h"
#include "app/window_options.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/message_banner.h"
#include "ui/main_window/projector_mode.h"
#include "ui/theme/theme.h"

#include <QApplication>

#include <cstdio>

namespace chronograd {

namespace {

/// Qt aborts without a display; that has to be told before.
bool hasDisplay()
{
#ifdef Q_OS_LINUX
    return qEnvironmentVariableIsSet("QT_QPA_PLATFORM") || !qEnvironmentVariableIsEmpty("DISPLAY") ||
           !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
#else
    return true;
#endif
}

} // namespace

int openWindow(int argc, char** argv)
{
    int exitStatus = 0;
    const auto options = readWindowOptions(argc, argv, exitStatus);
    if (!options)
        return exitStatus;
    if (!hasDisplay()) {
        if (!options->isPicture()) {
            std::fprintf(stderr, "chronograd: there is no display to open a window on; "
                                 "“chronograd run FILE” trains without one\n");
            return 2;
        }
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("chronograd"));
    QApplication::setApplicationName(QStringLiteral("chronograd"));
    applyTheme(application, options->theme,
               options->isProjected ? ProjectorMode::magnificationOn(options->size) : 1.0);
    MainWindow window(options->isPicture() ? MainWindow::Memory::None : MainWindow::Memory::Kept);
    if (options->isPicture())
        window.resize(options->size);
    window.show();
    if (options->file.empty() || !window.open(options->file))
        window.openFirst(); // a file that cannot be read is told in the window, not instead of it
    return options->isPicture() ? takeScreenshot(window, *options) : QApplication::exec();
}

} // namespace chronograd
