#pragma once

#include "core/training/frame.h"

#include <QAbstractSlider>

class QScrollBar;

namespace chronograd {

struct GraphState;

/// The whole sequence as a strip: where the view is, the window and its cut, updates and losses. Click or
/// drag to move; it scrolls what `bar` scrolls.
class Minimap : public QAbstractSlider
{
    Q_OBJECT

public:
    Minimap(const GraphState& state, QScrollBar& bar, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    void describe(); ///< Tells screen readers which steps are in view.

signals:
    void moved(); ///< By hand.

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    double x(double scene) const; ///< Of a scene position.
    void centreOn(double x);
    void paintLosses(QPainter& painter) const;
    void paintWindow(QPainter& painter) const;

    const GraphState& m_state;
    QScrollBar& m_bar;
};

} // namespace chronograd
