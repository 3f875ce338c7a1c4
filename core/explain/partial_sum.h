#pragma once

#include "core/explain/expression.h"
#include "core/training/frame.h"

#include <optional>
#include <string>
#include <vector>

namespace chronograd {

/// Where training stands, with what the last stop took: one that came by units or terms to the end of a layer
/// took the last unit of that layer, and one to the end of an update its last weights, though nothing is half
/// there any more.
Position stopOf(const Frame& frame);

/// The sum at work while training is stepped by terms, as far as it has come.
struct PartialSum
{
    Quantity of; ///< Forward: the weighted input being made; backward: the unit's delta, made of ∂L/∂out.
    int done = 0;
    int count = 0;
    Expression term;                ///< The one just added, numbers put in.
    double sum = 0.0;               ///< Of those added so far.
    std::optional<Quantity> weight; ///< The share of the weight in that term: its step is the receiving one.
};

/// Absent when the last stop was not one inside a layer (see stopOf), or the frame shows a sequence of the
/// batch that has other terms than the one at work.
std::optional<PartialSum> partialSum(const Frame& frame, SignConvention sign = SignConvention::Derivative);

/// A term of the sums of one unit: its number, and the share of the weight in it, as in PartialSum.
struct UnitTerm
{
    double value = 0.0;
    std::optional<Quantity> weight;
};

/// Of a unit of the layer at work, all of them in the order that training is stepped through; none where they
/// cannot be told apart. Precondition: training goes forward or backward, and has come to this unit.
std::vector<UnitTerm> termsAtWork(const Frame& frame, int unit, SignConvention sign);

/// The term at work: "W_h,32·h_2(14) = 0.5·0.31 = 0.155".
std::string termText(const PartialSum& sum, int digits = 4);

} // namespace chronograd
