#pragma once

#include "core/explain/expression.h"
#include "core/training/frame.h"

#include <functional>
#include <map>
#include <optional>

namespace chronograd {

/// What a formula gives with other numbers put in for those it is made of.
///
/// Where a number is not replaced itself but is made of replaced ones, its own formula is opened: a book
/// gives δ and Δw, but not the share and the gradient between them.
class BookFormula
{
public:
    /// A number that stands in for the frame's, or nothing.
    using Replacement = std::function<std::optional<double>(const Quantity&)>;

    BookFormula(const Frame& frame, Replacement replacement);

    /// The quantity's formula; it itself is not replaced. Precondition: the frame has the quantity.
    double operator()(const Quantity& quantity);

private:
    struct Before
    {
        bool operator()(const Quantity& a, const Quantity& b) const;
    };

    struct Known
    {
        double value = 0.0;
        int opened = 0; ///< So many formulas were open around it.
    };

    double value(const Quantity& quantity, double exact, int opened);
    double formulaValue(const Quantity& quantity, int opened);
    void replaceTerms(Expression& expression, int opened);

    const Frame& m_frame;
    Replacement m_replacement;
    std::map<Quantity, Known, Before> m_known;
};

} // namespace chronograd
