#pragma once

#include "core/math/activation.h"
#include "core/math/matrix.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace chronograd {

enum class Cell : std::uint8_t
{
    Dense,
    Elman,
    Jordan,
    Lstm,
    Gru,
};

/// One layer as written in an experiment file.
struct LayerSpec
{
    std::string name;
    Cell cell = Cell::Dense;
    std::optional<int> units; ///< Absent: "task", the number of target columns (last layer only).
    ActivationFunction activation;
    bool bias = true;
    bool trainable = true;
    bool bidirectional = false;
    double contextDecay = 0.0; ///< jordan
    bool resetAfter = true;    ///< gru

    bool operator==(const LayerSpec&) const = default;
};

enum class InitScheme : std::uint8_t
{
    Uniform,
    Xavier,
    Orthogonal,
    Identity,
    Zeros,
};

struct InitSpec
{
    InitScheme scheme = InitScheme::Uniform;
    double range = 0.5; ///< Uniform: ±range.
    std::uint64_t seed = 7;

    bool operator==(const InitSpec&) const = default;
};

struct NetworkSpec
{
    std::optional<int> inputs; ///< Absent: "task", the number of input columns.
    std::vector<LayerSpec> layers;
    InitSpec init;
    std::map<std::string, Matrix> weights; ///< Given parameters by name; biases are one column.
};

} // namespace chronograd
