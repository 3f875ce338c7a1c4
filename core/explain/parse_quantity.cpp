#include "core/experiment/input_error.h"
#include "core/explain/quantity_names.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace chronograd {

namespace {

std::string list(const std::vector<std::string>& words)
{
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i)
        text += (i == 0 ? "" : (i + 1 == words.size() ? " and " : ", ")) + words[i];
    return text;
}

/// Reads one name from left to right and says what is wrong with it.
class QuantityParser
{
public:
    QuantityParser(std::string_view text, const Network& network)
        : m_text(text)
        , m_rest(text)
        , m_network(network)
    {}

    Quantity parse();

private:
    [[noreturn]] void fail(const std::string& why) const
    {
        throw InputError("\"" + std::string(m_text) + "\": " + why);
    }
    bool skip(char c);
    std::string_view word();
    std::int64_t number(const char* what);
    void parseLoss();
    void parseTarget();
    void parseSlot(QuantityKind kind, SlotId slot);
    void parseParameter(ParameterId id);
    void parseSuffix();
    int index(int count, const std::string& what);
    void parseTime();
    void parseEnd() const;
    [[noreturn]] void failUnknown(std::string_view head) const;

    std::string_view m_text;
    std::string_view m_rest;
    const Network& m_network;
    Quantity m_quantity;
};

Quantity QuantityParser::parse()
{
    const std::string_view head = word();
    if (head.empty())
        fail("is not the name of a number; write for example hidden.net[3]@15, hidden.W_h[3,2].gradient, "
             "input[2]@5, loss@15 or loss");
    const auto& slots = m_network.program().slotTable;
    if (head == "loss") {
        parseLoss();
    } else if (head == "gradient_norm") {
        m_quantity.kind = QuantityKind::GradientNorm;
    } else if (head == "target") {
        parseTarget();
    } else if (const auto parameter = m_network.parameters().find(head)) {
        parseParameter(*parameter);
    } else {
        SlotId slot = 0;
        const auto end = static_cast<SlotId>(slots.size());
        QuantityKind kind = QuantityKind::Slot;
        while (slot < end && slotName(m_network, slot) != head)
            ++slot;
        if (slot == end) {
            kind = QuantityKind::Delta;
            slot = 1; // of the input there is none
            while (slot < end && deltaName(m_network, slot) != head)
                ++slot;
        }
        if (slot == end)
            failUnknown(head);
        parseSlot(kind, slot);
    }
    parseEnd();
    return m_quantity;
}

bool QuantityParser::skip(char c)
{
    if (m_rest.empty() || m_rest.front() != c)
        return false;
    m_rest.remove_prefix(1);
    return true;
}

std::string_view QuantityParser::word()
{
    const std::size_t end = std::min(m_rest.find_first_of("[]@,# \t"), m_rest.size());
    const std::string_view found = m_rest.substr(0, end);
    m_rest.remove_prefix(end);
    return found;
}

std::int64_t QuantityParser::number(const char* what)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), value);
    if (error != std::errc() || value < 0)
        fail(std::string(what) + " must be a whole number from 1");
    m_rest.remove_prefix(static_cast<std::size_t>(end - m_rest.data()));
    return value;
}

void QuantityParser::parseLoss()
{
    m_quantity.kind = QuantityKind::Loss;
    if (m_rest.empty())
        return;
    m_quantity.kind = QuantityKind::StepLoss;
    parseTime();
}

void QuantityParser::parseTarget()
{
    m_quantity.kind = QuantityKind::Target;
    m_quantity.unit = index(m_network.outputs(), "target");
    parseTime();
}

void QuantityParser::parseSlot(QuantityKind kind, SlotId slot)
{
    m_quantity.kind = kind;
    m_quantity.slot = slot;
    const std::string name =
        kind == QuantityKind::Delta ? deltaName(m_network, slot) : slotName(m_network, slot);
    m_quantity.unit = index(m_network.program().slotTable[static_cast<std::size_t>(slot)].units, name);
    parseTime();
}

void QuantityParser::parseParameter(ParameterId id)
{
    const ParameterView& view = m_network.parameters()[id];
    m_quantity.kind = QuantityKind::Weight;
    m_quantity.parameter = id;
    const std::string form = view.isBias ? view.name + "[row]" : view.name + "[row,column]";
    if (!skip('['))
        fail("say which number of " + view.name + ": " + form);
    m_quantity.row = static_cast<int>(number("the row")) - 1;
    if (m_quantity.row < 0 || m_quantity.row >= view.rows)
        fail(view.name + " has rows 1 … " + std::to_string(view.rows));
    if (!view.isBias) {
        if (!skip(','))
            fail(view.name + " is a matrix: " + form);
        while (skip(' ')) {
        }
        m_quantity.column = static_cast<int>(number("the column")) - 1;
        if (m_quantity.column < 0 || m_quantity.column >= view.columns)
            fail(view.name + " has columns 1 … " + std::to_string(view.columns));
    }
    if (!skip(']'))
        fail("expected " + form);
    parseSuffix();
}

void QuantityParser::parseSuffix()
{
    if (m_rest.starts_with('@')) {
        m_quantity.kind = QuantityKind::WeightAt;
        parseTime();
        return;
    }
    if (!skip('.'))
        return;
    const std::string_view name = word();
    const auto suffixes = weightSuffixes();
    const auto suffix = std::find_if(suffixes.begin(), suffixes.end(), [name](const WeightSuffix& candidate) {
        return candidate.text == name;
    });
    if (suffix == suffixes.end())
        fail("a weight has no \"" + std::string(name) +
             "\"; it has .share@t, .gradient, .velocity_before, .velocity, .update and .after, under adam "
             ".first_moment and .second_moment, under rmsprop .mean_square (each also with _before)");
    m_quantity.kind = suffix->kind;
    if (suffix->hasTime)
        parseTime();
    else if (m_rest.starts_with('@'))
        fail("." + std::string(name) + " belongs to the whole update and takes no @t");
}

int QuantityParser::index(int count, const std::string& what)
{
    const std::string range = what + " has units 1 … " + std::to_string(count);
    if (!skip('['))
        fail("say which unit: " + what + "[1]; " + range);
    const std::int64_t value = number("the unit");
    if (value < 1 || value > count)
        fail(range);
    if (!skip(']'))
        fail("expected " + what + "[unit]@t");
    return static_cast<int>(value) - 1;
}

void QuantityParser::parseTime()
{
    if (!skip('@'))
        fail("say at which time step: add @t, for example @1");
    m_quantity.t = number("the time step");
}

void QuantityParser::parseEnd() const
{
    if (!m_rest.empty())
        fail("\"" + std::string(m_rest) + "\" at the end means nothing here");
}

void QuantityParser::failUnknown(std::string_view head) const
{
    const std::string_view layer = head.substr(0, head.find('.'));
    const auto found = m_network.findLayer(layer);
    if (!found) {
        std::vector<std::string> layers;
        for (const Layer& known : m_network.layers())
            layers.push_back(known.spec.name);
        fail("there is no layer \"" + std::string(layer) + "\"; the network has " + list(layers) +
             ", besides input, target, loss and gradient_norm");
    }
    std::vector<std::string> known;
    const auto& slots = m_network.program().slotTable;
    for (std::size_t slot = 0; slot < slots.size(); ++slot) {
        if (slots[slot].layer != *found)
            continue;
        known.push_back(slotName(m_network, static_cast<SlotId>(slot)));
        const bool isGated = m_network.layers()[static_cast<std::size_t>(*found)].isGated();
        if (isGated || isNet(m_network, static_cast<SlotId>(slot)))
            known.push_back(deltaName(m_network, static_cast<SlotId>(slot)));
    }
    for (const ParameterView& view : m_network.parameters().views()) {
        if (view.layer == *found)
            known.push_back(view.name);
    }
    fail("there is no \"" + std::string(head) + "\"; layer " + std::string(layer) + " has " + list(known));
}

} // namespace

Quantity parseQuantity(std::string_view text, const Network& network)
{
    return QuantityParser(text, network).parse();
}

} // namespace chronograd
