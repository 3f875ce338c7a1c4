#include "ui/main_window/speed_scale.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr double fastest = 1000.0;
constexpr int lastLimited = speedPositions - 1;

} // namespace

double stepsPerSecondAt(int position)
{
    if (position > lastLimited)
        return 0.0;
    const double exact = std::pow(fastest, double(std::max(position, 0)) / lastLimited);
    // Round numbers can be said aloud: one decimal below 10, two digits above.
    const double unit = exact < 10 ? 0.1 : exact < 100 ? 1.0 : 10.0;
    return std::round(exact / unit) * unit;
}

int speedPositionOf(double stepsPerSecond)
{
    if (!(stepsPerSecond > 0.0))
        return speedPositions;
    const double place = std::log(stepsPerSecond) / std::log(fastest) * lastLimited;
    return std::clamp(int(std::lround(place)), 0, lastLimited);
}

QString speedText(double stepsPerSecond)
{
    if (!(stepsPerSecond > 0.0))
        return QCoreApplication::translate("chronograd::speedText", "unlimited");
    return QCoreApplication::translate("chronograd::speedText", "%1 a second").arg(stepsPerSecond);
}

} // namespace chronograd
