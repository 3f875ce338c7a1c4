#pragma once

#include "ui/controls/live_controls.h"

class QLabel;

namespace chronograd {

/// What is being trained, in words, and the settings that can be changed meanwhile.
class ExperimentPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ExperimentPanel(QWidget* parent = nullptr);

    LiveControls* controls() const { return m_controls; }
    void showExperiment(const Experiment& experiment, const Dataset& dataset);

private:
    QLabel* m_name;
    QLabel* m_network;
    QLabel* m_data;
    LiveControls* m_controls;
};

} // namespace chronograd
