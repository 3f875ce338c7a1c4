#pragma once

#include "ui/controls/setting_row.h"

class QSlider;

namespace chronograd {

/// A number with a slider under it. Dragging shows the number; it is chosen when the slider is let go.
class SliderRow : public SettingRow
{
    Q_OBJECT

public:
    explicit SliderRow(Setting setting, QWidget* parent = nullptr);

    /// The longest sequence: where the slider of a step count ends, before "n".
    void setLongest(std::int64_t steps);

protected:
    void display(const SettingValue& value) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    int positions() const;
    SettingValue valueAt(int position) const;
    int positionOf(const SettingValue& value) const;
    void moved(int position);

    QSlider* m_slider;
    QLineEdit* m_field;
    std::int64_t m_longest = 1;
};

} // namespace chronograd
