#include "core/analysis/speaker.h"

#include "core/experiment/input_error.h"
#include "core/math/softmax.h"

#include <algorithm>
#include <cassert>

namespace chronograd {

namespace {

/// Is every input of the training part one-hot?
bool readsSymbols(const Dataset& data)
{
    return std::ranges::all_of(data.training, [](const Sequence& sequence) {
        const auto inputs = sequence.inputs.array();
        return (inputs == 0.0 || inputs == 1.0).all() && (inputs.colwise().sum() == 1.0).all();
    });
}

} // namespace

Speaker::Speaker(std::shared_ptr<const Network> network, std::vector<std::string> alphabet)
    : m_alphabet(std::move(alphabet))
    , m_unfolding(std::move(network), 1)
{
    assert(static_cast<int>(m_alphabet.size()) == m_unfolding.network().inputs());
}

std::string Speaker::problem(const Network& network, const Dataset& data)
{
    if (data.inputNames.empty() || data.inputNames != data.outputNames || !readsSymbols(data)) {
        return "only a network whose targets are the next symbols can generate text (tasks text, reber, "
               "anbn)";
    }
    if (network.layers().back().spec.activation.kind != Activation::Softmax) {
        return "only a last layer with the activation softmax can generate text";
    }
    if (network.needsWholeSequence()) {
        return "a network with a bidirectional layer cannot generate text: it reads what is not said yet";
    }
    return {};
}

/// The alphabet's longest match at each place.
std::vector<int> Speaker::symbolsOf(std::string_view text) const
{
    std::vector<int> symbols;
    for (std::size_t at = 0; at < text.size();) {
        int found = -1;
        for (int i = 0; i < static_cast<int>(m_alphabet.size()); ++i) {
            const std::string& symbol = m_alphabet[static_cast<std::size_t>(i)];
            const bool isLonger =
                found < 0 || symbol.size() > m_alphabet[static_cast<std::size_t>(found)].size();
            if (!symbol.empty() && isLonger && text.substr(at).starts_with(symbol)) {
                found = i;
            }
        }
        if (found < 0) {
            throw InputError("the text to start with, \"" + std::string(text) +
                             "\", holds a symbol that the task does not have, at byte " +
                             std::to_string(at + 1));
        }
        symbols.push_back(found);
        at += m_alphabet[static_cast<std::size_t>(found)].size();
    }
    return symbols;
}

void Speaker::read(const Vector& weights, int symbol)
{
    std::vector<double> input(m_alphabet.size(), 0.0);
    input[static_cast<std::size_t>(symbol)] = 1.0;
    m_unfolding.setInput(1, input);
    m_unfolding.forward(weights.data(), {1, 1});
    m_unfolding.carryState(1);
}

int Speaker::draw(double temperature, Random& random) const
{
    const SlotColumns& slot = m_unfolding.outputNet();
    std::vector<double> net(slot.value(1), slot.value(1) + slot.units());
    if (temperature == 0.0) {
        return static_cast<int>(std::ranges::max_element(net) - net.begin());
    }
    for (double& value : net) {
        value /= temperature;
    }
    std::vector<double> probabilities(net.size());
    softmax(net, probabilities);
    double rest = random.uniform();
    for (std::size_t i = 0; i < probabilities.size(); ++i) {
        rest -= probabilities[i];
        if (rest < 0.0) {
            return static_cast<int>(i);
        }
    }
    return static_cast<int>(std::ranges::max_element(probabilities) - probabilities.begin()); // rounding
}

std::string Speaker::speak(const Vector& weights, std::string_view start, std::int64_t count,
                           double temperature, Random& random)
{
    const std::vector<int> symbols = symbolsOf(start);
    if (symbols.empty()) {
        throw InputError("the text to start with is empty; give at least one symbol");
    }
    m_unfolding.clearState();
    for (const int symbol : symbols) {
        read(weights, symbol);
    }
    std::string text(start);
    for (std::int64_t i = 0; i < count; ++i) {
        const int symbol = draw(temperature, random);
        text += m_alphabet[static_cast<std::size_t>(symbol)];
        read(weights, symbol);
    }
    return text;
}

} // namespace chronograd
