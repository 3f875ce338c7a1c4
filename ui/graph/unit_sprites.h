#pragma once

#include "ui/graph/unit_painter.h"

#include <QColor>
#include <QHash>
#include <QImage>

namespace chronograd {

/// Units as ready pictures: a circle, its ring and arrow take QPainter 10 to 20 µs, a number as much again,
/// and there are hundreds in view. Fill and delta are rounded to what the eye can tell apart; ring and disc
/// are pictures of their own, or every pair of fill and delta would be one.
class UnitSprites
{
public:
    /// Forgets everything: another size or theme.
    void clear();

    void paintUnit(QPainter& painter, const UnitLook& unit);
    /// Tabular digits, centred.
    void paintNumber(QPainter& painter, QPointF center, const QString& number, const QColor& ink, int pixels);

private:
    struct Sprite
    {
        QImage image;
        QPointF origin; ///< Of the image, relative to the unit's centre.
    };
    /// Shared by all units that look like it: of `fill` and `delta` only what this part shows counts.
    const Sprite& ring(const UnitLook& unit, double pixelRatio);
    const Sprite& disc(const UnitLook& unit, double pixelRatio);
    static Sprite drawn(UnitLook look, bool isRing, double pixelRatio);
    const QImage& glyph(QChar character, const QColor& ink, int pixels, double pixelRatio);

    QHash<quint64, Sprite> m_units;
    QHash<quint64, QImage> m_glyphs;
};

} // namespace chronograd
