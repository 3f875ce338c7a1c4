#include "ui/theme/desk_size.h"

#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QVariant>

namespace chronograd {

namespace {

constexpr const char* widthKey = "deskWidth";
constexpr const char* heightKey = "deskHeight";
constexpr const char* leastKey = "deskLeast";
constexpr const char* iconKey = "deskIcon";

void fix(QWidget& widget, const char* key, int size)
{
    widget.setProperty(key, size);
    refit(widget);
}

} // namespace

void fixWidth(QWidget& widget, int width)
{
    fix(widget, widthKey, width);
}

void fixSize(QWidget& widget, QSize size)
{
    fix(widget, widthKey, size.width());
    fix(widget, heightKey, size.height());
}

void fixLeastSize(QWidget& widget, QSize size)
{
    widget.setProperty(leastKey, size);
    refit(widget);
}

void fixButton(QAbstractButton& button, QSize size, int icon)
{
    fixSize(button, size);
    fix(button, iconKey, icon);
}

void refit(QWidget& widget)
{
    const Theme& theme = Theme::current();
    const auto sizeFor = [&widget, &theme](const char* key) {
        const QVariant size = widget.property(key);
        return size.isValid() ? theme.magnified(size.toInt()) : 0;
    };
    if (const int width = sizeFor(widthKey); width > 0)
        widget.setFixedWidth(width);
    if (const int height = sizeFor(heightKey); height > 0)
        widget.setFixedHeight(height);
    if (const QVariant least = widget.property(leastKey); least.isValid())
        widget.setMinimumSize(theme.magnified(least.toSize().width()),
                              theme.magnified(least.toSize().height()));
    auto* button = qobject_cast<QAbstractButton*>(&widget);
    if (const int icon = sizeFor(iconKey); icon > 0 && button != nullptr)
        button->setIconSize({icon, icon});
}

} // namespace chronograd
