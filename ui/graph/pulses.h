#pragma once

#include "ui/graph/graph_selection.h"

#include <QPainterPath>
#include <QWidget>

#include <vector>

class QVariantAnimation;

namespace chronograd {

/// A number on its way: what one unit has just given to another.
struct Pulse
{
    QPainterPath path; ///< In scene coordinates, the way that the number goes.
    double value = 0.0;
    bool forward = true;
};

/// The numbers that what is at work has just been made of: going forward weight · value sent, going backward
/// weight · δ that comes back; the strongest few. Every one is a number of the frame.
/// \param before where training stood before: inside a layer only the terms since then run.
std::vector<Pulse> pulsesOf(const GraphState& state, const Position& before = {});

/// Lets pulses run over the picture: forward ones to the right, backward ones to the left.
class PulseLayer : public QWidget
{
    Q_OBJECT

public:
    static constexpr int duration = 450; ///< Milliseconds.

    explicit PulseLayer(QWidget* parent);

    void run(std::vector<Pulse> pulses, QPointF scroll);
    void stop();
    bool isRunning() const;
    const std::vector<Pulse>& pulses() const { return m_pulses; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<Pulse> m_pulses;
    QPointF m_scroll;
    QVariantAnimation* m_animation;
};

} // namespace chronograd
