#include "ui/inspector/formula_pieces.h"

#include "ui/inspector/formula_number.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

using namespace Qt::StringLiterals;

namespace chronograd {

namespace {

using Kind = Expression::Kind;

constexpr qreal scriptScale = 0.72;
constexpr qreal fractionScale = 0.92;

// Spaces, in em.
constexpr qreal thin = 0.14;
constexpr qreal aroundDot = 0.17;
constexpr qreal aroundPlus = 0.23;

// A break costs more the deeper it cuts into the formula; a dot is the last resort.
constexpr double deeperCost = 0.15;
constexpr double betweenPartsCost = -0.35;
constexpr double dotCost = 1.2;
constexpr double deeperDotCost = 1.5;

bool startsNegative(const Expression& expression)
{
    switch (expression.kind) {
    case Kind::Number:
    case Kind::Value:
        return expression.value < 0.0;
    case Kind::Negate:
        return true;
    case Kind::Sum:
        return !expression.children.empty() && startsNegative(expression.children.front());
    case Kind::Product: {
        if (expression.children.empty())
            return false;
        const Expression& first = expression.children.front();
        const bool fenced = first.kind == Kind::Sum && first.children.size() > 1;
        return !fenced && startsNegative(first);
    }
    default:
        return false;
    }
}

bool isLetters(const Expression& expression)
{
    return expression.kind == Kind::Symbol;
}

bool needsFenceInProduct(const Expression& expression, bool first, bool last)
{
    if (expression.kind == Kind::Sum)
        return expression.children.size() != 1 ||
               needsFenceInProduct(expression.children.front(), first, last);
    return (expression.kind == Kind::SumOver && !last) || (!first && startsNegative(expression));
}

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

FormulaBuilder::FormulaBuilder(const FormulaStyle& style)
    : m_style(style)
    , m_fonts(style.mathematics)
{}

std::vector<FormulaPiece> FormulaBuilder::row(const Expression& expression)
{
    return build(expression, {});
}

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

FormulaBox FormulaBuilder::number(double value, int link, qreal scale, bool withoutSign)
{
    const FormulaNumber number = formulaNumber(withoutSign ? std::abs(value) : value, m_style.digits);
    FormulaBox box = glyphBox(number.digits, m_fonts.face(scale, false), m_fonts.digitHeight(scale));
    if (!number.exponent.isEmpty()) {
        box.append(operatorBox(u'·', scale), m_fonts.em(scale) * thin * 0.6);
        const FormulaBox ten = glyphBox(u"10"_s, m_fonts.face(scale, false));
        const FormulaBox exponent = glyphBox(number.exponent, m_fonts.face(scale * scriptScale, false));
        box.append(scriptBox(ten, {}, exponent, m_fonts, scale), m_fonts.em(scale) * thin * 0.6);
    }
    if (link >= 0)
        box.cover(link);
    return box;
}

FormulaBox FormulaBuilder::operatorBox(QChar sign, qreal scale) const
{
    return glyphBox(QString(sign), m_fonts.face(scale, false));
}

int FormulaBuilder::addLink(Quantity of, double value, QString text)
{
    m_links.push_back({of, value, std::move(text)});
    return static_cast<int>(m_links.size()) - 1;
}

FormulaBuilder::Row FormulaBuilder::single(FormulaBox box, Place place) const
{
    FormulaPiece piece;
    piece.box = std::move(box);
    piece.depth = place.depth;
    piece.note = place.note;
    Row row;
    row.push_back(std::move(piece));
    return row;
}

void FormulaBuilder::join(Row& row, Row more, qreal space, double breakCost) const
{
    if (more.empty())
        return;
    more.front().space = space;
    more.front().breakCost = row.empty() ? 0.0 : breakCost;
    std::move(more.begin(), more.end(), std::back_inserter(row));
}

FormulaBox FormulaBuilder::flat(const Row& row) const
{
    FormulaBox box;
    for (const FormulaPiece& piece : row)
        box.append(piece.box, box.width > 0.0 ? piece.space : 0.0);
    return box;
}

FormulaBuilder::Row FormulaBuilder::build(const Expression& expression, Place place)
{
    if (!expression.note.empty() && place.scale == 1.0) {
        m_notes.push_back(QString::fromStdString(expression.note));
        place.note = static_cast<int>(m_notes.size()) - 1;
    }
    int link = -1;
    if (expression.of && expression.kind != Kind::Value)
        link = addLink(*expression.of, expression.value, {});
    Row row;
    switch (expression.kind) {
    case Kind::Number:
        row = single(number(expression.value, -1, place.scale, place.withoutSign), place);
        break;
    case Kind::Value:
        row = buildValue(expression, place);
        break;
    case Kind::Symbol:
        row = single(symbol(expression.symbol, place.scale), place);
        break;
    case Kind::Sum:
        row = buildSum(expression, place);
        break;
    case Kind::Product:
        row = buildProduct(expression, place);
        break;
    case Kind::Quotient:
        row = buildQuotient(expression, place);
        break;
    case Kind::Negate:
        row = buildNegate(expression, place);
        break;
    case Kind::Power:
        row = buildPower(expression, place);
        break;
    case Kind::Function:
        row = buildFunction(expression, place);
        break;
    case Kind::SumOver:
        row = buildSumOver(expression, place);
        break;
    }
    if (link >= 0) {
        for (FormulaPiece& piece : row)
            piece.box.cover(link);
    }
    return row;
}

FormulaBuilder::Row FormulaBuilder::buildValue(const Expression& expression, Place place)
{
    int link = -1;
    if (expression.of)
        link = addLink(*expression.of, expression.value, formulaNumberText(expression.value, m_style.digits));
    return single(number(expression.value, link, place.scale, place.withoutSign), place);
}

FormulaBuilder::Row FormulaBuilder::buildSum(const Expression& expression, Place place)
{
    const auto& terms = expression.children;
    if (terms.empty())
        return single(number(0.0, -1, place.scale), place);
    const std::size_t shown = terms.size() > m_style.mostTerms + 1 ? m_style.mostTerms : terms.size();
    const qreal em = m_fonts.em(place.scale);
    const double cost = deeperCost * place.depth;
    const bool signTaken = std::exchange(place.withoutSign, false);
    Row row;
    for (std::size_t i = 0; i < shown; ++i) {
        const Expression& term = terms[i];
        const bool negative = startsNegative(term);
        if (i == 0) {
            Place first = place;
            first.withoutSign = signTaken;
            join(row, build(term, first), 0.0, 0.0);
            continue;
        }
        const bool part = !term.note.empty();
        join(row, single(operatorBox(negative ? u'−' : u'+', place.scale), place), em * aroundPlus,
             cost + (part ? betweenPartsCost : 0.0));
        Place next = place;
        next.withoutSign = negative;
        join(row, build(term, next), em * aroundPlus, neverBreak);
    }
    if (shown < terms.size()) {
        Expression rest = Expression::sum({terms.begin() + static_cast<std::ptrdiff_t>(shown), terms.end()});
        rest = Expression::number(evaluate(rest));
        rest.note = QCoreApplication::translate("chronograd::FormulaBuilder", "%n more terms", nullptr,
                                                static_cast<int>(terms.size() - shown))
                        .toStdString();
        const bool negative = rest.value < 0.0;
        join(row, single(operatorBox(negative ? u'−' : u'+', place.scale), place), em * aroundPlus, cost);
        Place last = place;
        last.withoutSign = negative;
        join(row, build(rest, last), em * aroundPlus, neverBreak);
    }
    return row;
}

FormulaBuilder::Row FormulaBuilder::buildProduct(const Expression& expression, Place place)
{
    const auto& factors = expression.children;
    if (factors.empty())
        return single(number(1.0, -1, place.scale), place);
    const qreal em = m_fonts.em(place.scale);
    const bool signTaken = std::exchange(place.withoutSign, false);
    Row row;
    for (std::size_t i = 0; i < factors.size(); ++i) {
        Place here = place;
        here.withoutSign = signTaken && i == 0;
        Row factor =
            operand(factors[i], here,
                    needsFenceInProduct(factors[i], i == 0, i + 1 == factors.size()) && !here.withoutSign);
        if (i == 0) {
            join(row, std::move(factor), 0.0, 0.0);
        } else if (isLetters(factors[i - 1]) && isLetters(factors[i])) {
            join(row, std::move(factor), em * thin, neverBreak);
        } else {
            join(row, single(operatorBox(u'·', place.scale), place), em * aroundDot,
                 dotCost + deeperDotCost * place.depth);
            join(row, std::move(factor), em * aroundDot, neverBreak);
        }
    }
    return row;
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

FormulaBuilder::Row FormulaBuilder::buildNegate(const Expression& expression, Place place)
{
    const Expression& child = expression.children.at(0);
    const bool signTaken = std::exchange(place.withoutSign, false);
    Row inner = operand(child, place, child.kind == Kind::Sum || startsNegative(child));
    if (signTaken)
        return inner;
    Row row = single(operatorBox(u'−', place.scale), place);
    join(row, std::move(inner), m_fonts.em(place.scale) * 0.04, neverBreak);
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

FormulaBuilder::Row FormulaBuilder::operand(const Expression& expression, Place place, bool fence)
{
    if (!fence)
        return build(expression, place);
    Place inside = place;
    ++inside.depth;
    inside.withoutSign = false;
    return fenced(build(expression, inside), Fence::Left, Fence::Right, place);
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
    Symbol called = expression.symbol;
    if (name == u"sigmoid")
        called.base = "σ";
    Row row = single(symbol(called, place.scale), place);
    join(row, fenced(arguments(expression, 0, place), Fence::Left, Fence::Right, place),
         m_fonts.em(place.scale) * 0.03, neverBreak);
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
