#include "ui/inspector/formula_pieces.h"

#include "ui/inspector/formula_spacing.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace chronograd {

using namespace formula;

namespace {

using Kind = Expression::Kind;

bool needsFenceInPower(const Expression& expression)
{
    switch (expression.kind) {
    case Kind::Number:
    case Kind::Value:
        return expression.value < 0.0;
    case Kind::Symbol:
        return !expression.symbol.superscript.empty();
    case Kind::Function:
        return false;
    default:
        return true;
    }
}

} // namespace

FormulaBox FormulaBuilder::derivative(const Symbol& symbol, qreal scale)
{
    const std::size_t stroke = symbol.base.find('/');
    Symbol below = symbol;
    below.base.erase(0, stroke + 1);
    const Symbol above{symbol.base.substr(0, stroke), "", "", false};
    return fractionBox(this->symbol(above, scale * fractionScale), this->symbol(below, scale * fractionScale),
                       m_fonts, scale);
}

FormulaBox FormulaBuilder::symbol(const Symbol& symbol, qreal scale)
{
    if (symbol.base.starts_with("∂") && symbol.base.find("/∂") != std::string::npos)
        return derivative(symbol, scale);
    FormulaBox base = letterBox(QString::fromStdString(symbol.base), m_fonts, scale, false);
    if (symbol.prime)
        base.append(glyphBox(u"′"_s, m_fonts.face(scale, false)));
    const auto script = [&](const std::string& text) {
        return text.empty() ? FormulaBox()
                            : letterBox(QString::fromStdString(text), m_fonts, scale * scriptScale, true);
    };
    if (symbol.subscript.empty() && symbol.superscript.empty())
        return base;
    return scriptBox(base, script(symbol.subscript), script(symbol.superscript), m_fonts, scale);
}

FormulaBuilder::Row FormulaBuilder::buildQuotient(const Expression& expression, Place place)
{
    const Expression& numerator = expression.children.at(0);
    const Expression& denominator = expression.children.at(1);
    const std::size_t linksBefore = m_links.size();
    Place part = place;
    part.scale = place.scale * fractionScale;
    part.withoutSign = false;
    FormulaBox fraction =
        fractionBox(flat(build(numerator, part)), flat(build(denominator, part)), m_fonts, place.scale);
    if (fraction.width <= m_style.width * 0.6)
        return single(std::move(fraction), place);

    // Too wide to stay in one piece: on one line with a stroke, where it can be broken.
    m_links.resize(linksBefore);
    const auto fence = [](const Expression& side) {
        return side.kind == Kind::Sum || side.kind == Kind::Product || side.kind == Kind::SumOver ||
               side.kind == Kind::Quotient;
    };
    Row row = operand(numerator, place, fence(numerator));
    const qreal em = m_fonts.em(place.scale);
    join(row, single(operatorBox(u'/', place.scale), place), em * thin, neverBreak);
    join(row, operand(denominator, place, fence(denominator)), em * thin, neverBreak);
    return row;
}

FormulaBuilder::Row FormulaBuilder::buildPower(const Expression& expression, Place place)
{
    Place raised = place;
    raised.scale = place.scale * scriptScale;
    raised.withoutSign = false;
    const FormulaBox exponent = flat(build(expression.children.at(1), raised));
    Row row = operand(expression.children.at(0), place, needsFenceInPower(expression.children.at(0)));
    FormulaBox& last = row.back().box;
    last = scriptBox(last, {}, exponent, m_fonts, place.scale);
    return row;
}

FormulaBuilder::Row FormulaBuilder::fenced(Row content, Fence left, Fence right, Place place)
{
    qreal ascent = 0.0;
    qreal descent = 0.0;
    for (const FormulaPiece& piece : content) {
        ascent = std::max(ascent, piece.box.ascent);
        descent = std::max(descent, piece.box.descent);
    }
    Row row = single(fenceBox(left, ascent, descent, m_fonts, place.scale), place);
    const qreal gap = m_fonts.em(place.scale) * 0.03;
    join(row, std::move(content), gap, neverBreak);
    join(row, single(fenceBox(right, ascent, descent, m_fonts, place.scale), place), gap, neverBreak);
    return row;
}

FormulaBuilder::Row FormulaBuilder::arguments(const Expression& expression, std::size_t first, Place place)
{
    Place inside = place;
    ++inside.depth;
    inside.withoutSign = false;
    Row row;
    for (std::size_t i = first; i < expression.children.size(); ++i) {
        if (i > first)
            join(row, single(operatorBox(u',', place.scale), place), 0.0, neverBreak);
        join(row, build(expression.children[i], inside), m_fonts.em(place.scale) * thin, dotCost);
    }
    return row;
}

FormulaBuilder::Row FormulaBuilder::buildFunction(const Expression& expression, Place place)
{
    const QString name = QString::fromStdString(expression.symbol.base);
    if (name == u"sqrt") {
        Place inside = place;
        inside.withoutSign = false;
        return single(rootBox(flat(arguments(expression, 0, inside)), m_fonts, place.scale), place);
    }
    if (name == u"abs")
        return fenced(arguments(expression, 0, place), Fence::Bar, Fence::Bar, place);
    if (name == u"positive") { // Iverson's bracket: 1 where it is so, else 0
        Row condition = arguments(expression, 0, place);
        const qreal em = m_fonts.em(place.scale);
        join(condition, single(operatorBox(u'>', place.scale), place), em * aroundPlus, neverBreak);
        join(condition, single(number(0.0, -1, place.scale), place), em * aroundPlus, neverBreak);
        return fenced(std::move(condition), Fence::LeftSquare, Fence::RightSquare, place);
    }
    if (name == u"relu")
        return call({"max", "", "", false},
                    arguments(Expression::function({}, {Expression::number(0.0), expression.children.at(0)}),
                              0, place),
                    place);
    if (name == u"softplus") {
        const Expression sum = Expression::sum(
            {Expression::number(1.0), Expression::function({"exp", "", "", false}, expression.children)});
        return buildFunction(Expression::function({"ln", "", "", false}, {sum}), place);
    }
    if (name == u"sigmoid") {
        const Expression& argument = expression.children.size() == 1
                                         ? expression.children.front() // the other has the slope in front
                                         : Expression::product(expression.children);
        return call({"σ", "", "", false}, arguments(Expression::function({}, {argument}), 0, place), place);
    }
    return call(expression.symbol, arguments(expression, 0, place), place);
}

FormulaBuilder::Row FormulaBuilder::call(const Symbol& function, Row content, Place place)
{
    Row row = single(symbol(function, place.scale), place);
    join(row, fenced(std::move(content), Fence::Left, Fence::Right, place), m_fonts.em(place.scale) * 0.03,
         neverBreak);
    return row;
}

FormulaBuilder::Row FormulaBuilder::buildSumOver(const Expression& expression, Place place)
{
    // "t = 13 … 17" is a sum with two limits.
    const QString index = QString::fromStdString(expression.symbol.base);
    const qsizetype dots = index.indexOf(u" … ");
    FormulaBox below;
    FormulaBox above;
    if (dots > 0) {
        below = letterBox(index.left(dots), m_fonts, place.scale * scriptScale, true);
        above = letterBox(index.mid(dots + 3), m_fonts, place.scale * scriptScale, true);
    } else if (!index.isEmpty()) {
        below = symbol(expression.symbol, place.scale * scriptScale);
    }
    Row row = single(sumBox(below, above, m_fonts, place.scale), place);
    const Expression& body = expression.children.at(0);
    join(row, operand(body, place, body.kind == Kind::Sum && body.children.size() > 1),
         m_fonts.em(place.scale) * thin, neverBreak);
    return row;
}

} // namespace chronograd
