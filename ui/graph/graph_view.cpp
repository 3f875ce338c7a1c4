#include "ui/graph/graph_view.h"

#include "ui/graph/graph_bar.h"
#include "ui/graph/graph_canvas.h"
#include "ui/graph/graph_legend.h"
#include "ui/graph/operations_area.h"
#include "ui/graph/operations_view.h"
#include "ui/theme/card.h"
#include "ui/theme/segmented_control.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <map>

namespace chronograd {

GraphView::GraphView(QWidget* parent)
    : QWidget(parent)
    , m_canvas(new GraphCanvas)
    , m_operations(new OperationsArea(m_canvas->state()))
    , m_bar(new GraphBar(*m_canvas))
    , m_switch(makeSwitch())
    , m_gates(new QWidget)
    , m_batch(new QComboBox)
    , m_legend(new GraphLegend(m_canvas->state()))
    , m_header(new QWidget)
{
    auto* header = new QHBoxLayout(m_header);
    header->setContentsMargins(0, 0, 0, 0);
    header->addWidget(m_switch);
    header->addWidget(m_gates);
    header->addWidget(m_batch);
    m_batch->setObjectName(QStringLiteral("batch"));
    m_batch->setAccessibleName(tr("Sequence of the batch"));
    m_batch->setToolTip(tr("Which of the sequences that are trained side by side is shown"));
    m_batch->hide();
    connect(m_batch, &QComboBox::activated, this, &GraphView::memberChosen);
    header->addStretch(1);
    header->addWidget(m_legend);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_header);
    column->addWidget(m_canvas, 1);
    column->addWidget(m_operations, 1);
    m_operations->hide();
    column->addWidget(m_bar);
    connect(m_bar, &GraphBar::operationsAsked, this, &GraphView::showOperations);
    connect(&m_operations->view(), &OperationsView::quantityPicked, this, [this](const Quantity& quantity) {
        select(quantity);
        emit quantitySelected(quantity);
    });
    auto* gates = new QHBoxLayout(m_gates);
    gates->setContentsMargins(8, 0, 0, 0);
    gates->setSpacing(6);
    m_gates->hide();
    setFocusProxy(m_canvas);
    setMinimumSize(320, 240);
    setAccessibleName(tr("Unfolded network"));
    connect(m_switch, &SegmentedControl::chosen, this,
            [this](int index) { m_canvas->setEdgeQuantity(static_cast<EdgeQuantity>(index)); });
    connect(m_canvas, &GraphCanvas::quantityPicked, this, &GraphView::quantitySelected);
    connect(m_canvas, &GraphCanvas::settingDragged, this, &GraphView::settingDragged);
    connect(m_canvas, &GraphCanvas::settingDropped, this, &GraphView::settingDropped);
    connect(m_canvas, &GraphCanvas::scalesChanged, m_legend, qOverload<>(&QWidget::update));
}

SegmentedControl* GraphView::makeSwitch()
{
    auto* control = new SegmentedControl(tr("Edges show"),
                                         {tr("weight"), tr("share of gradient"), tr("update"), tr("value")});
    control->setToolTipAt(int(EdgeQuantity::Weight), tr("Edges show the weights, the same in every copy"));
    control->setToolTipAt(int(EdgeQuantity::Share),
                          tr("Edges show what each time step adds to the gradient: δ · value sent"));
    control->setToolTipAt(int(EdgeQuantity::Update), tr("Edges show Δw of the update, once it is done"));
    control->setToolTipAt(int(EdgeQuantity::Value), tr("Edges show what flows forward: weight · value sent"));
    control->setCurrent(int(EdgeQuantity::Weight));
    return control;
}

void GraphView::showFrame(std::shared_ptr<const Frame> frame)
{
    if (frame)
        showGates(*frame->network);
    if (frame)
        showBatch(*frame);
    m_canvas->showFrame(std::move(frame));
    if (m_isOfOperations)
        refreshOperations();
}

void GraphView::refreshOperations()
{
    const OperationsView& view = m_operations->view();
    m_operations->view().refresh();
    m_legend->showColumns(GraphLegend::Columns{view.valueScale(), view.gradientScale()});
}

/// What edges show means nothing there.
void GraphView::showOperations(bool shown)
{
    m_isOfOperations = shown;
    if (shown)
        refreshOperations();
    else
        m_legend->showColumns(std::nullopt);
    m_switch->setVisible(!shown);
    m_gates->setVisible(!shown && !m_gateNames.empty());
    m_canvas->setVisible(!shown);
    m_operations->setVisible(shown);
    m_bar->setOperations(shown);
    QWidget* const seen = shown ? static_cast<QWidget*>(m_operations) : m_canvas;
    seen->setFocus();
    setFocusProxy(seen);
}

/// A unit of a gated cell has a weight for each gate: the edges show those of one.
void GraphView::showGates(const Network& network)
{
    std::vector<std::string> names = gatesOf(network);
    if (names == m_gateNames)
        return;
    m_gateNames = std::move(names);
    qDeleteAll(m_gates->findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
    m_gates->setVisible(!m_gateNames.empty() && !m_isOfOperations);
    m_canvas->setGate(0);
    if (m_gateNames.empty())
        return;
    QStringList texts;
    for (const std::string& name : m_gateNames)
        texts << QString::fromStdString(name);
    auto* label = new QLabel(tr("gate"));
    label->setProperty("look", QStringLiteral("secondary"));
    auto* control = new SegmentedControl(tr("Gate whose weights the edges show"), texts);
    control->setObjectName(QStringLiteral("gate"));
    const std::map<std::string, QString> meanings{
        {"i", tr("input gate: how much of the candidate enters the cell")},
        {"f", tr("forget gate: how much of the cell is kept")},
        {"g", tr("candidate: what may enter the cell")},
        {"o", tr("output gate: how much of the cell is shown")},
        {"r", tr("reset gate: how much of the state the candidate sees")},
        {"z", tr("update gate: how much of the state is kept")},
        {"n", tr("candidate: the new state")}};
    for (std::size_t i = 0; i < m_gateNames.size(); ++i)
        control->setToolTipAt(static_cast<int>(i), meanings.at(m_gateNames[i]));
    control->setCurrent(0);
    connect(control, &SegmentedControl::chosen, m_canvas, &GraphCanvas::setGate);
    m_gates->layout()->addWidget(label);
    m_gates->layout()->addWidget(control);
}

void GraphView::showBatch(const Frame& frame)
{
    m_batch->setVisible(frame.batch.size() > 1);
    QStringList texts;
    for (const std::int64_t sequence : frame.batch)
        texts << tr("#%1", "a sequence of the batch").arg(sequence);
    for (int i = 0; i < texts.size(); ++i) {
        if (i >= m_batch->count())
            m_batch->addItem(texts[i]);
        else if (m_batch->itemText(i) != texts[i])
            m_batch->setItemText(i, texts[i]);
    }
    while (m_batch->count() > texts.size())
        m_batch->removeItem(m_batch->count() - 1);
    if (!m_batch->view()->isVisible())
        m_batch->setCurrentIndex(static_cast<int>(frame.member));
}

void GraphView::select(const Quantity& quantity)
{
    m_canvas->select(quantity);
    m_canvas->reveal(quantity);
    if (m_isOfOperations)
        refreshOperations();
}

void GraphView::setMark(const std::optional<GraphMark>& mark)
{
    m_canvas->setMark(mark);
}

void GraphView::coverSums(bool covering)
{
    m_canvas->coverSums(covering);
}

void GraphView::setWarnings(const std::vector<Warning>& warnings)
{
    m_canvas->setWarnings(warnings);
}

void GraphView::showAsked(const Command& command)
{
    if (const auto* change = std::get_if<ChangeCommand>(&command))
        m_canvas->showAsked(change->change);
}

void GraphView::showDragged(const std::optional<SettingChange>& change)
{
    m_canvas->showDragged(change);
}

void GraphView::setAnimated(bool on)
{
    m_canvas->setAnimated(on);
}

bool GraphView::isAnimated() const
{
    return m_canvas->isAnimated();
}

EdgeQuantity GraphView::edgeQuantity() const
{
    return m_canvas->state().quantity;
}

void GraphView::setEdgeQuantity(EdgeQuantity quantity)
{
    m_switch->setCurrent(static_cast<int>(quantity));
    m_canvas->setEdgeQuantity(quantity);
}

void GraphView::moveHeaderTo(CardTitle& title)
{
    title.add(m_switch);
    title.add(m_gates);
    title.add(m_batch);
    title.addAtEnd(m_legend);
    m_header->hide();
}

void GraphView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange ||
        event->type() == QEvent::FontChange || event->type() == QEvent::LocaleChange)
    {
        m_canvas->themeChanged();
        m_legend->updateGeometry();
        m_legend->update();
    }
}

} // namespace chronograd
