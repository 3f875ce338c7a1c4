#pragma once

#include "core/experiment/experiment_io.h"
#include "core/tasks/task.h"
#include "core/training/trainer.h"

#include <filesystem>
#include <memory>
#include <random>
#include <string>

namespace chronograd::test {

inline std::filesystem::path referenceFolder()
{
    return std::filesystem::path(CHRONOGRAD_SOURCE_DIR) / "tests" / "reference";
}

/// An experiment with its data made, ready to be trained.
struct Prepared
{
    Experiment experiment;
    std::shared_ptr<const Dataset> data;

    explicit Prepared(Experiment read)
        : experiment(std::move(read))
    {
        data = std::make_shared<const Dataset>(makeDataset(experiment));
    }
    Trainer trainer() const
    {
        return Trainer(experiment, data, {.recordWeights = true, .evaluateTest = true});
    }
};

inline Prepared prepareReference(const std::string& name)
{
    return Prepared(readExperiment(referenceFolder() / (name + ".chronograd.json")));
}

inline Prepared prepareText(const std::string& text)
{
    return Prepared(parseExperiment(text, "test.chronograd.json"));
}

/// A frame that holds the whole sequence.
inline Frame wholeFrame(const Trainer& trainer)
{
    return trainer.frame({.stepsBeyondCut = 1'000'000, .mostSteps = 1'000'000, .prediction = false});
}

/// All sequences of the batch, each held whole.
inline std::vector<Frame> wholeFrames(const Trainer& trainer)
{
    return trainer.frames({.stepsBeyondCut = 1'000'000, .mostSteps = 1'000'000, .prediction = false});
}

/// A small random experiment: 1–3 layers of any cell, any activation and loss that fit, any k1, k2,
/// injection, history, window, state, batch; one to three sequences with gaps in the targets.
class RandomExperiment
{
public:
    explicit RandomExperiment(unsigned seed)
        : m_random(seed)
    {}

    Experiment make()
    {
        Experiment experiment;
        experiment.name = "random";
        const Loss loss = static_cast<Loss>(below(7));
        makeNetwork(experiment, loss);
        makeTask(experiment, loss);
        makeTraining(experiment, loss);
        return experiment;
    }

private:
    int below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(m_random); }
    double uniform(double low, double high)
    {
        return std::uniform_real_distribution<double>(low, high)(m_random);
    }

    void makeNetwork(Experiment& experiment, Loss loss)
    {
        NetworkSpec& network = experiment.network;
        network.inputs = 1 + below(3);
        network.init.scheme = InitScheme::Uniform;
        network.init.range = uniform(0.2, 0.9);
        network.init.seed = static_cast<std::uint64_t>(below(1000));
        const int layers = 1 + below(3);
        for (int i = 0; i < layers; ++i) {
            LayerSpec layer;
            layer.name = "layer" + std::to_string(i + 1);
            layer.cell = static_cast<Cell>(below(5));
            layer.units = 1 + below(5);
            layer.contextDecay = below(2) == 0 ? 0.0 : uniform(0.1, 0.9);
            layer.resetAfter = below(2) == 0;
            // relu has a corner where differences and derivatives disagree: gradient checks leave it to fixed
            // cases
            constexpr Activation smooth[] = {Activation::Tanh, Activation::Sigmoid, Activation::Identity};
            layer.activation = {smooth[below(i + 1 < layers ? 2 : 3)], 1.0};
            layer.bias = below(4) != 0;
            const bool isGated = layer.cell == Cell::Lstm || layer.cell == Cell::Gru;
            const bool needsActivation = loss == Loss::CrossEntropy || loss == Loss::BinaryCrossEntropy;
            if (isGated && i + 1 == layers && needsActivation) {
                layer.cell = Cell::Dense;
            } else if (isGated) {
                layer.activation = {};
            }
            if (i + 1 == layers && loss == Loss::CrossEntropy) {
                layer.activation.kind = Activation::Softmax;
                layer.units = 2 + below(4);
            } else if (i + 1 == layers && loss == Loss::BinaryCrossEntropy) {
                layer.activation.kind = Activation::Sigmoid;
            }
            if (layer.activation.kind == Activation::Sigmoid) {
                layer.activation.slope = uniform(0.5, 2.0);
            }
            if (layer.cell != Cell::Jordan) { // as files may say it
                layer.contextDecay = 0.0;
            }
            layer.resetAfter = layer.resetAfter || layer.cell != Cell::Gru;
            network.layers.push_back(layer);
        }
        if (below(4) == 0) {
            makeBidirectional(network.layers, loss);
        }
    }

    /// Some of the layers, if the network may have any.
    void makeBidirectional(std::vector<LayerSpec>& layers, Loss loss)
    {
        for (const LayerSpec& layer : layers) {
            if (layer.cell == Cell::Jordan) {
                return;
            }
        }
        for (LayerSpec& layer : layers) {
            const bool isFused = loss == Loss::CrossEntropy || loss == Loss::BinaryCrossEntropy;
            const bool isFree = layer.cell != Cell::Dense && !(isFused && &layer == &layers.back());
            layer.bidirectional = isFree && below(4) != 0;
        }
    }

    static bool isBidirectional(const Experiment& experiment)
    {
        const auto& layers = experiment.network.layers;
        return std::any_of(layers.begin(), layers.end(),
                           [](const LayerSpec& layer) { return layer.bidirectional; });
    }

    void makeTask(Experiment& experiment, Loss loss)
    {
        InlineTask task;
        const LayerSpec& last = experiment.network.layers.back();
        const int outputs = *last.units * (last.bidirectional ? 2 : 1);
        for (int s = 1 + below(3); s > 0; --s) {
            InlineSequence& sequence = task.sequences.emplace_back();
            for (int t = 3 + below(12); t > 0; --t) {
                std::vector<double> input;
                for (int i = 0; i < *experiment.network.inputs; ++i) {
                    input.push_back(uniform(-1, 1));
                }
                sequence.inputs.emplace_back(below(8) == 0 ? std::nullopt : std::optional(input));
                std::vector<double> target(static_cast<std::size_t>(outputs));
                for (double& value : target) {
                    value = loss == Loss::Logistic ? (below(2) == 0 ? -1.0 : 1.0) : uniform(0, 1);
                }
                sequence.targets.emplace_back(t > 1 && below(5) == 0 ? std::nullopt : std::optional(target));
            }
        }
        experiment.task = task;
    }

    void makeTraining(Experiment& experiment, Loss loss)
    {
        Hyperparameters& settings = experiment.training.start;
        settings.k1 = below(6) == 0 ? StepCount::wholeSequence() : StepCount(1 + below(8));
        settings.k2 = below(6) == 0 ? StepCount::wholeSequence() : StepCount(1 + below(10));
        settings.learningRate = uniform(0.01, 0.2);
        settings.momentum = uniform(0, 0.95);
        settings.loss = loss;
        settings.reduction = below(2) == 0 ? Reduction::Mean : Reduction::Sum;
        settings.injection = static_cast<Injection>(below(3));
        settings.history = static_cast<History>(below(2));
        settings.window = static_cast<WindowRule>(below(2));
        settings.state = static_cast<StateRule>(below(2));
        if (below(4) == 0) {
            settings.clipNorm = uniform(0.01, 1.0);
        }
        experiment.training.updates = std::nullopt;
        if (below(3) == 0) {
            experiment.training.batchSize = 2 + below(2);
            settings.state = StateRule::Reset;
        }
        if (isBidirectional(experiment)) {
            settings.k1 = settings.k2 = StepCount::wholeSequence();
            settings.state = StateRule::Reset;
        }
    }

    std::mt19937 m_random;
};

} // namespace chronograd::test
