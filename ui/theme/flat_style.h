#pragma once

#include <QProxyStyle>

namespace chronograd {

/// Fusion, but its combo boxes, spin boxes, check boxes and radio buttons are as flat as the fields and
/// buttons that the style sheet draws, with outlines to be seen in every theme; dialogs have no pictures on
/// their buttons.
class FlatStyle : public QProxyStyle
{
public:
    FlatStyle();

    using QProxyStyle::polish;
    void polish(QWidget* widget) override;

    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget = nullptr) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget = nullptr) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                         const QWidget* widget = nullptr) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                           const QWidget* widget = nullptr) const override;
    int styleHint(StyleHint hint, const QStyleOption* option = nullptr, const QWidget* widget = nullptr,
                  QStyleHintReturn* data = nullptr) const override;
};

} // namespace chronograd
