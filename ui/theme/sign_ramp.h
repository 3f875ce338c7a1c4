#pragma once

#include <QRgb>

#include <array>

namespace chronograd {

struct Theme;

/// Theme::signColor() in as many steps as the eye tells apart, for pictures of thousands of numbers; faded
/// into the card by `strength` < 1.
class SignRamp
{
public:
    explicit SignRamp(const Theme& theme, double strength = 1.0);

    /// NaN is zero; beyond ±1 the ends.
    QRgb at(double value) const;

private:
    static constexpr int steps = 64;
    std::array<QRgb, 2 * steps + 1> m_colours;
};

} // namespace chronograd
