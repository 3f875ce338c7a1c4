#include "ui/graph/operations_accessible.h"

#include "ui/graph/operations_view.h"

namespace chronograd {

namespace {

class NodeAccessible : public QAccessibleInterface
{
public:
    NodeAccessible(OperationsView& view, int node)
        : m_view(view)
        , m_node(node)
    {}

    int node() const { return m_node; }
    bool isValid() const override { return m_node < static_cast<int>(m_view.graph().nodes.size()); }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(&m_view); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QRect rect() const override
    {
        const QRect inside = isValid() ? m_view.nodeRect(m_node).toAlignedRect() : QRect();
        return QRect(m_view.mapToGlobal(inside.topLeft()), inside.size());
    }
    QAccessible::Role role() const override { return QAccessible::Graphic; }
    QAccessible::State state() const override
    {
        QAccessible::State result;
        result.focusable = true;
        result.focused = m_view.hasFocus() && m_view.current() == m_node;
        return result;
    }
    QString text(QAccessible::Text text) const override
    {
        return text == QAccessible::Name && isValid() ? m_view.nodeSentence(m_node) : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}

private:
    OperationsView& m_view;
    int m_node;
};

QAccessibleInterface* makeOperationsInterface(const QString&, QObject* object)
{
    auto* view = qobject_cast<OperationsView*>(object);
    return view ? new OperationsAccessible(*view) : nullptr;
}

} // namespace

OperationsAccessible::OperationsAccessible(OperationsView& view)
    : QAccessibleWidget(&view, QAccessible::Chart)
{}

OperationsAccessible::~OperationsAccessible()
{
    for (const auto& [node, id] : m_children)
        QAccessible::deleteAccessibleInterface(id);
}

void OperationsAccessible::install()
{
    static const bool installed = [] {
        QAccessible::installFactory(makeOperationsInterface);
        return true;
    }();
    Q_UNUSED(installed)
}

void OperationsAccessible::announce(OperationsView& view)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(&view, QAccessible::Focus);
    event.setChild(view.current());
    QAccessible::updateAccessibility(&event);
}

OperationsView& OperationsAccessible::view() const
{
    return *static_cast<OperationsView*>(object());
}

int OperationsAccessible::childCount() const
{
    return static_cast<int>(view().graph().nodes.size());
}

QAccessibleInterface* OperationsAccessible::child(int index) const
{
    if (index < 0 || index >= childCount())
        return nullptr;
    if (const auto known = m_children.find(index); known != m_children.end())
        return QAccessible::accessibleInterface(known->second);
    auto* made = new NodeAccessible(view(), index);
    m_children[index] = QAccessible::registerAccessibleInterface(made);
    return made;
}

int OperationsAccessible::indexOfChild(const QAccessibleInterface* child) const
{
    const auto* node = dynamic_cast<const NodeAccessible*>(child);
    return node ? node->node() : -1;
}

QAccessibleInterface* OperationsAccessible::childAt(int x, int y) const
{
    const QPoint place = view().mapFromGlobal(QPoint(x, y));
    for (int index = 0; index < childCount(); ++index) {
        if (view().nodeRect(index).contains(place))
            return child(index);
    }
    return nullptr;
}

QAccessibleInterface* OperationsAccessible::focusChild() const
{
    return view().hasFocus() ? child(view().current()) : nullptr;
}

} // namespace chronograd
