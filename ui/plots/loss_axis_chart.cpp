#include "ui/plots/loss_axis_chart.h"

#include "ui/plots/plot_canvas.h"
#include "ui/theme/segmented_control.h"

#include <QAction>

namespace chronograd {

LossAxisChart::LossAxisChart(const QString& fileName, QWidget* parent)
    : ChartWidget(fileName, parent)
    , m_scale(new SegmentedControl(tr("Scale of the loss axis"), {tr("linear"), tr("log")}, this))
    , m_logAction(new QAction(tr("Logarithmic loss axis"), this))
{
    canvas().yAxis->setLabel(tr("loss"));
    m_scale->setTight();
    m_scale->setToolTipAt(0, tr("Equal distances are equal differences of the loss"));
    m_scale->setToolTipAt(1, tr("Equal distances are equal ratios of the loss"));
    m_scale->setCurrent(0);
    m_logAction->setCheckable(true);
    connect(m_scale, &SegmentedControl::chosen, this, [this](int index) { setLogarithmic(index == 1); });
    connect(m_logAction, &QAction::toggled, this, &LossAxisChart::setLogarithmic);
}

void LossAxisChart::setLogarithmic(bool on)
{
    ChartWidget::setLogarithmic(on);
    m_scale->setCurrent(on ? 1 : 0);
    m_logAction->setChecked(on);
}

QList<QAction*> LossAxisChart::viewActions()
{
    return ChartWidget::viewActions() << m_logAction;
}

void LossAxisChart::placeSwitch()
{
    const QSize size = m_scale->sizeHint();
    m_scale->setGeometry(QRect(QPoint(width() - size.width() - 8, 3), size));
    m_scale->raise();
    legend().setReserved(size.grownBy({0, 0, 8, 3}));
}

void LossAxisChart::applyTheme(const Theme& theme)
{
    ChartWidget::applyTheme(theme);
    placeSwitch();
}

void LossAxisChart::resizeEvent(QResizeEvent* event)
{
    ChartWidget::resizeEvent(event);
    placeSwitch();
}

} // namespace chronograd
