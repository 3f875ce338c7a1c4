#pragma once

#include <QWidget>

namespace chronograd {

struct GraphState;

/// The time axis below the graph: the steps, the updates made, and how far k1 and k2 reach.
class TimeAxis : public QWidget
{
    Q_OBJECT

public:
    TimeAxis(const GraphState& state, QWidget* parent);

    void setScroll(int x); ///< Scene position of the left edge.
    int neededHeight() const;

    /// "k2 = 5 steps back"; "k1 = 3 since the last update".
    QString k1Text() const;
    QString k2Text() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    bool hasBrackets() const;
    void paintSteps(QPainter& painter) const;
    void paintCut(QPainter& painter) const;
    void paintUpdates(QPainter& painter) const;
    void paintK2(QPainter& painter) const;
    void paintK1(QPainter& painter) const;

    const GraphState& m_state;
    int m_scroll = 0;
};

} // namespace chronograd
