#include "ui/graph/fold_animation.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QVariantAnimation>

#include <algorithm>

namespace chronograd {

FoldAnimation::FoldAnimation(QWidget* parent)
    : QWidget(parent)
    , m_animation(new QVariantAnimation(this))
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
    m_animation->setDuration(duration);
    m_animation->setEasingCurve(QEasingCurve::InOutCubic);
    connect(m_animation, &QVariantAnimation::valueChanged, this, qOverload<>(&QWidget::update));
    connect(m_animation, &QVariantAnimation::finished, this, [this] {
        hide();
        m_pictures = {};
    });
}

void FoldAnimation::run(Pictures pictures, bool unfolding)
{
    m_animation->stop();
    m_pictures = std::move(pictures);
    setGeometry(parentWidget()->rect());
    m_animation->setStartValue(unfolding ? 0.0 : 1.0); // how far the copies are from the one
    m_animation->setEndValue(unfolding ? 1.0 : 0.0);
    show();
    raise();
    m_animation->start();
}

bool FoldAnimation::isRunning() const
{
    return m_animation->state() == QAbstractAnimation::Running;
}

void FoldAnimation::paintEvent(QPaintEvent*)
{
    const double apart = m_animation->currentValue().toDouble();
    QPainter painter(this);
    painter.fillRect(rect(), Theme::current().card);
    const double ratio = m_pictures.unfolded.devicePixelRatio();
    painter.setOpacity(std::clamp(2.0 * apart, 0.0, 1.0));
    // Copies that overlap show through each other: what is drawn on them wins, not their ground.
    painter.setCompositionMode(Theme::current().card.lightness() > 127 ? QPainter::CompositionMode_Darken
                                                                       : QPainter::CompositionMode_Lighten);
    for (const QRect& column : m_pictures.columns) {
        const double home = column.left();
        const double start = m_pictures.middle - column.width() / 2.0;
        painter.drawPixmap(
            QRectF(start + apart * (home - start), column.top(), column.width(), column.height()),
            m_pictures.unfolded, QRectF(QPointF(column.topLeft()) * ratio, QSizeF(column.size()) * ratio));
    }
    painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
    painter.setOpacity(std::clamp(1.0 - 2.0 * apart, 0.0, 1.0));
    painter.drawPixmap(0, 0, m_pictures.folded);
}

} // namespace chronograd
