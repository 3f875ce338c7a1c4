#pragma once

#include <QLabel>

namespace chronograd {

/// A line of text that never widens its window: what does not fit is said shorter or cut with "…", and told
/// by the tip.
class ElidedLabel : public QLabel
{
    Q_OBJECT

public:
    using QLabel::QLabel;

    /// In place of the text where that does not fit.
    void setShortText(const QString& text);

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    bool fits(const QString& text) const;

    QString m_shortText;
};

} // namespace chronograd
