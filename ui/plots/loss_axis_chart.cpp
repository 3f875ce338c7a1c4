#include "ui/plots/loss_axis_chart.h"

#include "ui/plots/plot_canvas.h"
#include "ui/theme/segmented_control.h"

#include <QAction>

#include <algorithm>

namespace chronograd {

namespace {

constexpr int chartMargin = 8;
constexpr int top = 3;

} // namespace

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

void LossAxisChart::setBesideSwitch(QWidget* widget)
{
    m_beside = widget;
    widget->setParent(this);
    placeSwitch();
}

/// What is beside the switch goes below it where both are too wide for one row.
void LossAxisChart::placeSwitch()
{
    QSize reserved = m_scale->sizeHint();
    m_scale->setGeometry(QRect(QPoint(width() - reserved.width() - chartMargin, top), reserved));
    m_scale->raise();
    if (m_beside != nullptr && !m_beside->isHidden()) {
        // No higher than the switch: a second line of the legend has to stay clear of both.
        const QSize wanted = m_beside->sizeHint().boundedTo({width(), reserved.height()});
        const bool isBelow = reserved.width() + wanted.width() + 3 * chartMargin > width();
        const int right = width() - chartMargin - (isBelow ? 0 : reserved.width() + chartMargin);
        const int y = isBelow ? m_scale->geometry().bottom() + 1
                              : std::max(0, top + (reserved.height() - wanted.height()) / 2);
        m_beside->setGeometry(QRect(QPoint(right - wanted.width(), y), wanted));
        m_beside->raise();
        reserved = m_scale->geometry().united(m_beside->geometry()).size();
    }
    legend().setReserved(reserved.grownBy({0, 0, chartMargin, top}));
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
