#pragma once

#include <QWidget>

namespace chronograd {

struct GraphState;

/// The names of the rows, at the left edge: loss, layers, input.
class RowLabels : public QWidget
{
    Q_OBJECT

public:
    RowLabels(const GraphState& state, QWidget* parent);

    void setScroll(int y); ///< Scene position of the upper edge.
    int neededWidth() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const GraphState& m_state;
    int m_scroll = 0;
};

} // namespace chronograd
