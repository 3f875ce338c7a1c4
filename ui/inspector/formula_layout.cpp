#include "ui/inspector/formula_layout.h"

#include "ui/inspector/formula_setter.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <limits>

namespace chronograd {

namespace {

QColor colourOf(FormulaInk ink, const FormulaColours& colours)
{
    switch (ink) {
    case FormulaInk::Text:
        return colours.text;
    case FormulaInk::Secondary:
        return colours.secondary;
    case FormulaInk::Result:
        return colours.result;
    case FormulaInk::Good:
        return colours.good;
    case FormulaInk::Wrong:
        return colours.wrong;
    case FormulaInk::ResultGround:
        return colours.resultGround;
    }
    return colours.text;
}

} // namespace

FormulaLayout::FormulaLayout(const FormulaEquation& equation, const FormulaStyle& style)
{
    FormulaSetter setter(style);
    setter.set(equation);
    *this = setter.take();
}

FormulaLayout::FormulaLayout(const Expression& expression, const FormulaStyle& style)
    : FormulaLayout(FormulaEquation{std::nullopt, {expression}, std::nullopt, {}, true, {}}, style)
{}

int FormulaLayout::linkAt(QPointF point) const
{
    int found = -1;
    qreal smallest = std::numeric_limits<qreal>::infinity();
    for (const FormulaArea& area : m_areas) {
        const qreal size = area.rect.width() * area.rect.height();
        if (area.rect.contains(point) && size < smallest) {
            smallest = size;
            found = area.link;
        }
    }
    return found;
}

std::vector<QRectF> FormulaLayout::areasOf(int link) const
{
    std::vector<QRectF> areas;
    for (const FormulaArea& area : m_areas) {
        if (area.link == link)
            areas.push_back(area.rect);
    }
    return areas;
}

QString FormulaLayout::lineText(std::size_t line) const
{
    const std::size_t first = line == 0 ? 0 : m_lineEnds[line - 1];
    std::vector<const FormulaMark*> marks;
    for (std::size_t i = first; i < m_lineEnds[line]; ++i) {
        if (!m_marks[i].text.isEmpty() && m_marks[i].ink != FormulaInk::Secondary)
            marks.push_back(&m_marks[i]);
    }
    std::stable_sort(marks.begin(), marks.end(), [](const FormulaMark* a, const FormulaMark* b) {
        const auto left = [](const FormulaMark& mark) {
            return mark.kind == FormulaMark::Kind::Fill ? mark.path.boundingRect().left() : mark.at.x();
        };
        return left(*a) < left(*b);
    });
    QString text;
    for (const FormulaMark* mark : marks)
        text += mark->text;
    return text;
}

QString FormulaLayout::text() const
{
    QString text;
    for (std::size_t i = 0; i < m_lineEnds.size(); ++i) {
        if (i > 0)
            text += QChar(u'\n');
        text += lineText(i);
    }
    return text;
}

void FormulaLayout::paint(QPainter& painter, const FormulaColours& colours, int activeLink) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const FormulaMark& mark : m_marks) {
        const bool active = activeLink >= 0 && mark.link == activeLink;
        const QColor colour = active ? colours.link : colourOf(mark.ink, colours);
        switch (mark.kind) {
        case FormulaMark::Kind::Frame:
            painter.setPen(Theme::current().pen(colourOf(FormulaInk::Result, colours), 1.2));
            painter.setBrush(colours.resultGround);
            painter.drawRoundedRect(mark.rect, 4.0, 4.0);
            break;
        case FormulaMark::Kind::Fill:
            painter.fillPath(mark.path, colour);
            break;
        case FormulaMark::Kind::Glyphs:
            painter.setFont(mark.font);
            painter.setPen(colour);
            painter.drawText(mark.at, mark.text);
            break;
        }
    }
    if (activeLink >= 0) {
        for (const QRectF& area : areasOf(activeLink)) {
            const qreal y = area.bottom() + 2.5;
            painter.fillRect(QRectF(area.left(), y, area.width(), 1.4), colours.link);
        }
    }
    painter.restore();
}

} // namespace chronograd
