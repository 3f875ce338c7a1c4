#pragma once

#include "ui/controls/setting_row.h"

class QComboBox;

namespace chronograd {

/// One of several words.
class ChoiceRow : public SettingRow
{
    Q_OBJECT

public:
    explicit ChoiceRow(Setting setting, QWidget* parent = nullptr);

    /// A choice that cannot be made here, and why; an empty reason makes it possible again.
    void setObstacle(int choice, const QString& reason);

protected:
    void display(const SettingValue& value) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QComboBox* m_box;
};

} // namespace chronograd
