#include "app/command_line.h"
#include "app/open_window.h"

int main(int argc, char** argv)
{
    if (chronograd::isCommand(argc, argv)) {
        return chronograd::runCommandLine(argc, argv);
    }
    return chronograd::openWindow(argc, argv);
}
