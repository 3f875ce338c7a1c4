#pragma once

#include "core/analysis/past_gradients.h"
#include "core/explain/expression.h"
#include "core/training/frame.h"

#include <string>

namespace chronograd {

/// Says where a number of the frame comes from, one step back.
/// \throws InputError when the frame does not have it ("not computed yet", "outside the window t = 13 … 17").
Explanation explain(const Frame& frame, const Quantity& quantity,
                    SignConvention sign = SignConvention::Derivative);
/// Of a velocity before the update (adam: of the first moment), opened up into its past gradients.
/// Precondition: they are of that weight, and of the update before.
Explanation explain(const Frame& frame, const Quantity& quantity, const PastGradients& past);

/// The engine's number itself; of a delta, signed.
double valueOf(const Frame& frame, const Quantity& quantity,
               SignConvention sign = SignConvention::Derivative);
bool hasQuantity(const Frame& frame, const Quantity& quantity);

/// A formula on one line: "0.5·0.31 + 0.2".
std::string formulaText(const Expression& formula, int digits = 6);
std::string explanationText(const Explanation& explanation, const Network& network, int digits = 6);
std::string explanationLatex(const Explanation& explanation, int digits = 6);
std::string explanationJson(const Explanation& explanation, const Network& network);

} // namespace chronograd
