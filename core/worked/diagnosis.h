#pragma once

#include "core/experiment/book_number.h"
#include "core/explain/expression.h"
#include "core/training/frame.h"

#include <functional>
#include <optional>
#include <string>

namespace chronograd {

/// What an answer forgot.
enum class Slip : std::uint8_t
{
    None,       ///< Nothing that is known here.
    Sign,       ///< The right size with the wrong sign.
    Activation, ///< f was not applied: the answer is its argument.
    Derivative, ///< f′(net), or a part of it.
    Weights,    ///< All the weights.
    Weight,     ///< One weight: `of`.
    Rate,       ///< α
    Momentum,   ///< The momentum term γ·v, or γ in it.
    Count,      ///< 1/N, or the number of sequences.
    Term,       ///< A term of a sum: `of` is in it, or `note` says where it comes from.
    TermSign,   ///< The sign of a term.
    Factor,     ///< Another factor: `of`, or `value`.
};

struct Diagnosis
{
    Slip slip = Slip::None;
    bool wrongSign = false; ///< Besides: the answer has the wrong sign too.
    std::optional<Quantity> of;
    std::string note;
    double value = 0.0; ///< Of what was forgotten.
};

/// Is the answer right: as exact as it was typed, but to a few percent at least?
bool isRightAnswer(double value, const BookNumber& answer);

/// What could have been forgotten, given the number's formula: looks for the one alteration of the formula
/// that gives the answer.
Diagnosis diagnose(const Explanation& explanation, const BookNumber& answer);

/// The explanation of a number with the formulas of those of its terms opened that are not `known`: what a
/// student has to compute who sees only those.
Explanation openedExplanation(const Frame& frame, const Quantity& quantity,
                              const std::function<bool(const Quantity&)>& known);

} // namespace chronograd
