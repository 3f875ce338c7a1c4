#include "core/export/pytorch_script.h"

#include "core/experiment/input_error.h"
#include "core/export/python_text.h"
#include "core/export/pytorch_network.h"
#include "core/export/pytorch_training.h"
#include "core/export/window_crossing.h"

#include <algorithm>

namespace chronograd {

namespace {

std::string oneLine(std::string text)
{
    std::replace_if(
        text.begin(), text.end(), [](char each) { return static_cast<unsigned char>(each) < 0x20; }, ' ');
    return text;
}

std::string head(const Experiment& experiment)
{
    std::string text = "#!/usr/bin/env python3\n";
    if (!experiment.name.empty())
        text += "# " + oneLine(experiment.name) + "\n";
    if (!experiment.description.empty())
        text += "# " + oneLine(experiment.description) + "\n";
    text += R"py("""Truncated back-propagation through time, with the gradients of autograd.

Written by Chronograd; trains the same network on the same data to the same losses as the program does.
Needs PyTorch 1.13 or newer. The weights, the data and the settings are at the end.
"""
import argparse
import math
import sys
)py";
    text += experiment.training.shuffle ? "import zlib\n" : "";
    text += R"py(
import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)  # the matrices are small

PARAMETERS = {}

)py";
    return text;
}

std::string sequencesText(const Dataset& data)
{
    std::string text = "# (inputs, targets) of every sequence, a row a step; None: no target.\nSEQUENCES = [";
    for (const Sequence& sequence : data.training) {
        std::vector<std::string> inputs;
        std::vector<std::string> targets;
        for (Eigen::Index column = 0; column < sequence.inputs.cols(); ++column) {
            const bool hasTarget = sequence.hasTarget[static_cast<std::size_t>(column)] != 0;
            inputs.push_back(pythonRow(sequence.inputs.col(column), 8));
            targets.push_back(hasTarget ? pythonRow(sequence.targets.col(column), 8) : "None");
        }
        text += "\n    (" + pythonList(inputs, 5) + ",\n     " + pythonList(targets, 5) + "),";
    }
    return text + "\n]\n";
}

void refuseWhatCannotBeExpressed(const Experiment& experiment, const Dataset& data)
{
    const std::string file = experiment.file.empty() ? "experiment" : experiment.file.string();
    const TrainingSpec& training = experiment.training;
    for (std::size_t i = 0; i < training.schedule.size(); ++i)
        if (!training.schedule[i].edits.empty())
            throw InputError(file + ": /training/schedule/" + std::to_string(i) +
                             "/edit: a script cannot express changes of single numbers; take the entry out");
    const LayerSpec& last = experiment.network.layers.back();
    if (last.bidirectional &&
        (last.activation.kind == Activation::Softmax || training.start.loss == Loss::BinaryCrossEntropy))
        throw InputError(file + ": /network/layers/" + std::to_string(experiment.network.layers.size() - 1) +
                         ": a script cannot express cross entropy behind a bidirectional layer; add a dense "
                         "layer");
    if (const auto crossing = findWindowCrossing(training, data))
        throw InputError(file +
                         ": /training/history: a script cannot express stored history where a window crosses "
                         "an update, as that of update " +
                         std::to_string(crossing->update) + " does (t = " + std::to_string(crossing->from) +
                         " to " + std::to_string(crossing->t) +
                         ", weights changed after t = " + std::to_string(crossing->lastUpdate) +
                         "); write \"recomputed\", or k2 no longer than k1");
}

} // namespace

std::string writePytorchScript(const Experiment& experiment, const Dataset& data)
{
    refuseWhatCannotBeExpressed(experiment, data);
    return head(experiment) + pytorchNetwork(experiment.network) + pytorchTraining(experiment) +
           pytorchSettings(experiment.training) + pytorchWeights(experiment.network) + sequencesText(data) +
           "\nif __name__ == \"__main__\":\n    main()\n";
}

} // namespace chronograd
