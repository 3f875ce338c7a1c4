#include "ui/graph/graph_accessible.h"

#include "ui/graph/graph_canvas.h"
#include "ui/graph/graph_selection.h"
#include "ui/graph/graph_tip.h"

#include <QTextDocumentFragment>

#include <algorithm>

namespace chronograd {

namespace {

constexpr std::size_t mostChildren = 4096; ///< Interfaces kept; older ones are dropped.

/// A unit or a loss, which is what lies above the last level.
std::optional<UnitId> elementOf(const GraphState& state, const Quantity& quantity)
{
    if (quantity.kind == QuantityKind::StepLoss || quantity.kind == QuantityKind::Target)
        return UnitId{quantity.t, state.layout.levels(), 0};
    return unitOf(state, quantity);
}

class UnitAccessible : public QAccessibleInterface
{
public:
    UnitAccessible(GraphCanvas& canvas, const UnitId& unit)
        : m_canvas(canvas)
        , m_unit(unit)
    {}

    const UnitId& unit() const { return m_unit; }

    bool isValid() const override
    {
        const GraphState& state = m_canvas.state();
        if (!state.frame)
            return false;
        return isLoss() ||
               (m_unit.level < state.layout.levels() && m_unit.unit < state.layout.units(m_unit.level));
    }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(&m_canvas); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }

    QRect rect() const override
    {
        const QRect inside =
            m_canvas.rectOf(isLoss() ? lossQuantity(m_unit.t) : unitQuantity(m_canvas.state(), m_unit))
                .toAlignedRect();
        return QRect(m_canvas.viewport()->mapToGlobal(inside.topLeft()), inside.size());
    }

    QAccessible::Role role() const override { return QAccessible::Graphic; }

    QAccessible::State state() const override
    {
        QAccessible::State result;
        result.selectable = true;
        result.focusable = true;
        const auto& selection = m_canvas.state().selection;
        const auto selected = selection ? elementOf(m_canvas.state(), *selection) : std::nullopt;
        result.selected = selected == m_unit;
        result.focused = result.selected && m_canvas.hasFocus();
        return result;
    }

    QString text(QAccessible::Text text) const override
    {
        if (!isValid())
            return {};
        if (text == QAccessible::Name)
            return isLoss() ? lossSentence(m_canvas.state(), m_unit.t)
                            : unitSentence(m_canvas.state(), m_unit);
        return {};
    }

    void setText(QAccessible::Text, const QString&) override {}

private:
    bool isLoss() const { return m_unit.level == m_canvas.state().layout.levels(); }

    GraphCanvas& m_canvas;
    UnitId m_unit;
};

QAccessibleInterface* makeGraphInterface(const QString&, QObject* object)
{
    auto* canvas = qobject_cast<GraphCanvas*>(object);
    return canvas ? new GraphAccessible(*canvas) : nullptr;
}

} // namespace

GraphAccessible::GraphAccessible(GraphCanvas& canvas)
    : QAccessibleWidget(&canvas, QAccessible::Chart)
{}

GraphAccessible::~GraphAccessible()
{
    for (const auto& [unit, id] : m_children)
        QAccessible::deleteAccessibleInterface(id);
}

void GraphAccessible::install()
{
    static const bool installed = [] {
        QAccessible::installFactory(makeGraphInterface);
        return true;
    }();
    Q_UNUSED(installed)
}

void GraphAccessible::announceSelection(GraphCanvas& canvas)
{
    if (!QAccessible::isActive())
        return;
    const auto* graph = static_cast<GraphAccessible*>(QAccessible::queryAccessibleInterface(&canvas));
    const auto unit = graph ? elementOf(canvas.state(), *canvas.state().selection) : std::nullopt;
    QAccessibleEvent event(&canvas, unit ? QAccessible::Focus : QAccessible::NameChanged);
    if (unit)
        event.setChild(graph->indexOf(*unit));
    QAccessible::updateAccessibility(&event);
}

GraphCanvas& GraphAccessible::canvas() const
{
    return *static_cast<GraphCanvas*>(object());
}

int GraphAccessible::unitsOfStep() const
{
    const GraphLayout& layout = canvas().state().layout;
    int sum = 0;
    for (int level = 0; level < layout.levels(); ++level)
        sum += layout.units(level);
    return sum + 1; // the loss
}

int GraphAccessible::childCount() const
{
    return canvas().state().frame ? static_cast<int>(canvas().stepsInView().size()) * unitsOfStep() : 0;
}

UnitId GraphAccessible::unitAt(int index) const
{
    UnitId unit;
    unit.t = canvas().stepsInView()[static_cast<std::size_t>(index / unitsOfStep())];
    int rest = index % unitsOfStep();
    const GraphLayout& layout = canvas().state().layout;
    while (unit.level < layout.levels() && rest >= layout.units(unit.level))
        rest -= layout.units(unit.level++);
    unit.unit = rest;
    return unit;
}

int GraphAccessible::indexOf(const UnitId& unit) const
{
    const std::vector<std::int64_t> steps = canvas().stepsInView();
    const auto step = std::find(steps.begin(), steps.end(), unit.t);
    if (step == steps.end())
        return -1;
    int index = static_cast<int>(step - steps.begin()) * unitsOfStep() + unit.unit;
    for (int level = 0; level < unit.level; ++level)
        index += canvas().state().layout.units(level);
    return index;
}

QAccessibleInterface* GraphAccessible::child(int index) const
{
    if (index < 0 || index >= childCount())
        return nullptr;
    const UnitId unit = unitAt(index);
    const auto known = std::find_if(m_children.begin(), m_children.end(),
                                    [&unit](const auto& each) { return each.first == unit; });
    if (known != m_children.end())
        return QAccessible::accessibleInterface(known->second);
    if (m_children.size() >= mostChildren) {
        QAccessible::deleteAccessibleInterface(m_children.front().second);
        m_children.erase(m_children.begin());
    }
    auto* made = new UnitAccessible(canvas(), unit);
    m_children.emplace_back(unit, QAccessible::registerAccessibleInterface(made));
    return made;
}

int GraphAccessible::indexOfChild(const QAccessibleInterface* child) const
{
    const auto* unit = dynamic_cast<const UnitAccessible*>(child);
    return unit ? indexOf(unit->unit()) : -1;
}

QAccessibleInterface* GraphAccessible::childAt(int x, int y) const
{
    if (!canvas().state().frame)
        return nullptr;
    const QPoint place = canvas().viewport()->mapFromGlobal(QPoint(x, y));
    const GraphLayout& layout = canvas().state().layout;
    auto unit = layout.unitAt(canvas().mapToScene(place));
    if (const auto loss = layout.lossAt(canvas().mapToScene(place)))
        unit = UnitId{*loss, layout.levels(), 0};
    return unit ? child(indexOf(*unit)) : nullptr;
}

QAccessibleInterface* GraphAccessible::focusChild() const
{
    const GraphState& state = canvas().state();
    const auto unit = state.frame && state.selection ? elementOf(state, *state.selection) : std::nullopt;
    return unit ? child(indexOf(*unit)) : nullptr;
}

QString GraphAccessible::text(QAccessible::Text text) const
{
    const GraphState& state = canvas().state();
    if (text == QAccessible::Value && state.frame && state.selection)
        return QTextDocumentFragment::fromHtml(tipText(state, *state.selection)).toPlainText();
    return QAccessibleWidget::text(text);
}

} // namespace chronograd
