#pragma once

#include "core/compare/lane.h"

#include <QDialog>

#include <map>
#include <vector>

class QAbstractButton;
class QCheckBox;
class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace chronograd {

class SettingRow;

/// What a new lane does differently: its settings, its name, and from where it goes on.
class ForkDialog : public QDialog
{
    Q_OBJECT

public:
    /// \param canChooseBeginning the point may give way to the beginning of its run
    ForkDialog(const ForkPoint& point, const Hyperparameters& settings, bool canChooseBeginning,
               QWidget* parent = nullptr);

    LaneSpec lane() const;
    bool isFromBeginning() const;
    SettingRow* row(Setting setting) const { return m_rows.at(setting); }

private:
    QWidget* makeRows(const Experiment& experiment, const Dataset& dataset);
    void buildPresets(QVBoxLayout& lines);
    void choose(const SettingChange& change);
    std::vector<SettingChange> changes() const;
    void suggestName();

    Hyperparameters m_settings;
    std::map<Setting, SettingRow*> m_rows;
    QLineEdit* m_name;
    QLabel* m_changes;
    QCheckBox* m_evolves;
    QAbstractButton* m_beginning = nullptr;
    bool m_isNamed = false; ///< By the user.
};

} // namespace chronograd
