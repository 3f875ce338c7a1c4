#pragma once

#include "core/experiment/experiment_io.h"
#include "core/tasks/task.h"
#include "core/training/trainer.h"

#include <memory>
#include <string>

namespace chronograd {

/// Frames of a small experiment being trained, for tests and measurements of pictures.
class FrameMaker
{
public:
    explicit FrameMaker(const std::string& json)
        : m_experiment(parseExperiment(json, "test.chronograd.json"))
        , m_data(std::make_shared<const Dataset>(makeDataset(m_experiment)))
        , m_trainer(m_experiment, m_data, {.recordWeights = true, .evaluateTest = false})
    {}

    /// An Elman layer and a dense one on the echo task.
    static std::string recurrent(int units, int length, const std::string& k1, const std::string& k2,
                                 const std::string& rate = "0.05")
    {
        return R"({"chronograd": 1, "network": {"inputs": "task", "layers": [
            {"name": "hidden", "cell": "elman", "units": )" +
               std::to_string(units) + R"(, "activation": "tanh"},
            {"name": "output", "cell": "dense", "units": "task", "activation": "identity"}],
            "init": {"scheme": "uniform", "range": 0.7, "seed": 3}},
            "task": {"kind": "echo", "length": )" +
               std::to_string(length) + R"(, "sequences": 20, "delay": 3, "seed": 1},
            "training": {"k1": )" +
               k1 + R"(, "k2": )" + k2 + R"(, "learning_rate": )" + rate +
               R"(, "momentum": 0.5, "updates": null}})";
    }

    /// A feed-forward network 2-3-2-1 that learns exclusive or.
    static std::string feedForward()
    {
        return R"({"chronograd": 1, "network": {"inputs": 2, "layers": [
            {"name": "first", "cell": "dense", "units": 3, "activation": "tanh"},
            {"name": "second", "cell": "dense", "units": 2, "activation": "tanh"},
            {"name": "output", "cell": "dense", "units": 1, "activation": "tanh"}],
            "init": {"scheme": "uniform", "range": 1.2, "seed": 3}},
            "task": {"kind": "inline", "sequences": [
                {"inputs": [[1, -1]], "targets": [[1]]}, {"inputs": [[1, 1]], "targets": [[-1]]}]},
            "training": {"k1": 1, "k2": 1, "learning_rate": 0.1, "updates": null}})";
    }

    Trainer& trainer() { return m_trainer; }

    std::shared_ptr<const Frame> frame(std::int64_t stepsBeyondCut = 6) const
    {
        return std::make_shared<const Frame>(m_trainer.frame({stepsBeyondCut, 1200, false}));
    }

    std::shared_ptr<const Frame> after(Granularity granularity, int count = 1)
    {
        for (int step = 0; step < count; ++step)
            m_trainer.advance(granularity);
        return frame();
    }

    /// Goes on layer by layer until the machine is at this place.
    std::shared_ptr<const Frame> until(Phase phase, std::int64_t at, int layer)
    {
        for (int step = 0; step < 100000; ++step) {
            m_trainer.advance(Granularity::Layer);
            const Position& position = m_trainer.position();
            if (position.phase == phase && position.at == at && position.layer == layer)
                return frame();
        }
        return nullptr;
    }

private:
    Experiment m_experiment;
    std::shared_ptr<const Dataset> m_data;
    Trainer m_trainer;
};

} // namespace chronograd
