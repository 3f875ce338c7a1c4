#pragma once

#include "core/explain/quantity.h"
#include "ui/graph/operations_layout.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace chronograd {

struct GraphState;

/// The computation graph of one time step: operations as nodes, on each arrow the vector that flows and the
/// gradient that comes back. Nodes and numbers can be selected.
class OperationsView : public QWidget
{
    Q_OBJECT

public:
    explicit OperationsView(const GraphState& state, QWidget* parent = nullptr);

    void refresh();           ///< Another frame or another selection.
    void fitInto(QSize room); ///< As large as the room allows, within what can be read.
    std::int64_t step() const { return m_graph.t; }
    const OperationGraph& graph() const { return m_graph; }
    const OperationsLayout& layout() const { return m_layout; }
    double valueScale() const { return m_valueScale; } ///< The value whose colour is the strongest.
    double gradientScale() const { return m_gradientScale; }

    QString nodeSentence(int node) const; ///< Name and value.
    QRectF nodeRect(int node) const;      ///< In coordinates of the widget.
    QRectF cellRect(const OperationsLayout::Cell& cell) const;
    int current() const { return m_current; } ///< The node that the keys are at.
    QSize sizeHint() const override;

signals:
    void quantityPicked(const chronograd::Quantity& quantity);
    void currentMoved(const QRect& node); ///< By the keys: should be in view.

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    std::int64_t stepToShow() const;
    std::optional<Quantity> quantityOf(const OperationsLayout::Cell& cell) const;
    std::optional<Quantity> quantityOf(int node) const;
    std::optional<Quantity> quantityAt(QPointF position) const;
    QString tipAt(QPointF position) const;
    void moveCurrent(int key);
    void paintLine(QPainter& painter, int arrow) const;
    void paintNumbers(QPainter& painter, int arrow) const;
    void paintColumn(QPainter& painter, int arrow, bool isGradient) const;
    void paintNode(QPainter& painter, int node) const;
    QPointF toGraph(QPointF position) const { return (position - m_origin) / m_scale; }

    const GraphState& m_state;
    OperationGraph m_graph;
    OperationsLayout m_layout;
    double m_valueScale = 1.0;
    double m_gradientScale = 1.0;
    double m_scale = 1.0;
    QPointF m_origin; ///< Of the picture in the widget.
    QSize m_room;
    int m_current = 0;
};

} // namespace chronograd
