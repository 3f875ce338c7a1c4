#include "ui/inspector/formula_pieces.h"

#include "ui/inspector/formula_spacing.h"
#include "ui/theme/formula_number.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

using namespace Qt::StringLiterals;

namespace chronograd {

using namespace formula;

namespace {

using Kind = Expression::Kind;

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

} // namespace

FormulaBuilder::FormulaBuilder(const FormulaStyle& style)
    : m_style(style)
    , m_fonts(style.mathematics)
{}

std::vector<FormulaPiece> FormulaBuilder::row(const Expression& expression)
{
    return build(expression, {});
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
    place.isPart = true;
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
    const bool isOutermost = !std::exchange(place.isPart, true);
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
                 isOutermost ? outermostDotCost : dotCost + deeperDotCost * place.depth);
            join(row, std::move(factor), em * aroundDot, neverBreak);
        }
    }
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

FormulaBuilder::Row FormulaBuilder::operand(const Expression& expression, Place place, bool fence)
{
    if (!fence)
        return build(expression, place);
    Place inside = place;
    ++inside.depth;
    inside.withoutSign = false;
    return fenced(build(expression, inside), Fence::Left, Fence::Right, place);
}

} // namespace chronograd
