#include "ui/inspector/unit_pages.h"

#include "core/explain/explain.h"
#include "ui/inspector/activation_curve.h"
#include "ui/inspector/explanation_block.h"
#include "ui/inspector/formula_number.h"

#include <QLabel>
#include <QStringList>
#include <QVBoxLayout>

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
void showCurve(ActivationCurve* curve, const Frame& frame, const Quantity& unit, const Layer& layer,
               int digits)
{
    const Quantity net = slotAt(unit, layer.net);
    const Quantity out = slotAt(unit, layer.output);
    const bool has = layer.spec.activation.kind != Activation::Softmax && !layer.isGated() &&
                     layer.hasNet() && unit.t >= frame.firstStep && hasQuantity(frame, net) &&
                     hasQuantity(frame, out);
    curve->setVisible(has);
    if (has)
        curve->setPoint(layer.spec.activation, valueOf(frame, net), valueOf(frame, out), digits);
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
    , m_curve(new ActivationCurve)
{
    QVBoxLayout* column = columnOf(this);
    column->addWidget(m_net);
    column->addWidget(m_out);
    column->addWidget(m_curve);
    m_out->setLineAbove();
    connect(m_net, &ExplanationBlock::linkActivated, this, &InspectorPage::linkActivated);
    connect(m_out, &ExplanationBlock::linkActivated, this, &InspectorPage::linkActivated);
}

void ForwardPage::show(const std::shared_ptr<const Frame>& frame, const Quantity& quantity)
{
    const Layer& layer = layerIn(*frame, quantity);
    m_net->show(frame, slotAt(quantity, layer.isGated() ? layer.output : layer.net));
    m_out->show(frame, slotAt(quantity, layer.output));
    m_out->setVisible(!m_net->isAbsent());
    showCurve(m_curve, *frame, quantity, layer, m_digits);
}

void ForwardPage::setDigits(int digits)
{
    m_digits = digits;
    m_net->setDigits(digits);
    m_out->setDigits(digits);
}

BackwardPage::BackwardPage(QWidget* parent)
    : InspectorPage(parent)
    , m_delta(new ExplanationBlock(QString()))
    , m_curve(new ActivationCurve)
{
    QVBoxLayout* column = columnOf(this);
    column->addWidget(m_delta);
    column->addWidget(m_curve);
    connect(m_delta, &ExplanationBlock::linkActivated, this, &InspectorPage::linkActivated);
}

void BackwardPage::show(const std::shared_ptr<const Frame>& frame, const Quantity& quantity)
{
    const Layer& layer = layerIn(*frame, quantity);
    Quantity delta = quantity;
    delta.kind = QuantityKind::Delta;
    delta.slot = layer.error();
    m_delta->show(frame, delta);
    showCurve(m_curve, *frame, quantity, layer, m_digits);
}

void BackwardPage::setDigits(int digits)
{
    m_digits = digits;
    m_delta->setDigits(digits);
}

IncomingPage::IncomingPage(QWidget* parent)
    : InspectorPage(parent)
    , m_intro(new QLabel(
          tr("The weights into this unit. Choose one to see each time step's share of its gradient.")))
    , m_table(new QLabel)
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
        if (view.layer != layer || quantity.unit >= view.rows)
            continue;
        for (int j = 0; j < view.columns; ++j) {
            if (shown++ >= mostWeights) {
                ++left;
                continue;
            }
            Quantity weight;
            weight.kind = QuantityKind::Weight;
            weight.parameter = id;
            weight.row = quantity.unit;
            weight.column = j;
            Quantity change = weight;
            change.kind = QuantityKind::Change;
            const QString name = QString::fromStdString(quantityText(weight, network)).section(u'.', 1);
            const QString moved = hasQuantity(*frame, change)
                                      ? formulaNumberText(valueOf(*frame, change), m_digits)
                                      : tr("not yet");
            rows +=
                u"<tr><td><a href=\"%1 %2\">%3</a></td><td align=right>&nbsp;&nbsp;%4</td>"
                "<td align=right>&nbsp;&nbsp;&nbsp;%5</td></tr>"_s.arg(id)
                    .arg(j)
                    .arg(name.toHtmlEscaped(), formulaNumberText(valueOf(*frame, weight), m_digits), moved);
        }
    }
    QString text = u"<table cellspacing=3 width=\"100%\">%1</table>"_s.arg(rows);
    if (left > 0)
        text += tr("and %n more; click an edge in the graph to reach them", nullptr, left);
    m_table->setProperty("unit", quantity.unit);
    if (m_table->text() != text)
        m_table->setText(text);
}

void IncomingPage::activate(const QString& link)
{
    const QStringList parts = link.split(u' ');
    Quantity weight;
    weight.kind = QuantityKind::Weight;
    weight.parameter = parts.value(0).toInt();
    weight.row = m_table->property("unit").toInt();
    weight.column = parts.value(1).toInt();
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

void NumberPage::setDigits(int digits)
{
    m_number->setDigits(digits);
}

} // namespace chronograd
