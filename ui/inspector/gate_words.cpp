#include "ui/inspector/gate_words.h"

#include <QCoreApplication>

#include <map>

namespace chronograd {

namespace {

struct GateWords
{
    Q_DECLARE_TR_FUNCTIONS(chronograd::GateWords)
};

} // namespace

QString gateWord(const std::string& gate)
{
    const std::map<std::string, QString> words{
        {"i", GateWords::tr("input gate i")}, {"f", GateWords::tr("forget gate f")},
        {"g", GateWords::tr("candidate g")},  {"o", GateWords::tr("output gate o")},
        {"r", GateWords::tr("reset gate r")}, {"z", GateWords::tr("update gate z")},
        {"n", GateWords::tr("candidate n")}};
    const auto found = words.find(gate);
    return found == words.end() ? QString::fromStdString(gate) : found->second;
}

QString slotWord(SlotId slot, const Network& network)
{
    const Slot& found = network.program().slotTable[static_cast<std::size_t>(slot)];
    if (found.layer < 0)
        return GateWords::tr("value");
    const Layer& layer = network.layers()[static_cast<std::size_t>(found.layer)];
    if (slot == layer.output)
        return layer.isGated() ? GateWords::tr("output h") : GateWords::tr("activation");
    if (slot == layer.net)
        return GateWords::tr("weighted input (net)");
    const std::map<std::string, QString> words{
        {"cell", GateWords::tr("cell c")},
        {"tanh_cell", GateWords::tr("squashed cell tanh c")},
        {"recurrent", GateWords::tr("W_hn h + b_hn, before the reset gate")},
        {"reset", GateWords::tr("state behind the reset gate")},
        {"context", GateWords::tr("context: what the network put out before")}};
    const auto word = words.find(found.name);
    return word == words.end() ? gateWord(found.name) : word->second;
}

} // namespace chronograd
