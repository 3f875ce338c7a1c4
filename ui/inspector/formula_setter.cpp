#include "ui/inspector/formula_setter.h"

#include "ui/theme/formula_number.h"

#include <QFontMetricsF>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace chronograd {

namespace {

// In em.
constexpr qreal aroundEquals = 0.3;
constexpr qreal betweenLines = 0.5;
constexpr qreal betweenSteps = 0.62;
constexpr qreal deeperIndent = 0.5;
constexpr qreal narrowIndent = 0.4;
constexpr qreal resultPadding = 0.42;

/// A left-hand side wider than this share of the line gets a line of its own.
constexpr qreal widestLeft = 0.42;

} // namespace

FormulaSetter::FormulaSetter(const FormulaStyle& style)
    : m_style(style)
    , m_builder(style)
{}

void FormulaSetter::set(const FormulaEquation& equation)
{
    const FormulaFonts& fonts = m_builder.fonts();
    const qreal em = fonts.em();
    FormulaBox left;
    if (equation.left)
        left = m_builder.symbol(*equation.left);
    const FormulaBox equals = glyphBox(u"="_s, fonts.face(1.0, false));
    const bool ownLine = left.width > m_style.width * widestLeft;
    if (equation.left) {
        m_equalsAt = ownLine ? em * narrowIndent : left.width + em * aroundEquals;
        m_textAt = m_equalsAt + equals.width + em * aroundEquals;
    }
    if (ownLine)
        finishLine(left, 0.0);
    const auto lead = [&](bool first) {
        FormulaBox box;
        if (!equation.left)
            return box;
        if (first && !ownLine)
            box = left;
        box.width = m_equalsAt;
        box.append(equals);
        return box;
    };
    bool first = true;
    for (const Expression& step : equation.steps) {
        setStep(lead(first), step);
        first = false;
    }
    if (equation.left && equation.result)
        setResult(equation);
    if (!equation.remark.isEmpty())
        setRemark(equation.remark);
}

FormulaLayout FormulaSetter::take()
{
    m_layout.m_links = m_builder.links();
    m_layout.m_size.setHeight(m_y);
    return std::move(m_layout);
}

void FormulaSetter::setStep(const FormulaBox& lead, const Expression& step)
{
    const std::vector<FormulaPiece> pieces = m_builder.row(step);
    const qreal em = m_builder.fonts().em();
    const auto lines = breakLines(pieces, m_style.width - m_textAt, em * deeperIndent);
    m_noteWritten.clear();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const bool deeper = i > 0 && pieces[lines[i].first].depth > 0;
        const qreal x = m_textAt + (deeper ? em * deeperIndent : 0.0);
        FormulaBox box = setLine(pieces, lines[i], x);
        if (i == 0) {
            FormulaBox whole = lead;
            whole.place(box, {0.0, 0.0});
            whole.width = box.width;
            whole.ascent = std::max(lead.ascent, box.ascent);
            whole.descent = std::max(lead.descent, box.descent);
            box = std::move(whole);
        }
        addNotes(box, pieces, lines[i], x);
        finishLine(std::move(box), em * (i == 0 ? betweenSteps : betweenLines));
    }
}

void FormulaSetter::setRemark(const QString& remark)
{
    const qreal em = m_builder.fonts().em();
    const QFontMetricsF words(m_style.words);
    QString line;
    qreal gap = em * betweenLines;
    const auto put = [&] {
        FormulaBox box = glyphBox(line, {m_style.words, words}, words.xHeight());
        box.marks.front().ink = FormulaInk::Secondary;
        finishLine(std::move(box), std::exchange(gap, em * 0.25));
    };
    for (const QString& word : remark.split(u' ')) {
        const QString longer = line.isEmpty() ? word : line + u' ' + word;
        if (!line.isEmpty() && words.horizontalAdvance(longer) > m_style.width) {
            put();
            line = word;
        } else {
            line = longer;
        }
    }
    put();
}

FormulaBox FormulaSetter::setLine(std::span<const FormulaPiece> pieces, FormulaLine line, qreal x)
{
    FormulaBox box;
    box.width = x;
    for (std::size_t i = line.first; i < line.end; ++i)
        box.append(pieces[i].box, i > line.first ? pieces[i].space : 0.0);
    return box;
}

/// A bracket under each stretch that belongs to a noted part, and its note once.
void FormulaSetter::addNotes(FormulaBox& box, std::span<const FormulaPiece> pieces, FormulaLine line, qreal x)
{
    const qreal em = m_builder.fonts().em();
    const QFontMetricsF words(m_style.words);
    const qreal top = box.descent + em * 0.16;
    qreal lowest = box.descent;
    std::vector<QRectF> written;
    for (std::size_t i = line.first; i < line.end;) {
        const qreal left = x + lineWidth(pieces, {line.first, i}) + (i > line.first ? pieces[i].space : 0.0);
        const int note = pieces[i].note;
        std::size_t end = i + 1;
        while (end < line.end && pieces[end].note == note)
            ++end;
        const qreal right = x + lineWidth(pieces, {line.first, end});
        i = end;
        if (note < 0)
            continue;
        const qreal tick = em * 0.12;
        QPainterPath bracket;
        bracket.addRect(QRectF(left, top + tick, right - left, 1.0));
        bracket.addRect(QRectF(left, top, 1.0, tick));
        bracket.addRect(QRectF(right - 1.0, top, 1.0, tick));
        FormulaMark mark;
        mark.kind = FormulaMark::Kind::Fill;
        mark.ink = FormulaInk::Secondary;
        mark.path = bracket;
        box.marks.push_back(mark);
        lowest = std::max(lowest, top + tick + 1.0);
        if (std::exchange(m_noteWritten[note], true))
            continue;
        const QString& text = m_builder.notes()[static_cast<std::size_t>(note)];
        const qreal width = words.horizontalAdvance(text);
        const qreal at = std::max(0.0, std::min((left + right - width) / 2, m_style.width - width));
        QRectF place(at, top + tick + em * 0.08, width, words.height());
        if (!written.empty() && place.left() < written.back().right() + em * 0.5) {
            // Beside the note before it, or below when there is no room.
            place.moveLeft(std::max(left, written.back().right() + em * 0.5));
            if (place.right() > m_style.width) {
                place.moveLeft(at);
                place.moveTop(written.back().bottom());
            }
        }
        written.push_back(place);
        FormulaMark label;
        label.ink = FormulaInk::Secondary;
        label.text = text;
        label.font = m_style.words;
        label.at = {place.left(), place.top() + words.ascent()};
        box.marks.push_back(label);
        lowest = std::max(lowest, place.bottom());
        box.width = std::max(box.width, place.right());
    }
    box.descent = lowest;
}

void FormulaSetter::setResult(const FormulaEquation& equation)
{
    const FormulaFonts& fonts = m_builder.fonts();
    const qreal em = fonts.em();
    const qreal padding = em * resultPadding;
    FormulaBox inside;
    inside.append(glyphBox(u"="_s, fonts.face(1.1, false)));
    inside.append(m_builder.number(*equation.result, -1, 1.1), em * aroundEquals);
    for (FormulaMark& mark : inside.marks)
        mark.ink = FormulaInk::Result;
    const bool first = equation.steps.empty();
    FormulaBox box;
    if (first)
        box = m_builder.symbol(*equation.left);
    const qreal x = first ? box.width + em * aroundEquals : m_equalsAt - padding;
    FormulaMark frame;
    frame.kind = FormulaMark::Kind::Frame;
    frame.ink = FormulaInk::ResultGround;
    const qreal left = std::max(1.0, x);
    frame.rect =
        QRectF(left, -inside.ascent - padding, inside.width + 2 * padding, inside.height() + 2 * padding);
    box.marks.push_back(frame);
    box.place(inside, {left + padding, 0.0});
    box.width = frame.rect.right();
    box.ascent = std::max(box.ascent, inside.ascent + padding);
    box.descent = std::max(box.descent, inside.descent + padding);
    FormulaBox check = glyphBox(equation.check, {m_style.words, QFontMetricsF(m_style.words)});
    for (FormulaMark& mark : check.marks)
        mark.ink = equation.checkHolds ? FormulaInk::Good : FormulaInk::Wrong;
    const bool below = box.width + em + check.width > m_style.width;
    if (!equation.check.isEmpty() && !below)
        box.append(check, em * 0.8);
    finishLine(box, em * betweenSteps);
    if (!equation.check.isEmpty() && below) {
        FormulaBox line;
        line.width = left;
        line.append(check);
        finishLine(line, em * 0.3);
    }
}

void FormulaSetter::finishLine(FormulaBox box, qreal gapAbove)
{
    const qreal y = m_y + (m_layout.m_baselines.empty() ? 1.0 : gapAbove) + box.ascent;
    FormulaBox page;
    page.place(box, {0.0, y});
    m_layout.m_marks.insert(m_layout.m_marks.end(), page.marks.begin(), page.marks.end());
    m_layout.m_areas.insert(m_layout.m_areas.end(), page.areas.begin(), page.areas.end());
    m_layout.m_baselines.push_back(y);
    m_layout.m_lineEnds.push_back(m_layout.m_marks.size());
    m_layout.m_size.setWidth(std::max(m_layout.m_size.width(), box.width));
    m_y = y + box.descent + 1.0;
}

} // namespace chronograd
