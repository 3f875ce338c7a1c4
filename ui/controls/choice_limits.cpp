#include "ui/controls/choice_limits.h"

#include <QCoreApplication>

#include <algorithm>

namespace chronograd {

namespace {

QString limitText(const char* text)
{
    return QCoreApplication::translate("ChoiceLimits", text);
}

QString lossObstacle(const Experiment& experiment, Loss loss)
{
    const Activation last = experiment.network.layers.back().activation.kind;
    if (loss == Loss::CrossEntropy && last != Activation::Softmax)
        return limitText("needs a softmax output layer");
    if (loss == Loss::BinaryCrossEntropy && last != Activation::Sigmoid)
        return limitText("needs a sigmoid output layer");
    return {};
}

} // namespace

QString truncationObstacle(const Experiment& experiment)
{
    const auto& layers = experiment.network.layers;
    const bool any =
        std::any_of(layers.begin(), layers.end(), [](const LayerSpec& layer) { return layer.bidirectional; });
    return any ? limitText("a bidirectional layer needs the whole sequence: k1 and k2 are n") : QString();
}

QString choiceObstacle(const Experiment& experiment, Setting setting, int choice)
{
    if (setting == Setting::Loss)
        return lossObstacle(experiment, static_cast<Loss>(choice));
    if (setting == Setting::State && static_cast<StateRule>(choice) == StateRule::Carry) {
        if (experiment.training.shuffle)
            return limitText("the state cannot be carried between shuffled sequences");
        if (!truncationObstacle(experiment).isEmpty())
            return limitText("a bidirectional layer needs the whole sequence: nothing is carried");
        if (experiment.training.batchSize != 1)
            return limitText("the state cannot be carried between batches");
    }
    return {};
}

} // namespace chronograd
