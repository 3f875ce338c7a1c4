#pragma once

#include "core/session/bounded_series.h"
#include "ui/plots/chart_widget.h"

#include <QPen>

#include <vector>

namespace chronograd {

class SegmentedControl;

/// The running mean of the loss of several lanes over each other, each in a line style of its own.
class LanePlot : public ChartWidget
{
    Q_OBJECT

public:
    struct Curve
    {
        QString name;
        QPen pen;
        const BoundedSeries* losses; ///< Outlives the next setCurves().
    };

    explicit LanePlot(QWidget* parent = nullptr);
    ~LanePlot() override;

    void setCurves(std::vector<Curve> curves);
    void setXName(const QString& name); ///< "update": what the losses come after.
    void dataChanged() { markStale(); }

    bool isLogarithmic() const { return ChartWidget::isLogarithmic(); }
    void setLogarithmic(bool on);

protected:
    Extent extent() const override;
    void fill() override;
    void refresh() override;
    void applyTheme(const Theme& theme) override;
    Hover hoverAt(const QPointF& onCanvas) override;
    QList<QAction*> viewActions() override;
    void resizeEvent(QResizeEvent* event) override;
    void writeCsv(QTextStream& out) const override;

private:
    void placeSwitch();

    std::vector<Curve> m_curves;
    std::vector<std::vector<double>> m_means; ///< smoothed(), as of the last refresh.
    std::vector<QCPGraph*> m_graphs;
    SegmentedControl* m_scale;
    QAction* m_logAction;
};

} // namespace chronograd
