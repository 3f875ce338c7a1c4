#pragma once

#include "ui/inspector/formula_pieces.h"

#include <QColor>
#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QString>

#include <optional>
#include <vector>

class QPainter;

namespace chronograd {

/// What is to be set: left = step = step … = result, each step on a line of its own (or several).
struct FormulaEquation
{
    std::optional<Symbol> left;
    std::vector<Expression> steps;
    std::optional<double> result; ///< In a box at the end.
    QString check;                ///< Small, beside the result: "✓ engine −0.034570".
    bool checkHolds = true;
    QString remark; ///< A sentence below: what is missing, or who gave the number.
};

/// The equation that shows an explanation: general form, numbers, the parts as one number each where that is
/// a step of its own, the result; and whether the numbers really make the engine's number.
FormulaEquation equationOf(const Explanation& explanation, int digits);

struct FormulaColours
{
    QColor text;
    QColor secondary;
    QColor result;
    QColor resultGround;
    QColor good;
    QColor wrong;
    QColor link; ///< Underline of the link under the pointer or with the keyboard focus.
};

/// Mathematics set in lines of a given width: sizes, places, what is under a point. Immutable once made;
/// paints on any QPainter.
class FormulaLayout
{
public:
    FormulaLayout() = default;
    FormulaLayout(const FormulaEquation& equation, const FormulaStyle& style);
    FormulaLayout(const Expression& expression, const FormulaStyle& style);

    QSizeF size() const { return m_size; }
    const std::vector<FormulaLink>& links() const { return m_links; }
    /// The innermost link under a point, −1: none.
    int linkAt(QPointF point) const;
    std::vector<QRectF> areasOf(int link) const;

    /// Baselines of the lines, from the top.
    const std::vector<qreal>& baselines() const { return m_baselines; }
    /// What stands on one line (or on all), marks from left to right.
    QString lineText(std::size_t line) const;
    QString text() const;

    void paint(QPainter& painter, const FormulaColours& colours, int activeLink = -1) const;

private:
    friend class FormulaSetter;

    QSizeF m_size;
    std::vector<FormulaMark> m_marks;
    std::vector<FormulaArea> m_areas;
    std::vector<FormulaLink> m_links;
    std::vector<qreal> m_baselines;
    std::vector<std::size_t> m_lineEnds; ///< Marks before this belong to the line or an earlier one.
};

} // namespace chronograd
