#pragma once

#include <QColor>
#include <QFont>
#include <QString>

class QApplication;

namespace chronograd {

enum class ThemeKind : quint8
{
    Light,
    Dark,
};

/// Every colour and size of the window, in one table. Colour stands only where it means something.
struct Theme
{
    ThemeKind kind;

    // Grounds and text
    QColor ground; ///< Behind the cards.
    QColor card;   ///< A card; also zero on the sign scale.
    QColor text;
    QColor textSecondary;
    QColor line;          ///< Hairlines inside cards.
    QColor outline;       ///< Outlines of controls, contrast ≥ 3 against the card.
    QColor controlFill;   ///< Unchecked buttons of a switch.
    QColor controlStrong; ///< The checked one, the run button.
    QColor textOnStrong;

    // Sign and size of a number
    QColor positive;
    QColor positiveText; ///< For thin lines and text.
    QColor negative;
    QColor negativeText;

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

    // Type, in points at 100 %
    qreal textSize = 9.5;
    qreal smallSize = 8.5;
    qreal titleSize = 12.0;
    qreal mathSize = 13.0;

    QFont textFont(qreal points = 0) const; ///< Noto Sans; 0: textSize.
    QFont boldFont(qreal points = 0) const;
    QFont mathFont(qreal points = 0) const;   ///< STIX
    QFont numberFont(qreal points = 0) const; ///< Monospaced, for numbers in the graph.

    /// The diverging scale: −1 negative … 0 card … +1 positive.
    QColor signColor(double value) const;
    /// Text readable on signColor(value).
    QColor textOn(const QColor& fill) const;

    static const Theme& of(ThemeKind kind);
    static const Theme& current();
};

/// Puts the theme in force: palette, style sheet, fonts; every window gets a StyleChange/PaletteChange event.
void applyTheme(QApplication& application, ThemeKind kind);

} // namespace chronograd
