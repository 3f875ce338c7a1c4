#pragma once

#include "tests/support/experiments.h"

namespace chronograd::test {

/// An Elman layer and a dense one on one sequence of the echo task, with this in "training".
inline Prepared echo(const std::string& training, int units = 4, int length = 12)
{
    return prepareText(R"({"chronograd": 1, "network": {"inputs": 1, "layers": [
        {"name": "hidden", "cell": "elman", "units": )" +
                       std::to_string(units) + R"(, "activation": "tanh"},
        {"name": "output", "cell": "dense", "units": 1}], "init": {"range": 0.9}},
        "task": {"kind": "echo", "delay": 1, "length": )" +
                       std::to_string(length) + R"(, "sequences": 1}, "training": {)" + training + "}}");
}

inline Matrix parameterOf(const Frame& frame, const char* name, const Vector& flat)
{
    return matrixOf(frame.network->parameters()[*frame.network->parameters().find(name)], flat);
}

} // namespace chronograd::test
