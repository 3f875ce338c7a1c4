#pragma once

#include "core/sweep/sweep_plan.h"
#include "ui/sweep/sweep_offers.h"

#include <QWidget>

#include <array>

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace chronograd {

/// What is to be swept: up to four settings with their values, repeats, updates a run, runs at a time.
class SweepForm : public QWidget
{
    Q_OBJECT

public:
    explicit SweepForm(const Experiment& experiment, QWidget* parent = nullptr);

    /// \throws InputError
    SweepPlan plan() const;
    int jobs() const;

    void showPlan(const SweepPlan& plan);
    void setAxis(int row, const QString& path, const QString& values); ///< Row from 0.

private:
    struct Row
    {
        QComboBox* setting;
        QLineEdit* values;
    };
    static QString pathOf(const Row& row);
    void addRow(QGridLayout& grid, int row);
    void offerValues(int row);
    void addNumbers(QGridLayout& grid, int line);
    void showCount();

    Experiment m_experiment;
    std::vector<SweepOffer> m_offers;
    std::array<Row, SweepPlan::mostAxes> m_rows{};
    QSpinBox* m_repeats;
    QSpinBox* m_updates;
    QSpinBox* m_jobs;
    QLabel* m_count; ///< How many runs that makes.
};

} // namespace chronograd
