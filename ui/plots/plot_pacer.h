#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <deque>
#include <functional>

class QWidget;

namespace chronograd {

/// Shares out the time for drawing plots while training goes on. In every frame of the display only so many
/// are painted as fit into a part of it, one at least, those that waited longest first: with many plots in
/// sight each is painted less often, and the graph and the controls stay fluent.
class PlotPacer : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds frame{16};
    static constexpr double budget = 3.0; ///< Milliseconds of a frame.

    explicit PlotPacer(QObject* parent = nullptr);

    /// The one that all plots of the program share.
    static PlotPacer& shared();

    /// Has the widget drawn in this frame or, when the budget is used up, in a later one; not at all when it
    /// is out of sight then. \param cost milliseconds that drawing takes, as far as known
    void ask(QWidget* widget, double cost, std::function<void()> draw);

private:
    using Clock = std::chrono::steady_clock;
    struct Waiting
    {
        QPointer<QWidget> widget;
        double cost;
        std::function<void()> draw;
    };

    void beginFrame();
    bool fits(double cost) const { return m_used == 0.0 || m_used + cost <= budget; }
    void paintWaiting();
    void draw(const Waiting& waiting);

    QTimer m_timer;
    Clock::time_point m_frameBegin;
    double m_used = 0.0; ///< Milliseconds of this frame.
    std::deque<Waiting> m_waiting;
};

} // namespace chronograd
