#pragma once

#include "core/analysis/warnings.h"
#include "ui/controls/live_controls.h"

class QLabel;

namespace chronograd {

class WarningBox;

/// What is being trained, in words, and the settings that can be changed meanwhile.
class ExperimentPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ExperimentPanel(QWidget* parent = nullptr);

    LiveControls* controls() const { return m_controls; }
    void showExperiment(const Experiment& experiment, const Dataset& dataset);
    void showNews(const SessionNews& news);

    /// Wide enough for what is inside and its scroll bar.
    QSize minimumSizeHint() const override;

signals:
    /// What there is to warn about, when that is new.
    void warned(const std::vector<chronograd::Warning>& warnings);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* m_inside;
    QLabel* m_name;
    QLabel* m_network;
    QLabel* m_data;
    QLabel* m_about;
    LiveControls* m_controls;
    WarningBox* m_warnings;
};

} // namespace chronograd
