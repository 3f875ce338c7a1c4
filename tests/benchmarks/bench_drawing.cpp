#include "tests/support/frame_maker.h"
#include "ui/graph/graph_canvas.h"
#include "ui/graph/graph_view.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QImage>
#include <QScrollBar>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <vector>

// How long one frame of the unfolded graph takes: new numbers (training goes on by one update between two
// frames), or the view scrolled or zoomed, then everything that is needed to have it on the screen.
// 1600 × 900 pixels, off screen.

using namespace chronograd;

namespace {

constexpr int warmUp = 5;
constexpr int rounds = 60;

struct Case
{
    int steps;
    int units;
};

/// What changes from one frame to the next.
enum class Change
{
    Numbers, ///< Training goes on.
    Scroll,  ///< The same numbers, 37 pixels on.
    Zoom,    ///< The same numbers, a little nearer or farther.
};

struct Look
{
    const char* name;
    EdgeQuantity quantity;
    bool whole; ///< Zoomed out until all steps are in view, as far as zooming goes.
    Change change = Change::Numbers;
};

void change(GraphView& view, const Look& look, int round,
            const std::vector<std::shared_ptr<const Frame>>& frames)
{
    QScrollBar& bar = *view.canvas().horizontalScrollBar();
    switch (look.change) {
    case Change::Numbers:
        view.showFrame(frames[static_cast<std::size_t>(round) % frames.size()]);
        break;
    case Change::Scroll:
        bar.setValue(bar.value() < 37 ? bar.maximum() : bar.value() - 37);
        break;
    case Change::Zoom:
        view.canvas().zoomBy(round % 20 < 10 ? 1.06 : 1.0 / 1.06, 800.0);
        break;
    }
}

void measure(const Case& size, const Look& look, const std::vector<std::shared_ptr<const Frame>>& frames)
{
    GraphView view;
    view.resize(1600, 900);
    view.setEdgeQuantity(look.quantity);
    QImage image(view.size(), QImage::Format_RGB32);
    view.showFrame(frames.front());
    view.render(&image);
    if (look.whole) {
        const double width = view.canvas().state().layout.width();
        view.canvas().zoomBy(view.canvas().viewport()->width() / width, 0.0);
    }
    std::vector<double> times;
    std::vector<double> busy;
    for (int round = 0; round < warmUp + rounds; ++round) {
        const std::clock_t busySince = std::clock();
        const auto start = std::chrono::steady_clock::now();
        change(view, look, round, frames);
        view.render(&image);
        const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - start;
        const double work = 1e3 * static_cast<double>(std::clock() - busySince) / CLOCKS_PER_SEC;
        if (round < warmUp)
            continue;
        times.push_back(time.count());
        busy.push_back(work);
    }
    std::sort(times.begin(), times.end());
    std::sort(busy.begin(), busy.end());
    const double median = times[times.size() / 2];
    const double p95 = times[times.size() * 95 / 100];
    std::printf("%4d x %-3d  %-26s %6zu  %8.2f  %8.2f  %8.2f  %s\n", size.steps, size.units, look.name,
                view.canvas().stepsInView().size(), median, p95, busy[busy.size() * 95 / 100],
                p95 <= 16.7 ? "yes" : "NO");
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    applyTheme(app, ThemeKind::Light);
    std::printf("ms a frame; \"busy\" is processor time, for machines that do other work too\n");
    std::printf("%-10s  %-26s %6s  %8s  %8s  %8s  %s\n", "T x H", "edges show", "steps", "median", "95 %",
                "busy 95%", "<= 16.7");
    for (const Case size : {Case{20, 16}, Case{50, 16}, Case{50, 32}, Case{200, 32}, Case{1000, 64}}) {
        const std::string steps = std::to_string(size.steps);
        FrameMaker maker(FrameMaker::recurrent(size.units, size.steps, steps, steps, "0.0001"));
        std::vector<std::shared_ptr<const Frame>> frames;
        for (int update = 0; update < 8; ++update)
            frames.push_back(maker.after(Granularity::Update));
        for (const Look look : {Look{"weight", EdgeQuantity::Weight, false},
                                Look{"weight, all steps in view", EdgeQuantity::Weight, true},
                                Look{"weight, scrolling", EdgeQuantity::Weight, false, Change::Scroll},
                                Look{"weight, zooming", EdgeQuantity::Weight, false, Change::Zoom},
                                Look{"share", EdgeQuantity::Share, false},
                                Look{"share, all steps in view", EdgeQuantity::Share, true},
                                Look{"share, scrolling", EdgeQuantity::Share, false, Change::Scroll},
                                Look{"share, zooming", EdgeQuantity::Share, false, Change::Zoom},
                                Look{"value", EdgeQuantity::Value, false}})
            measure(size, look, frames);
    }
}
