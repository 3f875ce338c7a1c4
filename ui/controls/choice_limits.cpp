#include "ui/controls/choice_limits.h"

#include <QCoreApplication>

namespace chronograd {

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("ChoiceLimits", text);
}

QString lossObstacle(const Experiment& experiment, Loss loss)
{
    const Activation last = experiment.network.layers.back().activation.kind;
    if (loss == Loss::CrossEntropy && last != Activation::Softmax)
        return translated("needs a softmax output layer");
    if (loss == Loss::BinaryCrossEntropy && last != Activation::Sigmoid)
        return translated("needs a sigmoid output layer");
    return {};
}

} // namespace

QString choiceObstacle(const Experiment& experiment, Setting setting, int choice)
{
    if (setting == Setting::Loss)
        return lossObstacle(experiment, static_cast<Loss>(choice));
    if (setting == Setting::State && static_cast<StateRule>(choice) == StateRule::Carry) {
        if (experiment.training.shuffle)
            return translated("the state cannot be carried between shuffled sequences");
        if (experiment.training.batchSize != 1)
            return translated("the state cannot be carried between batches");
    }
    return {};
}

} // namespace chronograd
