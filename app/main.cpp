#include "app/open_window.h"

int main(int argc, char** argv)
{
    return chronograd::openWindow(argc, argv);
}
