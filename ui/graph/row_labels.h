#pragma once

#include <QWidget>

namespace chronograd {

struct GraphState;

/// The names of the rows, at the left edge: loss, layers, input; and a sign at those that a warning is about.
class RowLabels : public QWidget
{
    Q_OBJECT

public:
    RowLabels(const GraphState& state, QWidget* parent);

    void setScroll(int y); ///< Scene position of the upper edge.
    int neededWidth() const;
    void describe(); ///< Tells screen readers of the warnings.

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    double middleOf(int level) const;
    QString warningsNear(double y) const; ///< In scene coordinates.

    const GraphState& m_state;
    int m_scroll = 0;
};

} // namespace chronograd
