#pragma once

#include <QScrollArea>

namespace chronograd {

class OperationsView;
struct GraphState;

/// Scrolls the operations of a step where they do not fit.
class OperationsArea : public QScrollArea
{
    Q_OBJECT

public:
    explicit OperationsArea(const GraphState& state, QWidget* parent = nullptr);

    OperationsView& view() const { return *m_view; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    OperationsView* m_view;
};

} // namespace chronograd
