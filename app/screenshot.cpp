#include "app/screenshot.h"

#include "ui/main_window/session_bridge.h"

#include "app/window_options.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/message_banner.h"

#include <QApplication>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QPixmap>
#include <QThread>

#include <cstdio>

namespace chronograd {

namespace {

void letPass(int milliseconds)
{
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < milliseconds) {
        QApplication::processEvents();
        QThread::msleep(2);
    }
}

bool hasEnded(RunState state)
{
    return state == RunState::Finished || state == RunState::Diverged;
}

/// Update by update, so that it stops exactly there; a minute is more than any picture needs.
void trainTo(SessionBridge& bridge, std::int64_t updates)
{
    if (updates == 0)
        bridge.post(RestartCommand{});
    for (std::int64_t update = 1; update < updates; ++update) // the window made the first
        bridge.post(StepCommand{Granularity::Update});
    QElapsedTimer clock;
    clock.start();
    constexpr int patience = 60'000;
    const auto there = [&bridge, updates] {
        return bridge.frame() && bridge.frame()->position.update >= updates;
    };
    while (!there() && !hasEnded(bridge.state()) && clock.elapsed() < patience)
        letPass(20);
    constexpr int settling = 400; // animations and late replots
    letPass(settling);
}

void bringToFront(const MainWindow& window, const std::vector<std::string>& cards)
{
    for (const std::string& name : cards) {
        auto* card = window.findChild<QDockWidget*>(QString::fromStdString(name));
        if (card == nullptr) {
            std::fprintf(stderr, "chronograd: there is no card %s\n", name.c_str());
            continue;
        }
        card->show();
        card->raise();
    }
    letPass(50);
}

} // namespace

int takeScreenshot(MainWindow& window, const WindowOptions& options)
{
    SessionBridge& bridge = window.bridge();
    bringToFront(window, options.cards);
    if (bridge.experiment() != nullptr)
        trainTo(bridge, options.updates);
    if (!options.select.empty() && !window.select(options.select))
        std::fprintf(stderr, "chronograd: %s\n", qUtf8Printable(window.banner().text()));
    letPass(300);
    const QString file = QString::fromStdU16String(options.screenshot.u16string());
    if (!window.grab().save(file)) {
        std::fprintf(stderr, "chronograd: cannot write %s\n", qUtf8Printable(file));
        return 2;
    }
    return 0;
}

} // namespace chronograd
