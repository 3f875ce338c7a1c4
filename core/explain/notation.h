#pragma once

#include "core/explain/expression.h"

#include <string>

namespace chronograd {

/// Short names in the field's notation: x_2^5, h_3^15, net_{h,3}^15, δ_{h,3}^15, y_1^15, d_1^15, W_{h,32},
/// b_{h,3}, E^15. A hidden layer is h where it is the only one, else called by its name; the last layer is y.
/// Of a gated layer f_3^15, c_3^15, tanh c_3^15, net_{f,3}^15, δ_{f,3}^15, W_{hf,32}, b_{f,3}: units count
/// from 1 in each gate, and the layer is named only where another one has the same letters. Units and times
/// are words, so that an index (j, t) can stand where a number does; `block` is the gate of a slot or a
/// parameter with stacked rows, and the unit or row counts within it.
class Notation
{
public:
    explicit Notation(const Network& network, SignConvention sign = SignConvention::Derivative)
        : m_network(network)
        , m_sign(sign)
    {}

    Symbol symbol(const Quantity& quantity) const;

    Symbol slot(SlotId slot, const std::string& unit, const std::string& time, int block = 0) const;
    Symbol delta(SlotId slot, const std::string& unit, const std::string& time, int block = 0) const;
    Symbol target(const std::string& unit, const std::string& time) const;
    /// `column` is not used for a bias.
    Symbol weight(ParameterId parameter, const std::string& row, const std::string& column,
                  int block = 0) const;
    /// `row`: of all stacked ones, from 0.
    Symbol weight(ParameterId parameter, int row, const std::string& column) const;
    Symbol gradientNorm(ParameterId parameter) const; ///< ‖∂L/∂W_h‖ of the whole matrix.

    /// The letters of a layer: h, y or its name.
    std::string mark(int layer) const;

private:
    const Slot& tableEntry(SlotId slot) const;
    const Layer& layerOf(const Slot& slot) const;
    std::string weightSubscript(ParameterId parameter, const std::string& gate, const std::string& row,
                                const std::string& column) const;
    std::string weightLetter(ParameterId parameter) const;
    /// "f", of what has no gates "".
    std::string gateLetter(int layer, int blocks, int block) const;
    /// "", or the layer's mark and a comma where its letters would not tell it.
    std::string layerPrefix(int layer) const;

    const Network& m_network;
    SignConvention m_sign;
};

/// In words: "the weighted input of hidden unit 3 at t = 15".
std::string words(const Quantity& quantity, const Network& network,
                  SignConvention sign = SignConvention::Derivative);

} // namespace chronograd
