#pragma once

#include <QComboBox>

namespace chronograd {

/// Where its text does not fit, the beginning is cut with "…": of "hidden.W_x[1,2]" the end tells more.
class ElidedComboBox : public QComboBox
{
    Q_OBJECT

public:
    using QComboBox::QComboBox;

protected:
    bool event(QEvent* event) override; ///< Its tip begins with the whole text.
    void paintEvent(QPaintEvent* event) override;
};

} // namespace chronograd
