#include "ui/plots/plot_pacer.h"

#include <QApplication>
#include <QWidget>

#include <utility>

namespace chronograd {

PlotPacer::PlotPacer(QObject* parent)
    : QObject(parent)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &PlotPacer::paintWaiting);
}

PlotPacer& PlotPacer::shared()
{
    static QPointer<PlotPacer> pacer;
    if (!pacer)
        pacer = new PlotPacer(qApp);
    return *pacer;
}

void PlotPacer::ask(QWidget* widget, double cost, std::function<void()> drawing)
{
    if (m_waiting.empty()) {
        if (Clock::now() - m_frameBegin >= frame)
            beginFrame();
        if (fits(cost)) {
            draw({widget, cost, std::move(drawing)});
            return;
        }
        m_timer.start(frame);
    }
    m_waiting.push_back({widget, cost, std::move(drawing)});
}

void PlotPacer::beginFrame()
{
    m_frameBegin = Clock::now();
    m_used = 0.0;
}

void PlotPacer::paintWaiting()
{
    beginFrame();
    while (!m_waiting.empty() && fits(m_waiting.front().cost)) {
        draw(m_waiting.front());
        m_waiting.pop_front();
    }
    if (!m_waiting.empty())
        m_timer.start(frame);
}

void PlotPacer::draw(const Waiting& waiting)
{
    if (!waiting.widget || waiting.widget->visibleRegion().isEmpty())
        return; // it is drawn when it is shown
    m_used += waiting.cost;
    // Once all that is new has been told; before the window is painted, which is then painted once.
    QMetaObject::invokeMethod(waiting.widget, waiting.draw, Qt::QueuedConnection);
}

} // namespace chronograd
