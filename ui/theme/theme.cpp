#include "ui/theme/theme.h"

#include "ui/theme/contrast.h"
#include "ui/theme/flat_style.h"
#include "ui/theme/mixed_color.h"
#include "ui/theme/style_sheet.h"

#include <QApplication>
#include <QPalette>

#include <algorithm>
#include <array>
#include <cmath>

namespace chronograd {

namespace {

Theme lightTheme()
{
    return Theme{
        .kind = ThemeKind::Light,
        .ground = 0xfff4f6f8U,
        .card = 0xffffffffU,
        .text = 0xff22303cU,
        .textSecondary = 0xff5b6977U,
        .line = 0xffd9dfe5U,
        .outline = 0xff84919eU,
        .controlFill = 0xffeef2f5U,
        .controlStrong = 0xff22303cU,
        .textOnStrong = 0xffffffffU,
        .positive = 0xffe08214U,
        .positiveText = 0xffb35f00U,
        .negative = 0xff2166acU,
        .negativeText = 0xff2166acU,
        .zeroFill = 0xffffffffU,
        .positiveFill = 0xffe08214U,
        .negativeFill = 0xff2166acU,
        .backward = 0xff0b7a75U,
        .update = 0xff8a3b7eU,
        .cut = 0xffb42318U,
        .cutGround = 0xfffdeceaU,
        .warningText = 0xff7a4a00U,
        .warningGround = 0xfffff7e6U,
        .warningLine = 0xfff0c36dU,
        .curve = 0xff22303cU,
        .curveFaint = 0xffb4bec8U,
        .testCurve = 0xff5f7a1fU,
    };
}

Theme darkTheme()
{
    return Theme{
        .kind = ThemeKind::Dark,
        .ground = 0xff12171cU,
        .card = 0xff1b222aU,
        .text = 0xffe6ebf0U,
        .textSecondary = 0xff9aa7b4U,
        .line = 0xff303b46U,
        .outline = 0xff6f7d8bU,
        .controlFill = 0xff27313bU,
        .controlStrong = 0xffdfe6ecU,
        .textOnStrong = 0xff12171cU,
        .positive = 0xfff0953aU,
        .positiveText = 0xffffab57U,
        .negative = 0xff4c8fd6U,
        .negativeText = 0xff7db4eeU,
        .zeroFill = 0xff1b222aU,
        .positiveFill = 0xfff0953aU,
        .negativeFill = 0xff4c8fd6U,
        .backward = 0xff35b5acU,
        .update = 0xffd68acbU,
        .cut = 0xffff7a6bU,
        .cutGround = 0xff40211fU,
        .warningText = 0xffffd28aU,
        .warningGround = 0xff33280fU,
        .warningLine = 0xff6b541fU,
        .curve = 0xffe6ebf0U,
        .curveFaint = 0xff56636fU,
        .testCurve = 0xffa9c65aU,
    };
}

/// Signs are told by one scale from black to white, as in Hinton's diagrams of weights: no hue is needed.
Theme greyTheme()
{
    return Theme{
        .kind = ThemeKind::Grey,
        .ground = 0xfff7f7f7U,
        .card = 0xffffffffU,
        .text = 0xff1c1c1cU,
        .textSecondary = 0xff5a5a5aU,
        .line = 0xffd8d8d8U,
        .outline = 0xff808080U,
        .controlFill = 0xffefefefU,
        .controlStrong = 0xff262626U,
        .textOnStrong = 0xffffffffU,
        .positive = 0xff868686U,
        .positiveText = 0xff6a6a6aU,
        .negative = 0xff1c1c1cU,
        .negativeText = 0xff1c1c1cU,
        .zeroFill = 0xffa6a6a6U,
        .positiveFill = 0xffffffffU,
        .negativeFill = 0xff1c1c1cU,
        .backward = 0xff3c3c3cU,
        .update = 0xff686868U,
        .cut = 0xff1c1c1cU,
        .cutGround = 0xffe8e8e8U,
        .warningText = 0xff2c2c2cU,
        .warningGround = 0xfff4f4f4U,
        .warningLine = 0xff9c9c9cU,
        .curve = 0xff1c1c1cU,
        .curveFaint = 0xffbdbdbdU,
        .testCurve = 0xff6e6e6eU,
    };
}

constexpr qreal projectedStroke = 1.5;

/// The same colours for the back of the room.
Theme magnifiedTheme(Theme theme, qreal magnification)
{
    theme.magnification = magnification;
    theme.stroke = magnification > 1.0 ? projectedStroke : 1.0;
    for (qreal* const size : {&theme.textSize, &theme.smallSize, &theme.titleSize, &theme.mathSize})
        *size *= magnification;
    return theme;
}

Theme& themeInForce()
{
    static Theme theme = Theme::of(ThemeKind::Light);
    return theme;
}

QFont font(const QStringList& families, qreal points, QFont::Weight weight = QFont::Normal)
{
    QFont result;
    result.setFamilies(families);
    result.setPointSizeF(points);
    result.setWeight(weight);
    return result;
}

QColor diverging(double value, const QColor& negative, const QColor& zero, const QColor& positive)
{
    if (!(std::abs(value) > 0.0)) // NaN too
        return zero;
    return mixed(zero, value > 0 ? positive : negative, std::min(std::abs(value), 1.0));
}

QPalette paletteOf(const Theme& theme)
{
    QPalette palette;
    palette.setColor(QPalette::Window, theme.ground);
    palette.setColor(QPalette::Base, theme.card);
    palette.setColor(QPalette::AlternateBase, theme.ground);
    palette.setColor(QPalette::Button, theme.controlFill);
    palette.setColor(QPalette::Mid, theme.outline);
    palette.setColor(QPalette::Dark, theme.outline);
    palette.setColor(QPalette::Light, theme.card);
    palette.setColor(QPalette::Midlight, theme.line);
    palette.setColor(QPalette::Shadow, theme.line);
    palette.setColor(QPalette::ToolTipBase, theme.card);
    palette.setColor(QPalette::ToolTipText, theme.text);
    palette.setColor(QPalette::WindowText, theme.text);
    palette.setColor(QPalette::Text, theme.text);
    palette.setColor(QPalette::ButtonText, theme.text);
    palette.setColor(QPalette::BrightText, theme.cut);
    palette.setColor(QPalette::PlaceholderText, theme.textSecondary);
    palette.setColor(QPalette::Highlight, theme.backward);
    palette.setColor(QPalette::HighlightedText, theme.textOn(theme.backward));
    palette.setColor(QPalette::Link, theme.backward);
    palette.setColor(QPalette::LinkVisited, theme.backward);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, mixed(theme.card, theme.textSecondary, 0.7));
    return palette;
}

} // namespace

QFont Theme::textFont(qreal points) const
{
    return font({QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans")}, points > 0 ? points : textSize);
}

QFont Theme::boldFont(qreal points) const
{
    return font({QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans")}, points > 0 ? points : textSize,
                QFont::Bold);
}

QFont Theme::mathFont(qreal points) const
{
    return font({QStringLiteral("STIX"), QStringLiteral("STIX Two Text"), QStringLiteral("DejaVu Serif")},
                points > 0 ? points : mathSize);
}

QFont Theme::numberFont(qreal points) const
{
    return font({QStringLiteral("Noto Sans Mono"), QStringLiteral("DejaVu Sans Mono")},
                points > 0 ? points : textSize);
}

QColor Theme::signColor(double value) const
{
    return diverging(value, negativeFill, zeroFill, positiveFill);
}

QColor Theme::signLineColor(double value) const
{
    return diverging(value, negative, card, positive);
}

QColor Theme::textOn(const QColor& fill) const
{
    // Black and white together reach 4.5 on every fill; the theme's own tones come first where they do.
    const std::array candidates{text, textOnStrong, QColor(Qt::white), QColor(Qt::black)};
    const auto readable =
        std::find_if(candidates.begin(), candidates.end(),
                     [&fill](const QColor& candidate) { return contrast(candidate, fill) >= 4.5; });
    return readable == candidates.end() ? candidates.back() : *readable;
}

int Theme::magnified(int size) const
{
    return static_cast<int>(std::lround(magnification * size));
}

QPen Theme::pen(const QColor& color, qreal width, Qt::PenStyle style, Qt::PenCapStyle cap,
                Qt::PenJoinStyle join) const
{
    return QPen(color, stroke * width, style, cap, join);
}

const Theme& Theme::of(ThemeKind kind)
{
    static const std::array themes{lightTheme(), darkTheme(), greyTheme()};
    return themes[static_cast<std::size_t>(kind)];
}

const Theme& Theme::current()
{
    return themeInForce();
}

void applyTheme(QApplication& application, ThemeKind kind, qreal magnification)
{
    themeInForce() = magnifiedTheme(Theme::of(kind), magnification);
    const Theme& theme = Theme::current();
    // Cleared first: an old sheet would answer the palette change with colours of the old theme.
    application.setStyleSheet(QString());
    application.setStyle(new FlatStyle); // owned by the application
    application.setPalette(paletteOf(theme));
    application.setFont(theme.textFont());
    application.setStyleSheet(styleSheet(theme));
}

} // namespace chronograd
