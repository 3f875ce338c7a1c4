#pragma once

#include "core/math/random.h"
#include "core/network/network.h"
#include "core/tasks/dataset.h"
#include "core/unfold/unfolding.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace chronograd {

/// Lets a network that was trained to say the next symbol speak: what it says becomes its next input.
class Speaker
{
public:
    /// \param alphabet the symbols of its inputs, which are those of its outputs
    /// Precondition: problem() is empty for this network.
    Speaker(std::shared_ptr<const Network> network, std::vector<std::string> alphabet);

    /// Why a network cannot say next symbols, in one sentence; empty when it can.
    static std::string problem(const Network& network, const Dataset& data);

    /// Reads `start`, then goes on for `count` symbols; the text begins with `start`. Symbol i is drawn with
    /// the probability softmax(net / temperature)_i; temperature 0: always the likeliest.
    /// \throws InputError when `start` is empty or holds what is not in the alphabet.
    std::string speak(const Vector& weights, std::string_view start, std::int64_t count, double temperature,
                      Random& random);

private:
    std::vector<int> symbolsOf(std::string_view text) const;
    void read(const Vector& weights, int symbol);
    int draw(double temperature, Random& random) const;

    std::vector<std::string> m_alphabet;
    Unfolding m_unfolding; ///< One step, which is taken again and again.
};

} // namespace chronograd
