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

    /// A button of the owner's to the left of the switch; to be placed again when it changes.
    void setBesideSwitch(QWidget* widget);
    void placeSwitch();

protected:
    QList<QAction*> viewActions() override;
    void applyTheme(const Theme& theme) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    SegmentedControl* m_scale;
    QWidget* m_beside = nullptr;
    QAction* m_logAction;
};

} // namespace chronograd
