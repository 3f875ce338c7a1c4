#pragma once

#include "core/experiment/experiment.h"
#include "ui/sweep/sweep_job.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace chronograd {

class SweepForm;
class SweepView;

/// Sweeps settings of an experiment beside the main window: what to vary, how far it is, the chart.
class SweepWindow : public QDialog
{
    Q_OBJECT

public:
    explicit SweepWindow(const Experiment& experiment, QWidget* parent = nullptr);
    ~SweepWindow() override;

    SweepForm& form() const { return *m_form; }
    SweepView& view() const { return *m_view; }
    SweepJob& job() const { return *m_job; }

    void start();
    /// Shows the sweep of a folder.
    void openFolder(const QString& folder);
    /// By the suffix: csv, png or svg. Returns a sentence that says what went wrong, or nothing.
    QString exportTo(const QString& file) const;

signals:
    /// The experiment of a combination, to be looked at step by step.
    void openAsked(const chronograd::Experiment& experiment);

private:
    QWidget* buildButtons();
    QWidget* buildChartRow();
    void wire();
    void togglePause();
    void askFolder();
    void askAndExport(const QString& suffix);
    void showProgress(const SweepProgress& progress);
    void showResults();
    void showButtons();
    void tell(const QString& sentence);
    void openCombination(std::int64_t combination);

    SweepForm* m_form;
    SweepJob* m_job;
    SweepView* m_view;
    QPushButton* m_start;
    QPushButton* m_pause;
    QPushButton* m_cancel;
    QPushButton* m_export;
    QComboBox* m_measure;
    QProgressBar* m_bar;
    QLabel* m_state;
    QLabel* m_problem;
    bool m_isPaused = false;
};

} // namespace chronograd
