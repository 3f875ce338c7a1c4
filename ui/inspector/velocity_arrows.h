#pragma once

#include "core/analysis/velocity_parts.h"

#include <QWidget>

namespace chronograd {

/// Draws on one scale what moves a weight, with numbers, and says in words whether the momentum helps.
class VelocityArrows : public QWidget
{
    Q_OBJECT

public:
    explicit VelocityArrows(QWidget* parent = nullptr);

    void setParts(const VelocityParts& parts, int digits);
    QString words() const; ///< "what is left of earlier updates pushes the same way"

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int rowHeight() const;
    void paintArrow(QPainter& painter, int row, const QString& label, double from, double to) const;

    VelocityParts m_parts;
    int m_digits = 4;
};

} // namespace chronograd
