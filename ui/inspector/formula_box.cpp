#include "ui/inspector/formula_box.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chronograd {

namespace {

FormulaMark fill(const QPainterPath& path)
{
    FormulaMark mark;
    mark.kind = FormulaMark::Kind::Fill;
    mark.path = path;
    return mark;
}

FormulaMark bar(const QRectF& rect)
{
    QPainterPath path;
    path.addRect(rect);
    return fill(path);
}

bool isLatin(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

bool isSmallGreek(QChar c)
{
    return c >= u'α' && c <= u'ω';
}

/// A parenthesis of any height: two curves that meet in round ends, thick in the middle.
QPainterPath parenthesis(qreal width, qreal top, qreal bottom, qreal thickness, bool left)
{
    const qreal middle = (top + bottom) / 2;
    const qreal tip = left ? width : 0.0;
    const qreal belly = left ? 0.0 : width;
    const qreal inner = left ? thickness : -thickness;
    const qreal reach = (bottom - top) * 0.26;
    QPainterPath path(QPointF(tip, top));
    path.cubicTo(QPointF(belly, top + reach * 0.7), QPointF(belly, middle - reach * 0.6),
                 QPointF(belly, middle));
    path.cubicTo(QPointF(belly, middle + reach * 0.6), QPointF(belly, bottom - reach * 0.7),
                 QPointF(tip, bottom));
    path.cubicTo(QPointF(belly + inner, bottom - reach * 0.7), QPointF(belly + inner, middle + reach * 0.6),
                 QPointF(belly + inner, middle));
    path.cubicTo(QPointF(belly + inner, middle - reach * 0.6), QPointF(belly + inner, top + reach * 0.7),
                 QPointF(tip, top));
    return path;
}

/// A square bracket of any height.
QPainterPath bracket(qreal width, qreal top, qreal bottom, qreal thickness, bool left)
{
    QPainterPath path;
    path.setFillRule(Qt::WindingFill);
    path.addRect(QRectF(left ? 0.0 : width - thickness, top, thickness, bottom - top));
    path.addRect(QRectF(0.0, top, width, thickness));
    path.addRect(QRectF(0.0, bottom - thickness, width, thickness));
    return path;
}

} // namespace

void FormulaBox::place(const FormulaBox& other, QPointF offset)
{
    for (FormulaMark mark : other.marks) {
        mark.at += offset;
        mark.rect.translate(offset);
        mark.path.translate(offset);
        marks.push_back(std::move(mark));
    }
    for (FormulaArea area : other.areas) {
        area.rect.translate(offset);
        areas.push_back(area);
    }
}

void FormulaBox::append(const FormulaBox& other, qreal gap)
{
    place(other, {width + gap, 0.0});
    width += gap + other.width;
    ascent = std::max(ascent, other.ascent);
    descent = std::max(descent, other.descent);
}

void FormulaBox::cover(int link)
{
    for (FormulaMark& mark : marks) {
        if (mark.link < 0)
            mark.link = link;
    }
    areas.push_back({link, rect()});
}

FormulaFonts::FormulaFonts(const QFont& mathematics)
    : m_base(mathematics)
{
    const QFontMetricsF metrics(mathematics);
    const QRectF digit = metrics.tightBoundingRect(u"0"_s);
    m_em = metrics.horizontalAdvance(u'—');
    m_digitHeight = -digit.top();
    m_axis = m_digitHeight * 0.38;
    m_rule = std::max(1.0, m_em * 0.05);
}

const FormulaFonts::Face& FormulaFonts::face(qreal scale, bool italic) const
{
    const std::pair key{qRound(scale * 1000), italic};
    const auto known = m_faces.find(key);
    if (known != m_faces.end())
        return known->second;
    QFont font(m_base);
    if (m_base.pointSizeF() > 0)
        font.setPointSizeF(m_base.pointSizeF() * scale);
    else
        font.setPixelSize(std::max(1, qRound(m_base.pixelSize() * scale)));
    font.setItalic(italic);
    return m_faces.emplace(key, Face{font, QFontMetricsF(font)}).first->second;
}

FormulaBox glyphBox(const QString& text, const FormulaFonts::Face& face, qreal leastAscent)
{
    const QFontMetricsF& metrics = face.metrics;
    const QRectF tight = metrics.tightBoundingRect(text);
    FormulaBox box;
    // An italic letter may lean over its advance; what follows must not run into it.
    box.width = std::max(metrics.horizontalAdvance(text), face.font.italic() ? tight.right() : 0.0);
    box.ascent = std::max(-tight.top(), leastAscent);
    box.descent = std::max(tight.bottom(), 0.0);
    FormulaMark mark;
    mark.text = text;
    mark.font = face.font;
    box.marks.push_back(std::move(mark));
    return box;
}

FormulaBox letterBox(const QString& text, const FormulaFonts& fonts, qreal scale, bool inScript)
{
    const qsizetype longestItalicRun = inScript ? 2 : 1; // "kj" is two indices, "net" a word.
    FormulaBox box;
    for (qsizetype i = 0; i < text.size();) {
        qsizetype end = i + 1;
        bool italic = isSmallGreek(text[i]);
        if (isLatin(text[i])) {
            while (end < text.size() && isLatin(text[end]))
                ++end;
            italic = end - i <= longestItalicRun;
        } else if (!italic) {
            while (end < text.size() && !isLatin(text[end]) && !isSmallGreek(text[end]))
                ++end;
        }
        box.append(glyphBox(text.mid(i, end - i), fonts.face(scale, italic), fonts.digitHeight(scale) * 0.7));
        i = end;
    }
    return box;
}

FormulaBox scriptBox(const FormulaBox& base, const FormulaBox& subscript, const FormulaBox& superscript,
                     const FormulaFonts& fonts, qreal scale)
{
    FormulaBox box = base;
    const qreal em = fonts.em(scale);
    const qreal gap = em * 0.05;
    // Scripts hang on the corners of a tall base and keep clear of each other.
    qreal up = superscript.marks.empty() ? 0.0 : std::max(em * 0.36, base.ascent - em * 0.3);
    qreal down = subscript.marks.empty() ? 0.0 : std::max(em * 0.17, base.descent + em * 0.05);
    if (up > 0.0 && down > 0.0) {
        const qreal overlap = (superscript.descent - up) - (down - subscript.ascent) + em * 0.1;
        if (overlap > 0.0)
            down += overlap;
    }
    box.place(superscript, {base.width + gap, -up});
    box.place(subscript, {base.width + gap, down});
    box.width += std::max(superscript.width, subscript.width) + gap;
    if (up > 0.0)
        box.ascent = std::max(box.ascent, up + superscript.ascent);
    if (down > 0.0)
        box.descent = std::max(box.descent, down + subscript.descent);
    return box;
}

FormulaBox fractionBox(const FormulaBox& numerator, const FormulaBox& denominator, const FormulaFonts& fonts,
                       qreal scale)
{
    const qreal em = fonts.em(scale);
    const qreal overhang = em * 0.1;
    const qreal gap = em * 0.14;
    const qreal axis = fonts.axis(scale);
    FormulaBox box;
    box.width = std::max(numerator.width, denominator.width) + 2 * overhang;
    box.ascent = axis + fonts.rule() / 2 + gap + numerator.height();
    box.descent = std::max(0.0, gap + denominator.height() + fonts.rule() / 2 - axis);
    box.place(numerator,
              {(box.width - numerator.width) / 2, -axis - fonts.rule() / 2 - gap - numerator.descent});
    box.place(denominator,
              {(box.width - denominator.width) / 2, -axis + fonts.rule() / 2 + gap + denominator.ascent});
    box.marks.push_back(bar({0.0, -axis - fonts.rule() / 2, box.width, fonts.rule()}));
    return box;
}

FormulaBox sumBox(const FormulaBox& below, const FormulaBox& above, const FormulaFonts& fonts, qreal scale)
{
    const FormulaBox sigma = glyphBox(u"∑"_s, fonts.face(scale * 1.25, false));
    // The sign is centred on the axis, whatever the face does with it.
    const qreal drop = (sigma.ascent - sigma.descent) / 2 - fonts.axis(scale);
    const qreal gap = fonts.em(scale) * 0.08;
    FormulaBox box;
    box.width = std::max({sigma.width, below.width, above.width});
    box.ascent = sigma.ascent - drop;
    box.descent = sigma.descent + drop;
    box.place(sigma, {(box.width - sigma.width) / 2, drop});
    if (!above.marks.empty()) {
        box.place(above, {(box.width - above.width) / 2, -box.ascent - gap - above.descent});
        box.ascent += gap + above.height();
    }
    if (!below.marks.empty()) {
        box.place(below, {(box.width - below.width) / 2, box.descent + gap + below.ascent});
        box.descent += gap + below.height();
    }
    return box;
}

FormulaBox rootBox(const FormulaBox& content, const FormulaFonts& fonts, qreal scale)
{
    const qreal em = fonts.em(scale);
    const qreal top = -content.ascent - em * 0.18;
    const qreal bottom = content.descent + em * 0.06;
    const qreal sign = em * 0.55;
    const qreal thick = fonts.rule();
    QPainterPath path(QPointF(0.0, (top + bottom) / 2 + thick));
    path.lineTo(sign * 0.3, (top + bottom) / 2);
    path.lineTo(sign * 0.55, bottom - thick * 2);
    path.lineTo(sign - thick, top);
    path.lineTo(sign, top);
    path.lineTo(sign * 0.58, bottom);
    path.lineTo(sign * 0.48, bottom);
    path.lineTo(sign * 0.2, (top + bottom) / 2 + thick * 1.6);
    path.closeSubpath();
    FormulaBox box;
    box.width = sign + content.width + em * 0.06;
    box.ascent = -top + thick;
    box.descent = std::max(bottom, content.descent);
    box.marks.push_back(fill(path));
    box.marks.push_back(bar({sign - thick, top, content.width + em * 0.06 + thick, thick}));
    box.place(content, {sign, 0.0});
    return box;
}

FormulaBox fenceBox(Fence fence, qreal ascent, qreal descent, const FormulaFonts& fonts, qreal scale)
{
    const qreal em = fonts.em(scale);
    const qreal axis = fonts.axis(scale);
    // Symmetric about the axis, like the fraction bar and the minus sign.
    // Limits below a Σ may stick out a little.
    const qreal half = std::max({(ascent - axis) * 0.92, (descent + axis) * 0.84, em * 0.42}) + em * 0.06;
    FormulaBox box;
    box.ascent = half + axis;
    box.descent = half - axis;
    if (fence == Fence::Bar) {
        box.width = em * 0.24;
        box.marks.push_back(bar({(box.width - fonts.rule()) / 2, -box.ascent, fonts.rule(), 2 * half}));
        return box;
    }
    const bool isSquare = fence == Fence::LeftSquare || fence == Fence::RightSquare;
    const bool left = fence == Fence::Left || fence == Fence::LeftSquare;
    const qreal width = isSquare ? em * 0.2 : em * std::min(0.24 + 0.05 * half / em, 0.45);
    const qreal side = em * 0.06;
    QPainterPath path = isSquare ? bracket(width, -box.ascent, box.descent, fonts.rule(), left)
                                 : parenthesis(width, -box.ascent, box.descent, fonts.rule() * 1.5, left);
    path.translate(side, 0.0);
    FormulaMark mark = fill(path);
    // Not painted: for reading the formula back as text.
    mark.text = isSquare ? (left ? u"["_s : u"]"_s) : (left ? u"("_s : u")"_s);
    box.marks.push_back(std::move(mark));
    box.width = width + 2 * side;
    return box;
}

} // namespace chronograd
