#include "ui/inspector/unit_pages.h"

#include "core/explain/explain.h"
#include "ui/inspector/activation_curve.h"
#include "ui/inspector/block_list.h"
#include "ui/inspector/explanation_block.h"
#include "ui/inspector/gate_words.h"
#include "ui/theme/formula_number.h"
#include "ui/theme/link_label.h"
#include "ui/theme/reading.h"

#include <QCoreApplication>
#include <QLabel>
#include <QStringList>
#include <QVBoxLayout>

#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace chronograd {

namespace {

constexpr int mostWeights = 48;

QVBoxLayout* columnOf(QWidget* page)
{
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    return column;
}

Quantity slotAt(const Quantity& unit, SlotId slot)
{
    Quantity quantity = unit;
    quantity.kind = QuantityKind::Slot;
    quantity.slot = slot;
    return quantity;
}

/// Puts the unit's place on the curve, or hides it: softmax has no curve of one variable.
void showCurve(ActivationCurve* curve, const Frame& frame, const Quantity& unit, const Layer& layer)
{
    const Quantity net = slotAt(unit, layer.net);
    const Quantity out = slotAt(unit, layer.output);
    const bool isOfUnit = unit.slot == layer.net || unit.slot == layer.output;
    const bool has = isOfUnit && layer.spec.activation.kind != Activation::Softmax && !layer.isGated() &&
                     layer.hasNet() && unit.t >= frame.firstStep && hasQuantity(frame, net) &&
                     hasQuantity(frame, out);
    curve->setVisible(has);
    if (has)
        curve->setPoint(layer.spec.activation, valueOf(frame, net), valueOf(frame, out),
                        Reading::current().digits);
}

/// A slot of a gated layer for the unit that a quantity is about.
BlockList::Entry entryOf(const Network& network, const Layer& layer, const Quantity& about, QuantityKind kind,
                         SlotId slot, int gate = 0)
{
    Quantity quantity = about;
    quantity.kind = kind;
    quantity.slot = slot;
    quantity.unit = about.unit % layer.units + gate * layer.units;
    return {slot == layer.net ? gateWord(gateNames(layer.spec.cell)[static_cast<std::size_t>(gate)])
                              : slotWord(slot, network),
            quantity};
}

int indexIn(const Network& network, const Layer& layer)
{
    return *network.findLayer(layer.spec.name);
}

/// Net and value of each gate, then what they make of the cell and the output, in the order of computing.
std::vector<BlockList::Entry> forwardOf(const Network& network, const Layer& layer, const Quantity& about)
{
    const int index = indexIn(network, layer);
    std::vector<BlockList::Entry> entries;
    const auto gates = gateNames(layer.spec.cell);
    const auto addSlot = [&](const char* name) {
        if (const auto slot = network.findSlot(index, name))
            entries.push_back(entryOf(network, layer, about, QuantityKind::Slot, *slot));
    };
    for (std::size_t gate = 0; gate < gates.size(); ++gate) {
        if (gate + 1 == gates.size()) {
            addSlot("recurrent");
            addSlot("reset");
        }
        entries.push_back(
            entryOf(network, layer, about, QuantityKind::Slot, layer.net, static_cast<int>(gate)));
        entries.back().heading =
            QCoreApplication::translate("chronograd::ForwardPage", "Weighted input of the %1")
                .arg(gateWord(gates[gate]));
        addSlot(gates[gate]);
    }
    addSlot("cell");
    addSlot("tanh_cell");
    entries.push_back(entryOf(network, layer, about, QuantityKind::Slot, layer.output));
    for (BlockList::Entry& entry : entries)
        entry.heading.replace(0, 1, entry.heading.at(0).toUpper());
    return entries;
}

/// ∂L/∂h, ∂L/∂c, then the delta of each gate.
std::vector<BlockList::Entry> backwardOf(const Network& network, const Layer& layer, const Quantity& about)
{
    const auto heading = [](const QString& of) {
        return QCoreApplication::translate("chronograd::BackwardPage", "Error at the %1").arg(of);
    };
    std::vector<BlockList::Entry> entries{entryOf(network, layer, about, QuantityKind::Delta, layer.output)};
    if (const auto cell = network.findSlot(indexIn(network, layer), "cell"))
        entries.push_back(entryOf(network, layer, about, QuantityKind::Delta, *cell));
    const auto gates = static_cast<int>(gateNames(layer.spec.cell).size());
    for (int gate = 0; gate < gates; ++gate)
        entries.push_back(entryOf(network, layer, about, QuantityKind::Delta, layer.net, gate));
    for (BlockList::Entry& entry : entries)
        entry.heading = heading(entry.heading);
    return entries;
}

/// Rows and columns of a parameter that lead to a unit; of a gated one to each of its gates.
std::vector<std::pair<int, int>> weightsInto(const Network& network, const ParameterView& view,
                                             const Quantity& unit)
{
    const Slot& slot = network.program().slotTable[static_cast<std::size_t>(unit.slot)];
    const int blockRows = view.rows / view.blocks;
    const bool isOneGate = slot.blocks > 1 && view.blocks > 1; // a gate's own weighted input is looked at
    std::vector<std::pair<int, int>> weights;
    for (int row = isOneGate ? unit.unit : unit.unit % blockRows; row < view.rows;
         row += isOneGate ? view.rows : blockRows)
        for (int column = 0; column < view.columns; ++column)
            weights.emplace_back(row, column);
    return weights;
}

const Layer& layerIn(const Frame& frame, const Quantity& unit)
{
    return frame.network->layers()[static_cast<std::size_t>(layerOf(unit, *frame.network))];
}

} // namespace

int layerOf(const Quantity& quantity, const Network& network)
{
    return network.program().slotTable[static_cast<std::size_t>(quantity.slot)].layer;
}

ForwardPage::ForwardPage(QWidget* parent)
    : InspectorPage(parent)
    , m_net(new ExplanationBlock(tr("Weighted input")))
    , m_out(new ExplanationBlock(tr("Activation")))
    , m_cell(new BlockList)
    , m_curve(new ActivationCurve)
{
    QVBoxLayout* column = columnOf(this);
    column->addWidget(m_net);
    column->addWidget(m_out);
    column->addWidget(m_cell);
    connect(m_cell, &BlockList::linkActivated, this, &InspectorPage::linkActivated);
    column->addWidget(m_curve);
    m_out->setLineAbove();
    connect(m_net, &ExplanationBlock::linkActivated, this, &InspectorPage::linkActivated);
    connect(m_out, &ExplanationBlock::linkActivated, this, &InspectorPage::linkActivated);
}

void ForwardPage::show(const std::shared_ptr<const Frame>& frame, const Quantity& quantity)
{
    const Layer& layer = layerIn(*frame, quantity);
    m_net->setVisible(!layer.isGated());
    m_cell->setVisible(layer.isGated());
    if (layer.isGated()) {
        m_cell->show(frame, forwardOf(*frame->network, layer, quantity));
        m_out->hide();
    } else if (const SlotId own = quantity.slot; own != layer.net && own != layer.output) { // a context
        m_net->setHeading(slotWord(own, *frame->network));
        m_net->show(frame, slotAt(quantity, own));
        m_out->hide();
    } else {
        m_net->setHeading(layer.hasNet() ? tr("Weighted input") : tr("Joined from both chains"));
        m_net->show(frame, slotAt(quantity, layer.net));
        m_out->show(frame, slotAt(quantity, layer.output));
        m_out->setVisible(layer.hasNet() && !m_net->isAbsent());
    }
    showCurve(m_curve, *frame, quantity, layer);
}

BackwardPage::BackwardPage(QWidget* parent)
    : InspectorPage(parent)
    , m_delta(new ExplanationBlock(QString()))
    , m_cell(new BlockList)
    , m_curve(new ActivationCurve)
{
    QVBoxLayout* column = columnOf(this);
    column->addWidget(m_delta);
    column->addWidget(m_cell);
    connect(m_cell, &BlockList::linkActivated, this, &InspectorPage::linkActivated);
    column->addWidget(m_curve);
    connect(m_delta, &ExplanationBlock::linkActivated, this, &InspectorPage::linkActivated);
}

void BackwardPage::show(const std::shared_ptr<const Frame>& frame, const Quantity& quantity)
{
    const Layer& layer = layerIn(*frame, quantity);
    Quantity delta = quantity;
    delta.kind = QuantityKind::Delta;
    const bool isOfUnit = quantity.slot == layer.net || quantity.slot == layer.output;
    delta.slot = isOfUnit ? layer.error() : quantity.slot;
    m_delta->setVisible(!layer.isGated());
    m_cell->setVisible(layer.isGated());
    if (layer.isGated()) {
        std::vector<BlockList::Entry> entries = backwardOf(*frame->network, layer, quantity);
        if (!hasQuantity(*frame, entries.front().quantity)) // why not is the same for all
            entries.erase(entries.begin() + 1, entries.end());
        m_cell->show(frame, entries);
    } else {
        m_delta->show(frame, delta);
    }
    showCurve(m_curve, *frame, quantity, layer);
}

IncomingPage::IncomingPage(QWidget* parent)
    : InspectorPage(parent)
    , m_intro(new QLabel(
          tr("The weights into this unit. Choose one to see each time step's share of its gradient.")))
    , m_table(new LinkLabel)
{
    QVBoxLayout* column = columnOf(this);
    column->addWidget(m_intro);
    column->addWidget(m_table);
    m_intro->setProperty("look", u"secondary"_s);
    m_intro->setWordWrap(true);
    m_table->setTextFormat(Qt::RichText);
    m_table->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    m_table->setFocusPolicy(Qt::StrongFocus);
    m_table->setAccessibleName(tr("Weights into this unit"));
    m_table->setToolTip(tr("Weight before the update, and its change"));
    connect(m_table, &QLabel::linkActivated, this, &IncomingPage::activate);
}

void IncomingPage::show(const std::shared_ptr<const Frame>& frame, const Quantity& quantity)
{
    const Network& network = *frame->network;
    const int layer = layerOf(quantity, network);
    QString rows =
        u"<tr><td></td><td align=right>%1</td><td align=right>%2</td></tr>"_s.arg(tr("before"), tr("change"));
    int shown = 0;
    int left = 0;
    const auto& views = network.parameters().views();
    for (int id = 0; id < static_cast<int>(views.size()); ++id) {
        const ParameterView& view = views[static_cast<std::size_t>(id)];
        if (view.layer != layer)
            continue;
        for (const auto& [row, j] : weightsInto(network, view, quantity)) {
            if (shown++ >= mostWeights) {
                ++left;
                continue;
            }
            Quantity weight;
            weight.kind = QuantityKind::Weight;
            weight.parameter = id;
            weight.row = row;
            weight.column = j;
            Quantity change = weight;
            change.kind = QuantityKind::Change;
            const QString name = QString::fromStdString(quantityText(weight, network)).section(u'.', 1);
            const QString moved = hasQuantity(*frame, change)
                                      ? formulaNumberText(valueOf(*frame, change), Reading::current().digits)
                                      : tr("not yet");
            rows += u"<tr><td><a href=\"%1 %2 %3\">%4</a></td><td align=right>&nbsp;&nbsp;%5</td>"
                    "<td align=right>&nbsp;&nbsp;&nbsp;%6</td></tr>"_s.arg(id)
                        .arg(row)
                        .arg(j)
                        .arg(name.toHtmlEscaped(),
                             formulaNumberText(valueOf(*frame, weight), Reading::current().digits), moved);
        }
    }
    QString text = u"<table cellspacing=3 width=\"100%\">%1</table>"_s.arg(rows);
    if (left > 0)
        text += tr("and %n more; click an edge in the graph to reach them", nullptr, left);
    if (m_table->text() != text)
        m_table->setText(text);
}

void IncomingPage::activate(const QString& link)
{
    const QStringList parts = link.split(u' ');
    Quantity weight;
    weight.kind = QuantityKind::Weight;
    weight.parameter = parts.value(0).toInt();
    weight.row = parts.value(1).toInt();
    weight.column = parts.value(2).toInt();
    emit linkActivated(weight);
}

NumberPage::NumberPage(QWidget* parent)
    : InspectorPage(parent)
    , m_number(new ExplanationBlock(QString()))
{
    columnOf(this)->addWidget(m_number);
    connect(m_number, &ExplanationBlock::linkActivated, this, &InspectorPage::linkActivated);
}

void NumberPage::show(const std::shared_ptr<const Frame>& frame, const Quantity& quantity)
{
    m_number->show(frame, quantity);
}

} // namespace chronograd
