#include "ui/graph/unit_sprites.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr int fillSteps = 48;
constexpr int deltaSteps = 16;
constexpr double smallRadius = 8.0; ///< The eye tells fewer colours apart on smaller units …
constexpr int coarser = 3;          ///< … by so much, and there are the more of them.
constexpr int absent = 127;
constexpr int smallestGlyph = 8; // Pixels.

int rounded(const std::optional<double>& number, int steps)
{
    if (!number)
        return absent;
    return static_cast<int>(std::lround(std::clamp(std::isnan(*number) ? 0.0 : *number, -1.0, 1.0) * steps));
}

std::optional<double> restored(int level, int steps)
{
    return level == absent ? std::nullopt : std::optional(static_cast<double>(level) / steps);
}

enum Part : quint64
{
    ofDisc,
    ofDiscInRing, ///< Its border differs.
    ofRing,
};

quint64 keyOf(Part part, int level, const UnitLook& unit, double pixelRatio)
{
    const auto bits = [](double number) { return static_cast<quint64>(std::lround(number * 16.0)); };
    return static_cast<quint64>(level + 128) | static_cast<quint64>(part) << 8 | bits(unit.strength) << 16 |
           bits(unit.ring) << 24 | bits(unit.radius) << 36 | bits(pixelRatio) << 50;
}

QFont glyphFont(int pixels)
{
    QFont font = Theme::current().numberFont();
    font.setPixelSize(pixels);
    return font;
}

} // namespace

void UnitSprites::clear()
{
    m_units.clear();
    m_glyphs.clear();
}

const UnitSprites::Sprite& UnitSprites::ring(const UnitLook& unit, double pixelRatio)
{
    const int levels = unit.radius < smallRadius ? deltaSteps / coarser : deltaSteps;
    const int delta = rounded(unit.delta, levels);
    const quint64 key = keyOf(ofRing, delta, unit, pixelRatio);
    auto found = m_units.find(key);
    if (found == m_units.end()) {
        UnitLook look = unit;
        look.delta = restored(delta, levels);
        found = m_units.insert(key, drawn(look, true, pixelRatio));
    }
    return *found;
}

const UnitSprites::Sprite& UnitSprites::disc(const UnitLook& unit, double pixelRatio)
{
    const int levels = unit.radius < smallRadius ? fillSteps / coarser : fillSteps;
    const int fill = rounded(unit.fill, levels);
    const quint64 key = keyOf(unit.delta ? ofDiscInRing : ofDisc, fill, unit, pixelRatio);
    auto found = m_units.find(key);
    if (found == m_units.end()) {
        UnitLook look = unit;
        look.fill = restored(fill, levels);
        found = m_units.insert(key, drawn(look, false, pixelRatio));
    }
    return *found;
}

UnitSprites::Sprite UnitSprites::drawn(UnitLook look, bool isRing, double pixelRatio)
{
    const double reach = std::ceil(look.radius + (isRing ? look.ring : 0.0) + 2.0);
    const double right = isRing ? reach + std::ceil(0.7 * look.radius) : reach; // the arrow
    Sprite sprite;
    sprite.origin = QPointF(-reach, -reach);
    sprite.image =
        QImage((QSizeF(reach + right, 2 * reach) * pixelRatio).toSize(), QImage::Format_ARGB32_Premultiplied);
    sprite.image.setDevicePixelRatio(pixelRatio);
    sprite.image.fill(Qt::transparent);
    QPainter painter(&sprite.image);
    painter.setRenderHint(QPainter::Antialiasing);
    look.center = QPointF(reach, reach);
    if (isRing)
        paintUnitRing(painter, look);
    else
        paintUnitDisc(painter, look);
    return sprite;
}

void UnitSprites::paintUnit(QPainter& painter, const UnitLook& unit)
{
    const double pixelRatio = painter.device()->devicePixelRatio();
    if (unit.fill && unit.delta) {
        const Sprite& under = ring(unit, pixelRatio);
        painter.drawImage(unit.center + under.origin, under.image);
    }
    const Sprite& ready = disc(unit, pixelRatio);
    painter.drawImage(unit.center + ready.origin, ready.image);
    const double share = unit.number.size() > 4 ? 0.52 : 0.66;
    if (unit.fill && unit.radius >= smallestNumberRadius)
        paintNumber(painter, unit.center, unit.number, numberInk(unit),
                    std::max(smallestGlyph, static_cast<int>(std::lround(share * unit.radius))));
}

const QImage& UnitSprites::glyph(QChar character, const QColor& ink, int pixels, double pixelRatio)
{
    const quint64 key = static_cast<quint64>(ink.rgb() & 0xffffffU) |
                        static_cast<quint64>(character.unicode()) << 24 | static_cast<quint64>(pixels) << 40 |
                        static_cast<quint64>(std::lround(pixelRatio * 16.0)) << 50;
    auto found = m_glyphs.find(key);
    if (found != m_glyphs.end())
        return *found;
    const QFontMetricsF metrics(glyphFont(pixels));
    const QSizeF size(std::ceil(metrics.horizontalAdvance(character)), std::ceil(metrics.height()));
    QImage image((size * pixelRatio).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(pixelRatio);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setFont(glyphFont(pixels));
    painter.setPen(ink);
    painter.drawText(QRectF(QPointF(), size), Qt::AlignCenter, character);
    return *m_glyphs.insert(key, image);
}

void UnitSprites::paintNumber(QPainter& painter, QPointF center, const QString& number, const QColor& ink,
                              int pixels)
{
    if (number.isEmpty())
        return;
    const double pixelRatio = painter.device()->devicePixelRatio();
    const QImage& first = glyph(number.front(), ink, pixels, pixelRatio);
    // The face is monospaced: digits do not dance when numbers change.
    const double advance = first.width() / pixelRatio;
    const double height = first.height() / pixelRatio;
    // But a decimal sign in the middle of so wide a place would part the number in two.
    const double narrow = std::round(0.6 * advance);
    const auto isSign = [](QChar character) { return character == u'.' || character == u','; };
    double width = 0.0;
    for (const QChar character : number)
        width += isSign(character) ? narrow : advance;
    QPointF place(std::round(center.x() - width / 2), std::round(center.y() - height / 2));
    for (const QChar character : number) {
        const double trim = isSign(character) ? advance - narrow : 0.0;
        painter.drawImage(place - QPointF(std::floor(trim / 2), 0),
                          glyph(character, ink, pixels, pixelRatio));
        place.rx() += advance - trim;
    }
}

} // namespace chronograd
