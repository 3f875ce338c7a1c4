#include "ui/inspector/gate_words.h"

#include <QCoreApplication>

#include <map>

namespace chronograd {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(chronograd::Words)
};

} // namespace

QString gateWord(const std::string& gate)
{
    const std::map<std::string, QString> words{
        {"i", Words::tr("input gate i")}, {"f", Words::tr("forget gate f")},
        {"g", Words::tr("candidate g")},  {"o", Words::tr("output gate o")},
        {"r", Words::tr("reset gate r")}, {"z", Words::tr("update gate z")},
        {"n", Words::tr("candidate n")}};
    const auto found = words.find(gate);
    return found == words.end() ? QString::fromStdString(gate) : found->second;
}

QString slotWord(SlotId slot, const Network& network)
{
    const Slot& found = network.program().slotTable[static_cast<std::size_t>(slot)];
    if (found.layer < 0)
        return Words::tr("value");
    const Layer& layer = network.layers()[static_cast<std::size_t>(found.layer)];
    if (slot == layer.output)
        return layer.isGated() ? Words::tr("output h") : Words::tr("activation");
    if (slot == layer.net)
        return Words::tr("weighted input (net)");
    const std::map<std::string, QString> words{
        {"cell", Words::tr("cell c")},
        {"tanh_cell", Words::tr("tanh of the cell")},
        {"recurrent", Words::tr("W_hn h + b_hn, before the reset gate")},
        {"reset", Words::tr("state behind the reset gate")},
        {"context", Words::tr("context: what the network put out before")}};
    const auto word = words.find(found.name);
    return word == words.end() ? gateWord(found.name) : word->second;
}

} // namespace chronograd
