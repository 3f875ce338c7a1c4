#pragma once

#include <QColor>
#include <QFont>
#include <QPen>
#include <QString>

class QApplication;

namespace chronograd {

enum class ThemeKind : quint8
{
    Light,
    Dark,
    Grey, ///< For print.
};

/// Every colour and size of the window, in one table. Colour stands only where it means something.
struct Theme
{
    ThemeKind kind;

    // Grounds and text
    QColor ground; ///< Behind the cards.
    QColor card;   ///< A card.
    QColor text;
    QColor textSecondary;
    QColor line;          ///< Hairlines inside cards.
    QColor outline;       ///< Outlines of controls, contrast ≥ 3 against the card.
    QColor controlFill;   ///< Unchecked buttons of a switch.
    QColor controlStrong; ///< The checked one, the run button.
    QColor textOnStrong;

    // Sign and size of a number: of bars and thick lines, from the card on; of thin lines and text
    QColor positive;
    QColor positiveText;
    QColor negative;
    QColor negativeText;
    // … and of what is filled
    QColor zeroFill;
    QColor positiveFill;
    QColor negativeFill;

    // Meaning
    QColor backward;  ///< k2, the backward pass, "at work".
    QColor update;    ///< k1, update ticks.
    QColor cut;       ///< The cut and its scissors; losses that enter.
    QColor cutGround; ///< Ground of a loss that enters.
    QColor warningText;
    QColor warningGround;
    QColor warningLine;
    QColor curve;      ///< The loss curve.
    QColor curveFaint; ///< Single updates behind the smoothed curve.
    QColor testCurve;

    // Sizes: 1 at a desk, more for a class that sits far from the picture
    qreal magnification = 1.0; ///< Of type, and of what holds it.
    qreal stroke = 1.0;        ///< Of the width of every line.

    // Type, in points, magnified
    qreal textSize = 9.5;
    qreal smallSize = 8.5;
    qreal titleSize = 12.0;
    qreal mathSize = 13.0;

    QFont textFont(qreal points = 0) const; ///< Noto Sans; 0: textSize.
    QFont boldFont(qreal points = 0) const;
    QFont mathFont(qreal points = 0) const;   ///< STIX
    QFont numberFont(qreal points = 0) const; ///< Monospaced, for numbers in the graph.

    /// A size in pixels, of what has to hold type.
    int magnified(int size) const;
    /// A pen for a line that is `width` wide where `stroke` is 1.
    QPen pen(const QColor& color, qreal width, Qt::PenStyle style = Qt::SolidLine,
             Qt::PenCapStyle cap = Qt::SquareCap, Qt::PenJoinStyle join = Qt::BevelJoin) const;

    /// The diverging scale of fills: −1 negative … 0 zero … +1 positive.
    QColor signColor(double value) const;
    /// That of lines on the card: −1 negative … 0 card … +1 positive.
    QColor signLineColor(double value) const;
    /// Text readable on signColor(value).
    QColor textOn(const QColor& fill) const;

    static const Theme& of(ThemeKind kind);
    static const Theme& current();
};

/// Puts the theme in force: palette, style sheet, fonts; every window gets a StyleChange/PaletteChange event.
/// \param magnification Of type, ≥ 1; above 1 lines are thicker too.
void applyTheme(QApplication& application, ThemeKind kind, qreal magnification = 1.0);

} // namespace chronograd
