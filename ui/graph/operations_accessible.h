#pragma once

#include <QAccessibleWidget>

#include <map>

namespace chronograd {

class OperationsView;

/// What a screen reader sees of a step's operations: the nodes with their values.
class OperationsAccessible : public QAccessibleWidget
{
public:
    explicit OperationsAccessible(OperationsView& view);
    ~OperationsAccessible() override;

    static void install();
    static void announce(OperationsView& view); ///< The keys are at another node.

    int childCount() const override;
    QAccessibleInterface* child(int index) const override;
    int indexOfChild(const QAccessibleInterface* child) const override;
    QAccessibleInterface* childAt(int x, int y) const override;
    QAccessibleInterface* focusChild() const override;

private:
    OperationsView& view() const;

    mutable std::map<int, QAccessible::Id> m_children; ///< Those that were asked for.
};

} // namespace chronograd
