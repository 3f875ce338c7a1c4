#pragma once

#include <QProxyStyle>

namespace chronograd {

/// Fusion, but its combo and spin boxes are as flat as the fields and buttons that the style sheet draws, and
/// dialogs have no pictures on their buttons.
class FlatStyle : public QProxyStyle
{
public:
    FlatStyle();

    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget = nullptr) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                         const QWidget* widget = nullptr) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                           const QWidget* widget = nullptr) const override;
    int styleHint(StyleHint hint, const QStyleOption* option = nullptr, const QWidget* widget = nullptr,
                  QStyleHintReturn* data = nullptr) const override;
};

} // namespace chronograd
