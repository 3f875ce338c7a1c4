#pragma once

#include <QFont>
#include <QFontMetricsF>
#include <QPainterPath>
#include <QPointF>
#include <QRectF>
#include <QString>

#include <map>
#include <utility>
#include <vector>

namespace chronograd {

/// What a mark is drawn with; the colours come from the theme when it is painted.
enum class FormulaInk : quint8
{
    Text,
    Secondary, ///< Notes and their brackets.
    Result,    ///< The boxed result and its frame.
    Good,      ///< The engine agrees.
    Wrong,
    ResultGround,
};

/// One thing that is painted.
struct FormulaMark
{
    enum class Kind : quint8
    {
        Glyphs, ///< `text` in `font`, its baseline starting at `at`.
        Fill,   ///< `path` filled.
        Frame,  ///< `rect` with round corners: ground and outline.
    };

    Kind kind = Kind::Glyphs;
    FormulaInk ink = FormulaInk::Text;
    QPointF at;
    QString text;
    QFont font;
    QPainterPath path;
    QRectF rect;
    int link = -1; ///< The link these glyphs are part of.
};

/// Where a link can be clicked.
struct FormulaArea
{
    int link = 0;
    QRectF rect;
};

/// A box of mathematics: marks around its origin, which is the left end of the baseline (y grows down).
struct FormulaBox
{
    qreal width = 0.0;
    qreal ascent = 0.0;  ///< Above the baseline, ≥ 0 unless raised.
    qreal descent = 0.0; ///< Below it.
    std::vector<FormulaMark> marks;
    std::vector<FormulaArea> areas;

    qreal height() const { return ascent + descent; }
    QRectF rect() const { return {0.0, -ascent, width, ascent + descent}; }

    /// Puts `other` in with its origin at `offset`, without changing the size.
    void place(const FormulaBox& other, QPointF offset);
    /// Appends `other` on the same baseline after `gap`.
    void append(const FormulaBox& other, qreal gap = 0.0);
    /// Makes the whole box a part of this link.
    void cover(int link);
};

/// The fonts of a formula: one face, upright and italic, at sizes relative to that of the running line.
class FormulaFonts
{
public:
    /// A font and its measures: finding them costs more than measuring a number.
    struct Face
    {
        QFont font;
        QFontMetricsF metrics;
    };

    explicit FormulaFonts(const QFont& mathematics);

    const Face& face(qreal scale, bool italic) const;
    qreal em(qreal scale = 1.0) const { return m_em * scale; }
    qreal axis(qreal scale = 1.0) const
    {
        return m_axis * scale;
    } ///< Height of fraction bars and minus signs.
    qreal digitHeight(qreal scale = 1.0) const { return m_digitHeight * scale; }
    qreal rule() const { return m_rule; } ///< Thickness of bars.

private:
    QFont m_base;
    mutable std::map<std::pair<int, bool>, Face> m_faces; ///< By scale in thousandths, and slant.
    qreal m_em = 0.0;
    qreal m_axis = 0.0;
    qreal m_digitHeight = 0.0;
    qreal m_rule = 0.0;
};

/// Glyphs in one font; at least as tall as a digit, so that neighbours line up.
FormulaBox glyphBox(const QString& text, const FormulaFonts::Face& face, qreal leastAscent = 0.0);

/// Letters as mathematics sets them: single Latin and small Greek letters italic, words and digits upright.
FormulaBox letterBox(const QString& text, const FormulaFonts& fonts, qreal scale, bool inScript);

/// Base with scripts; an empty box is none.
FormulaBox scriptBox(const FormulaBox& base, const FormulaBox& subscript, const FormulaBox& superscript,
                     const FormulaFonts& fonts, qreal scale);

FormulaBox fractionBox(const FormulaBox& numerator, const FormulaBox& denominator, const FormulaFonts& fonts,
                       qreal scale);

/// Σ with its index or limits; an empty box is none.
FormulaBox sumBox(const FormulaBox& below, const FormulaBox& above, const FormulaFonts& fonts, qreal scale);

/// √ with its bar over the content.
FormulaBox rootBox(const FormulaBox& content, const FormulaFonts& fonts, qreal scale);

enum class Fence : quint8
{
    Left,
    Right,
    LeftSquare,
    RightSquare,
    Bar,
};

/// A parenthesis, bracket or bar tall enough for content that reaches this far above and below the baseline.
FormulaBox fenceBox(Fence fence, qreal ascent, qreal descent, const FormulaFonts& fonts, qreal scale);

} // namespace chronograd
