#include "ui/plots/plot_pacer.h"

#include <QApplication>
#include <QWidget>

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

void PlotPacer::ask(QWidget* widget, double cost)
{
    if (m_waiting.empty()) {
        if (Clock::now() - m_frameBegin >= frame)
            beginFrame();
        if (m_used < budget) {
            paint({widget, cost});
            return;
        }
        m_timer.start(frame);
    }
    m_waiting.push_back({widget, cost});
}

void PlotPacer::beginFrame()
{
    m_frameBegin = Clock::now();
    m_used = 0.0;
}

void PlotPacer::paintWaiting()
{
    beginFrame();
    while (!m_waiting.empty() && m_used < budget) {
        paint(m_waiting.front());
        m_waiting.pop_front();
    }
    if (!m_waiting.empty())
        m_timer.start(frame);
}

void PlotPacer::paint(const Waiting& waiting)
{
    if (!waiting.widget || !waiting.widget->isVisible())
        return; // it is painted when it is shown
    m_used += waiting.cost;
    waiting.widget->update();
}

} // namespace chronograd
