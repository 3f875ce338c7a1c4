#include "core/analysis/past_gradients.h"

#include "core/training/trainer.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <numeric>

namespace chronograd {

namespace {

/// What one update leaves of the velocity before it.
double keptBy(const Hyperparameters& settings)
{
    return settings.optimizer == Optimizer::Adam ? settings.beta1 : settings.momentum;
}

/// What it multiplies its own gradient with.
double stepOf(const Hyperparameters& settings)
{
    return settings.optimizer == Optimizer::Adam ? 1.0 - settings.beta1 : -settings.learningRate;
}

/// The last updates, oldest first.
using Course = std::deque<WeightUpdate>;

bool isTrained(const ParameterLayout& parameters, std::size_t weight)
{
    const auto& views = parameters.views();
    const auto after = std::find_if(views.begin(), views.end(),
                                    [weight](const ParameterView& view) { return view.offset > weight; });
    return (after - 1)->trainable;
}

PastGradients openedUp(const Course& course, std::size_t weight, std::int64_t update, bool isTrained)
{
    const WeightUpdate& last = course.back();
    PastGradients past;
    past.weight = weight;
    past.update = update;
    past.optimizer = last.settings.optimizer;
    past.velocity = last.velocityAfter;
    double kept = 1.0;
    std::int64_t at = update;
    for (auto each = course.rbegin(); each != course.rend(); ++each, --at) {
        if (each->settings.optimizer != past.optimizer) {
            return past; // its state was zero when this optimizer began
        }
        past.gradients.push_back(
            {at, each->gradient, each->scale, isTrained ? stepOf(each->settings) : 0.0, kept});
        kept *= keptBy(each->settings);
        past.keptOfOlder = kept;
        past.older = each->velocityBefore;
    }
    return past;
}

} // namespace

double PastGradients::sum() const
{
    return std::accumulate(gradients.rbegin(), gradients.rend(),
                           contributionOfOlder(), // the small ones first
                           [](double sum, const PastGradient& each) { return sum + each.contribution(); });
}

bool addsGradientsUp(Optimizer optimizer)
{
    return optimizer != Optimizer::Rmsprop;
}

std::int64_t gradientsThatMatter(const Hyperparameters& settings, int digits)
{
    constexpr double most = 1000.0;
    const double kept = keptBy(settings);
    if (kept <= 0.0) {
        return 1;
    }
    const double below = 0.5 * std::pow(10.0, -digits);
    return static_cast<std::int64_t>(std::clamp(std::ceil(std::log(below) / std::log(kept)), 1.0, most));
}

std::optional<PastGradients> pastGradients(Trainer& trainer, std::size_t weight, std::int64_t update,
                                           std::int64_t most, const std::atomic<bool>& stop)
{
    Course course;
    trainer.setInterrupt(&stop);
    while (trainer.position().update < update && !trainer.isFinished() && !stop) {
        const std::int64_t before = trainer.position().update;
        trainer.advance(Granularity::Update);
        if (trainer.position().update == before || trainer.position().update <= update - most) {
            continue;
        }
        course.push_back(trainer.lastUpdateOf(weight));
    }
    trainer.setInterrupt(nullptr);
    if (trainer.position().update < update || course.empty()) {
        return std::nullopt;
    }
    return openedUp(course, weight, update, isTrained(trainer.network().parameters(), weight));
}

} // namespace chronograd
