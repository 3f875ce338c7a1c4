#pragma once

#include "core/experiment/experiment_io.h"

#include <cstdlib>
#include <string>
#include <string_view>

namespace chronograd::test {

/// A small sound experiment; the tests of the reader spoil one place of it.
inline const std::string soundExperiment = R"({
  "chronograd": 1,
  "network": {
    "inputs": 1,
    "layers": [
      {"name": "hidden", "cell": "elman", "units": 2},
      {"name": "output", "cell": "dense", "units": 1}
    ],
    "weights": {"hidden.W_h": [[0.1, 0.2], [0.3, 0.4]], "hidden.b": [0.5, 0.6]}
  },
  "task": {"kind": "inline", "sequences": [{"inputs": [[1], null, [3]], "targets": [[1], [2], null]}]},
  "training": {"k1": 2, "k2": 3, "learning_rate": 0.1, "momentum": 0.5}
})";

/// `text` with the only occurrence of `from` replaced.
inline std::string replaced(std::string text, std::string_view from, std::string_view to)
{
    const std::size_t at = text.find(from);
    if (at == text.npos || text.find(from, at + 1) != text.npos)
        std::abort(); // the test itself is wrong
    return text.replace(at, from.size(), to);
}

/// The message the reader refuses a text with; empty when it reads.
inline std::string refusal(std::string_view text)
{
    try {
        parseExperiment(text, "file.json");
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

} // namespace chronograd::test
