#pragma once

#include "ui/plots/chart_widget.h"

namespace chronograd {

class SegmentedControl;

/// A chart of losses: a switch at its upper right end, and an entry of its menu, make the loss axis linear or
/// logarithmic.
class LossAxisChart : public ChartWidget
{
    Q_OBJECT

public:
    explicit LossAxisChart(const QString& fileName, QWidget* parent = nullptr);

    bool isLogarithmic() const { return ChartWidget::isLogarithmic(); }
    void setLogarithmic(bool on);

protected:
    QList<QAction*> viewActions() override;
    void applyTheme(const Theme& theme) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void placeSwitch();

    SegmentedControl* m_scale;
    QAction* m_logAction;
};

} // namespace chronograd
