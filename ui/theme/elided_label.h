#pragma once

#include <QLabel>

namespace chronograd {

/// A line of text that never widens its window: what does not fit is cut with "…" and told by the tip.
class ElidedLabel : public QLabel
{
    Q_OBJECT

public:
    using QLabel::QLabel;

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
};

} // namespace chronograd
