#pragma once

#include "ui/inspector/formula_layout.h"
#include "ui/inspector/formula_lines.h"

#include <map>
#include <span>

namespace chronograd {

/// Puts the lines of an equation on the page, one below the other: the work behind FormulaLayout.
class FormulaSetter
{
public:
    explicit FormulaSetter(const FormulaStyle& style);

    void set(const FormulaEquation& equation);
    FormulaLayout take();

private:
    void setStep(const FormulaBox& lead, const Expression& step);
    void setResult(const FormulaEquation& equation);
    void setRemark(const QString& remark);
    FormulaBox setLine(std::span<const FormulaPiece> pieces, FormulaLine line, qreal x);
    void addNotes(FormulaBox& box, std::span<const FormulaPiece> pieces, FormulaLine line, qreal x);
    void finishLine(FormulaBox box, qreal gapAbove);

    FormulaStyle m_style;
    FormulaBuilder m_builder;
    FormulaLayout m_layout;
    qreal m_equalsAt = 0.0; ///< Where the "=" of every line stands.
    qreal m_textAt = 0.0;   ///< Where what follows it begins: the hanging indent.
    qreal m_y = 0.0;
    std::map<int, bool> m_noteWritten;
};

} // namespace chronograd
