#include "core/compare/ready_comparisons.h"

#include "core/experiment/experiment_io.h"
#include "core/tasks/task.h"

#include <string>
#include <utility>

namespace chronograd {

namespace {

constexpr std::string_view echo = "echo-three-back.chronograd.json";

LaneSpec lane(std::string name, std::vector<std::string> training)
{
    for (std::string& assignment : training) {
        assignment.insert(0, "training.");
    }
    return {.name = std::move(name), .assignments = std::move(training)};
}

LaneSpec evolution(std::string name)
{
    return {.name = std::move(name), .evolves = true};
}

/// Slow enough for an update after every step, whose single errors are rough.
constexpr const char* rate = "learning_rate=0.01";

std::vector<ReadyComparison> makeTable()
{
    return {
        {"Five ways to cut a sequence",
         "What an update can learn from, on an echo three steps back. BPTT(n, n) updates once a sequence, "
         "from "
         "all its errors; TBPTT(1, n) after every step, from one; TBPTT(5, 5) and the pseudocode are "
         "between. "
         "Naive chunks of five forget the state at each border, and three of five steps echo what lies "
         "before.",
         "BPTT(n, n) comes out lowest: each of its updates has seen 40 errors. Naive chunks stay at 0.1, the "
         "loss of not knowing three of five echoes.",
         echo,
         Measure::Updates,
         2000,
         {lane("BPTT(n, n)", {rate, "k1=n", "k2=n"}), lane("TBPTT(1, n)", {rate, "k1=1", "k2=n"}),
          lane("TBPTT(5, 5)", {rate, "k1=5", "k2=5"}),
          lane("pseudocode, k = 5",
               {rate, "k1=1", "k2=5", "injection=last", "history=recomputed", "window=full"}),
          lane("naive chunks of 5", {rate, "k1=n", "k2=n", "chunk=5", "state=reset"})}},
        {"Recent errors or all in the window",
         "With recent errors each error enters one update; with window errors it enters every update whose "
         "window it lies in, here four. The first update is the same. Later the window holds errors that "
         "older "
         "weights made, unless its history is recomputed with the current ones.",
         "Window errors fall later and stay above recent errors: they correct what older weights got wrong. "
         "Recomputed with the current weights they come out lowest.",
         echo,
         Measure::Updates,
         3000,
         {lane("recent errors", {rate, "k1=2", "k2=8", "injection=recent"}),
          lane("window errors", {rate, "k1=2", "k2=8", "injection=window"}),
          lane("window, recomputed", {rate, "k1=2", "k2=8", "injection=window", "history=recomputed"})}},
        {"Stored or recomputed history",
         "Stored history back-propagates through values that older weights computed; recomputed history runs "
         "the window again with the current ones, at the price of one more forward pass. The first update is "
         "the same; with an update after every step the weights of eight moments meet in each later one.",
         "One curve at first; then stored history stays above recomputed: its gradient is that of no weights "
         "there ever were.",
         echo,
         Measure::Updates,
         3000,
         {lane("stored", {rate, "k1=1", "k2=8", "history=stored"}),
          lane("recomputed", {rate, "k1=1", "k2=8", "history=recomputed"})}},
        {"The border of a chunk: reset, detach, through",
         "Reset starts every chunk of five steps from nothing, and an echo three steps back needs the steps "
         "before the border. Detach carries the state but cuts the gradient: the same numbers as TBPTT(5, "
         "5). "
         "Through has no border, the gradient reaches back as far as k2.",
         "Reset stays at 0.1: three of five echoes lie before the border. Detach carries what they need and "
         "learns; through, which also learns what to carry, is there sooner.",
         echo,
         Measure::Updates,
         2000,
         {lane("reset", {rate, "k1=n", "k2=n", "chunk=5", "state=reset"}),
          lane("detach", {rate, "k1=n", "k2=n", "chunk=5", "state=carry"}),
          lane("through", {rate, "k1=5", "k2=10"})}},
        {"Online or epoch training",
         "Online training changes the weights after every sequence, epoch training once for all twenty: "
         "twenty "
         "times as many updates for the same time steps, each of them rougher.",
         "After the same time steps online has made twenty updates for each of epoch. It is down before "
         "epoch "
         "begins to fall; after equally many updates they are nearly the same.",
         echo,
         Measure::TimeSteps,
         400'000,
         {lane("online", {rate, "k1=n", "k2=n", "batch_size=1"}),
          lane("epoch", {rate, "k1=n", "k2=n", "batch_size=all"})}},
        {"Back-propagation or evolution",
         "The evolution strategy tries changes at random and keeps the better ones; it needs no backward "
         "pass, "
         "but one forward pass tells it one number, where a gradient has one for every weight. Same loss, "
         "same "
         "number of time steps run forward.",
         "BPTT is down after a tenth of the time steps that evolution needs, and stays below it: a gradient "
         "tells more than a number.",
         echo,
         Measure::TimeSteps,
         600'000,
         {lane("BPTT(n, n)", {rate, "k1=n", "k2=n"}), evolution("evolution")}},
    };
}

} // namespace

std::span<const ReadyComparison> readyComparisons()
{
    static const std::vector<ReadyComparison> table = makeTable();
    return table;
}

Comparison makeComparison(const ReadyComparison& ready, const std::filesystem::path& experiments)
{
    Experiment experiment = readExperiment(experiments / ready.experiment);
    auto data = std::make_shared<const Dataset>(makeDataset(experiment));
    Comparison comparison(beginningOf(std::move(experiment), std::move(data)), ready.measure);
    for (const LaneSpec& lane : ready.lanes) {
        comparison.add(lane);
    }
    comparison.pauseAt(ready.amount);
    return comparison;
}

} // namespace chronograd
