#include "ui/controls/field_row.h"

#include <QHBoxLayout>
#include <QLineEdit>

namespace chronograd {

FieldRow::FieldRow(Setting setting, QWidget* parent)
    : SettingRow(setting, parent)
    , m_field(makeField(84))
{
    m_head->addWidget(m_field);
}

void FieldRow::display(const SettingValue& value)
{
    if (!(m_field->hasFocus() && m_field->isModified()))
        m_field->setText(valueText(value));
}

} // namespace chronograd
