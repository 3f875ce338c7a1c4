#pragma once

#include <QWidget>

class QComboBox;
class QSpinBox;

namespace chronograd {

/// How the numbers above it are to be read: the sign convention of deltas, and the digits.
class ReadingBar : public QWidget
{
    Q_OBJECT

public:
    explicit ReadingBar(QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildConvention();
    void buildDigits();
    void showReading();

    QComboBox* m_convention;
    QSpinBox* m_digits;
};

} // namespace chronograd
