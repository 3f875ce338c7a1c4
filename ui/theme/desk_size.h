#pragma once

#include <QSize>

class QAbstractButton;
class QWidget;

namespace chronograd {

/// Fixed sizes for what is written or drawn in a control: as given where the type has the size of a desk,
/// larger by Theme::magnification where it is larger. The style fits them anew with each theme.
void fixWidth(QWidget& widget, int width);
void fixSize(QWidget& widget, QSize size);
/// The least size, that the widget may grow beyond.
void fixLeastSize(QWidget& widget, QSize size);
/// With the size of its picture.
void fixButton(QAbstractButton& button, QSize size, int icon);

/// For the style: fits the widget to the theme in force, if its size was fixed here.
void refit(QWidget& widget);

} // namespace chronograd
