#include "ui/graph/graph_view.h"

#include "ui/graph/graph_canvas.h"
#include "ui/graph/graph_legend.h"
#include "ui/theme/card.h"
#include "ui/theme/segmented_control.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace chronograd {

GraphView::GraphView(QWidget* parent)
    : QWidget(parent)
    , m_canvas(new GraphCanvas)
    , m_switch(makeSwitch())
    , m_legend(new GraphLegend(m_canvas->state()))
    , m_header(new QWidget)
{
    auto* header = new QHBoxLayout(m_header);
    header->setContentsMargins(0, 0, 0, 0);
    header->addWidget(m_switch);
    header->addStretch(1);
    header->addWidget(m_legend);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_header);
    column->addWidget(m_canvas, 1);
    setFocusProxy(m_canvas);
    setMinimumSize(320, 240);
    setAccessibleName(tr("Unfolded network"));
    connect(m_switch, &SegmentedControl::chosen, this,
            [this](int index) { m_canvas->setEdgeQuantity(static_cast<EdgeQuantity>(index)); });
    connect(m_canvas, &GraphCanvas::quantityPicked, this, &GraphView::quantitySelected);
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
    m_canvas->showFrame(std::move(frame));
}

void GraphView::select(const Quantity& quantity)
{
    m_canvas->select(quantity);
}

void GraphView::showAsked(const Command& command)
{
    if (const auto* change = std::get_if<ChangeCommand>(&command))
        m_canvas->showAsked(change->change);
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
    title.addAtEnd(m_legend);
    m_header->hide();
}

void GraphView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange ||
        event->type() == QEvent::FontChange)
    {
        m_canvas->themeChanged();
        m_legend->updateGeometry();
        m_legend->update();
    }
}

} // namespace chronograd
