#include "ui/theme/flat_style.h"

#include "ui/theme/desk_size.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyleOptionComboBox>
#include <QStyleOptionSpinBox>

namespace chronograd {

namespace {

constexpr double cornerRadius = 4.0; // as in the style sheet
constexpr int textPadding = 3;       ///< More than Fusion has, to stand below the text of fields.

bool isOn(const QStyleOption& option, QStyle::StateFlag flag)
{
    return option.state.testFlag(flag);
}

void paintField(QPainter& painter, const QStyleOption& option, double radius = cornerRadius)
{
    const Theme& theme = Theme::current();
    const bool hasFocus = isOn(option, QStyle::State_HasFocus);
    const double thickness = hasFocus ? 2.0 : 1.0;
    painter.setPen(theme.pen(hasFocus                              ? theme.backward
                             : isOn(option, QStyle::State_Enabled) ? theme.outline
                                                                   : theme.line,
                             thickness));
    painter.setBrush(theme.card);
    const double inset = thickness / 2;
    painter.drawRoundedRect(QRectF(option.rect).adjusted(inset, inset, -inset, -inset), radius, radius);
}

void paintCheckBox(QPainter& painter, const QStyleOption& option)
{
    constexpr double radius = 2.5;
    paintField(painter, option, radius);
    if (!isOn(option, QStyle::State_On))
        return;
    const QRectF box(option.rect);
    const auto at = [&box](double right, double down) {
        return box.topLeft() + QPointF(right * box.width(), down * box.height());
    };
    painter.setPen(
        Theme::current().pen(Theme::current().text, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(QPolygonF{at(0.25, 0.53), at(0.43, 0.72), at(0.77, 0.30)});
}

void paintRadioButton(QPainter& painter, const QStyleOption& option)
{
    const QRectF circle(option.rect);
    paintField(painter, option, circle.width() / 2);
    if (!isOn(option, QStyle::State_On))
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::current().text);
    painter.drawEllipse(circle.center(), circle.width() / 4, circle.height() / 4);
}

void paintChevron(QPainter& painter, const QRectF& box, bool isUp, bool isEnabled)
{
    const Theme& theme = Theme::current();
    const QPointF middle = box.center();
    constexpr double half = 3.0;
    const double tip = isUp ? -half / 2 : half / 2;
    painter.setPen(theme.pen(isEnabled ? theme.textSecondary : theme.line, 1.5, Qt::SolidLine, Qt::RoundCap,
                             Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(
        QPolygonF{middle + QPointF(-half, -tip), middle + QPointF(0, tip), middle + QPointF(half, -tip)});
}

void paintComboBox(QPainter& painter, const QStyleOptionComboBox& option, const QRect& arrow)
{
    paintField(painter, option);
    paintChevron(painter, arrow, false, isOn(option, QStyle::State_Enabled));
}

void paintSpinBox(QPainter& painter, const QStyleOptionSpinBox& option, const QRect& up, const QRect& down)
{
    paintField(painter, option);
    const bool isEnabled = isOn(option, QStyle::State_Enabled);
    paintChevron(painter, up, true,
                 isEnabled && option.stepEnabled.testFlag(QAbstractSpinBox::StepUpEnabled));
    paintChevron(painter, down, false,
                 isEnabled && option.stepEnabled.testFlag(QAbstractSpinBox::StepDownEnabled));
}

} // namespace

FlatStyle::FlatStyle()
    : QProxyStyle(QStringLiteral("Fusion"))
{}

void FlatStyle::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    refit(*widget);
}

void FlatStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                                   QPainter* painter, const QWidget* widget) const
{
    const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option);
    const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
    if (combo == nullptr && spin == nullptr) {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
        return;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (combo != nullptr)
        paintComboBox(*painter, *combo, subControlRect(control, option, SC_ComboBoxArrow, widget));
    else
        paintSpinBox(*painter, *spin, subControlRect(control, option, SC_SpinBoxUp, widget),
                     subControlRect(control, option, SC_SpinBoxDown, widget));
    painter->restore();
}

void FlatStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                              const QWidget* widget) const
{
    if (element != PE_IndicatorCheckBox && element != PE_IndicatorRadioButton) {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        return;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (element == PE_IndicatorCheckBox)
        paintCheckBox(*painter, *option);
    else
        paintRadioButton(*painter, *option);
    painter->restore();
}

QRect FlatStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                                const QWidget* widget) const
{
    const QRect rect = QProxyStyle::subControlRect(control, option, part, widget);
    const bool isText = (control == CC_ComboBox && part == SC_ComboBoxEditField) ||
                        (control == CC_SpinBox && part == SC_SpinBoxEditField);
    return isText ? rect.adjusted(textPadding, 0, 0, 0) : rect;
}

QSize FlatStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                                  const QWidget* widget) const
{
    const QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    return type == CT_ComboBox || type == CT_SpinBox ? size + QSize(textPadding, 0) : size;
}

int FlatStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                         QStyleHintReturn* data) const
{
    return hint == SH_DialogButtonBox_ButtonsHaveIcons ? 0
                                                       : QProxyStyle::styleHint(hint, option, widget, data);
}

} // namespace chronograd
