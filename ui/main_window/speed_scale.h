#pragma once

#include <QString>

namespace chronograd {

/// The speed slider: positions 0 … speedPositions. The last one is "unlimited", the others go from 1 to 1000
/// steps a second in equal ratios.
inline constexpr int speedPositions = 61;

/// Steps a second, 0 for unlimited (as SpeedCommand has it).
double stepsPerSecondAt(int position);
int speedPositionOf(double stepsPerSecond);
QString speedText(double stepsPerSecond);

} // namespace chronograd
