#pragma once

#include "ui/graph/graph_layout.h"

#include <QAccessibleWidget>

#include <vector>

namespace chronograd {

class GraphCanvas;

/// What a screen reader sees of the graph: items of a Graphics View are invisible to it, so the view has the
/// units and losses in view as its children, each with name, value and delta, and tells which one is
/// selected.
class GraphAccessible : public QAccessibleWidget
{
public:
    explicit GraphAccessible(GraphCanvas& canvas);
    ~GraphAccessible() override;

    static void install(); ///< Makes Qt ask us about graphs.
    static void announceSelection(GraphCanvas& canvas);

    int childCount() const override;
    QAccessibleInterface* child(int index) const override;
    int indexOfChild(const QAccessibleInterface* child) const override;
    QAccessibleInterface* childAt(int x, int y) const override;
    QAccessibleInterface* focusChild() const override;
    QString text(QAccessible::Text text) const override;

private:
    GraphCanvas& canvas() const;
    int unitsOfStep() const;
    int indexOf(const UnitId& unit) const; ///< −1: not in view.
    UnitId unitAt(int index) const;

    mutable std::vector<std::pair<UnitId, QAccessible::Id>> m_children; ///< Those that were asked for.
};

} // namespace chronograd
