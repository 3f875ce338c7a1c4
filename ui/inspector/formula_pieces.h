#pragma once

#include "core/explain/expression.h"
#include "ui/inspector/formula_box.h"

#include <QFont>
#include <QString>

#include <cstddef>
#include <vector>

namespace chronograd {

struct FormulaStyle
{
    QFont mathematics;
    QFont words; ///< For notes.
    int digits = 4;
    qreal width = 360.0;        ///< Lines are broken to fit.
    std::size_t mostTerms = 32; ///< A longer sum shows this many terms and the rest as one number.
};

/// A number in a formula that is a quantity of the frame.
struct FormulaLink
{
    Quantity of;
    double value = 0.0;
    QString text; ///< As shown.
};

/// A stretch of a line that is never broken inside.
struct FormulaPiece
{
    FormulaBox box;
    qreal space = 0.0; ///< Before it; dropped at the start of a line.
    /// What a line break before it costs: 0 is a good place (a plus of the outermost sum), `neverBreak` none.
    double breakCost = 0.0;
    int depth = 0; ///< Parentheses around it.
    int note = -1; ///< The note of the part it belongs to.
};

constexpr double neverBreak = 1e9;

/// Turns expression trees into rows of pieces, ready to be broken into lines; gathers the links and notes it
/// meets.
class FormulaBuilder
{
public:
    explicit FormulaBuilder(const FormulaStyle& style);

    std::vector<FormulaPiece> row(const Expression& expression);
    FormulaBox symbol(const Symbol& symbol, qreal scale = 1.0);
    FormulaBox derivative(const Symbol& symbol, qreal scale); ///< "∂L/∂W" set as a fraction.
    FormulaBox number(double value, int link = -1, qreal scale = 1.0, bool withoutSign = false);

    const FormulaFonts& fonts() const { return m_fonts; }
    const std::vector<FormulaLink>& links() const { return m_links; }
    const std::vector<QString>& notes() const { return m_notes; }

private:
    /// Where in the formula an expression stands.
    struct Place
    {
        qreal scale = 1.0;
        int depth = 0;
        int note = -1;
        bool isPart = false;      ///< Of a sum or a product.
        bool withoutSign = false; ///< The minus sign has been written as an operator already.
    };
    using Row = std::vector<FormulaPiece>;

    Row build(const Expression& expression, Place place);
    Row buildSum(const Expression& expression, Place place);
    Row buildProduct(const Expression& expression, Place place);
    Row buildQuotient(const Expression& expression, Place place);
    Row buildNegate(const Expression& expression, Place place);
    Row buildPower(const Expression& expression, Place place);
    Row buildFunction(const Expression& expression, Place place);
    Row call(const Symbol& function, Row content, Place place); ///< f(content)
    Row buildSumOver(const Expression& expression, Place place);
    Row buildValue(const Expression& expression, Place place);
    Row fenced(Row content, Fence left, Fence right, Place place);
    Row operand(const Expression& expression, Place place, bool fence);
    Row arguments(const Expression& expression, std::size_t first, Place place);

    Row single(FormulaBox box, Place place) const;
    void join(Row& row, Row more, qreal space, double breakCost) const;
    FormulaBox flat(const Row& row) const;
    int addLink(Quantity of, double value, QString text);
    FormulaBox operatorBox(QChar sign, qreal scale) const;

    FormulaStyle m_style;
    FormulaFonts m_fonts;
    std::vector<FormulaLink> m_links;
    std::vector<QString> m_notes;
};

} // namespace chronograd
