#include "app/open_window.h"

#include "ui/theme/theme.h"

#include <QApplication>
#include <QMainWindow>

namespace chronograd {

int openWindow(int argc, char** argv)
{
    QApplication application(argc, argv);
    applyTheme(application, ThemeKind::Light);
    QMainWindow window;
    window.resize(1600, 1000);
    window.show();
    return QApplication::exec();
}

} // namespace chronograd
