#pragma once

#include "ui/controls/setting_row.h"

namespace chronograd {

/// A number that may be none: a field alone.
class FieldRow : public SettingRow
{
    Q_OBJECT

public:
    explicit FieldRow(Setting setting, QWidget* parent = nullptr);

protected:
    void display(const SettingValue& value) override;

private:
    QLineEdit* m_field;
};

} // namespace chronograd
