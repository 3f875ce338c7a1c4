#pragma once

#include <string>

namespace chronograd::test {

/// The text of an experiment: an echo with such settings of training.
inline std::string echoOf(const std::string& training, int length = 10, const std::string& task = "")
{
    return R"({"chronograd": 1, "network": {"inputs": 1, "layers": [
        {"name": "hidden", "cell": "elman", "units": 4},
        {"name": "output", "cell": "dense", "units": 1}]},
        "task": {"kind": "echo", "delay": 1, "sequences": 2, "length": )" +
           std::to_string(length) + task + R"(}, "training": {"updates": null)" +
           (training.empty() ? "" : ", ") + training + "}}";
}

} // namespace chronograd::test
