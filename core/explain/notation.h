#pragma once

#include "core/explain/expression.h"

#include <string>

namespace chronograd {

/// Short names in the field's notation: x_2^5, h_3^15, net_{h,3}^15, δ_{h,3}^15, y_1^15, d_1^15, W_{h,32},
/// b_{h,3}, E^15. A hidden layer is h where it is the only one, else called by its name; the last layer is y.
/// Units and times are words, so that an index (j, t) can stand where a number does.
class Notation
{
public:
    explicit Notation(const Network& network, SignConvention sign = SignConvention::Derivative)
        : m_network(network)
        , m_sign(sign)
    {}

    Symbol symbol(const Quantity& quantity) const;

    Symbol slot(SlotId slot, const std::string& unit, const std::string& time) const;
    Symbol delta(SlotId slot, const std::string& unit, const std::string& time) const;
    Symbol target(const std::string& unit, const std::string& time) const;
    /// `column` is not used for a bias.
    Symbol weight(ParameterId parameter, const std::string& row, const std::string& column) const;
    Symbol gradient(ParameterId parameter, const std::string& row, const std::string& column) const;
    Symbol gradientNorm(ParameterId parameter) const; ///< ‖∂L/∂W_h‖ of the whole matrix.

    /// The letters of a layer: h, y or its name.
    std::string mark(int layer) const;

private:
    std::string weightSubscript(ParameterId parameter, const std::string& row,
                                const std::string& column) const;
    std::string weightLetter(ParameterId parameter) const;

    const Network& m_network;
    SignConvention m_sign;
};

/// In words: "the weighted input of hidden unit 3 at t = 15".
std::string words(const Quantity& quantity, const Network& network,
                  SignConvention sign = SignConvention::Derivative);

} // namespace chronograd
