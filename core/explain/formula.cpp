#include "core/explain/formula.h"

#include "core/explain/frame_numbers.h"
#include "core/explain/notation.h"

#include <utility>

namespace chronograd {

Expression leaf(const Frame& frame, const Quantity& quantity, SignConvention sign)
{
    return Expression::quantity(quantity, numberOf(frame, quantity, sign),
                                Notation(*frame.network, sign).symbol(quantity));
}

Expression symbolic(Symbol symbol)
{
    return Expression::named(std::move(symbol));
}

Quantity slotQuantity(SlotId slot, int unit, std::int64_t t)
{
    Quantity quantity;
    quantity.kind = QuantityKind::Slot;
    quantity.slot = slot;
    quantity.unit = unit;
    quantity.t = t;
    return quantity;
}

Quantity deltaQuantity(SlotId net, int unit, std::int64_t t)
{
    Quantity quantity = slotQuantity(net, unit, t);
    quantity.kind = QuantityKind::Delta;
    return quantity;
}

Quantity weightQuantity(QuantityKind kind, ParameterId parameter, int row, int column, std::int64_t t)
{
    Quantity quantity;
    quantity.kind = kind;
    quantity.parameter = parameter;
    quantity.row = row;
    quantity.column = column;
    quantity.t = t;
    return quantity;
}

Expression sumOrOnly(std::vector<Expression> terms)
{
    return terms.size() == 1 ? std::move(terms.front()) : Expression::sum(std::move(terms));
}

Expression productOrOnly(std::vector<Expression> factors)
{
    return factors.size() == 1 ? std::move(factors.front()) : Expression::product(std::move(factors));
}

Expression oneMinus(Expression x)
{
    return Expression::sum({Expression::number(1.0), Expression::negate(std::move(x))});
}

Expression squared(Expression x)
{
    return Expression::power(std::move(x), Expression::number(2.0));
}

Expression constant(double value, Symbol symbol, std::string note)
{
    Expression expression = Expression::number(value);
    expression.symbol = std::move(symbol);
    expression.note = std::move(note);
    return expression;
}

std::string indexWord(int index)
{
    return std::to_string(index + 1);
}

Formula givenFormula(const Frame& frame, const Quantity& quantity, std::string note)
{
    Formula formula{symbolic(Notation(*frame.network).symbol(quantity)),
                    Expression::number(numberOf(frame, quantity))};
    formula.numbers.note = std::move(note);
    return formula;
}

int firstUnitOf(const Network& network, SlotId slot, int block)
{
    return block * network.program().slotTable[static_cast<std::size_t>(slot)].blockUnits();
}

} // namespace chronograd
