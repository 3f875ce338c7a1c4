#include "core/session/loss_curve.h"

#include <algorithm>
#include <cmath>

namespace chronograd {

LossCurve::LossCurve(std::size_t mostBuckets)
    : m_losses(mostBuckets)
    , m_testLosses(mostBuckets)
{}

void LossCurve::append(const LossPoint& point)
{
    m_losses.append(point.update, point.loss);
    if (point.testLoss)
        m_testLosses.append(point.update, *point.testLoss);
    m_lastUpdate = point.update;
}

void LossCurve::append(const Bucket& losses)
{
    m_losses.append(losses);
    m_lastUpdate = losses.last;
}

void LossCurve::cutAfter(std::int64_t update)
{
    m_losses.cutAfter(update);
    m_testLosses.cutAfter(update);
    std::erase_if(m_marks, [update](const ChangeMark& mark) { return mark.update > update + 1; });
    m_lastUpdate = std::min(m_lastUpdate, update);
}

std::optional<SettingValue> LossCurve::before(std::size_t mark,
                                              const std::optional<Hyperparameters>& start) const
{
    const Setting setting = m_marks[mark].change.setting;
    for (std::size_t i = mark; i-- > 0;)
        if (m_marks[i].change.setting == setting)
            return m_marks[i].change.value;
    if (start)
        return settingValue(*start, setting);
    return std::nullopt;
}

double smoothingHorizon(std::int64_t updates)
{
    const double wanted = static_cast<double>(updates) / 40.0;
    if (wanted <= 10.0)
        return 10.0;
    const double decade = std::pow(10.0, std::floor(std::log10(wanted)));
    const double mantissa = wanted / decade;
    return decade * (mantissa < 2.0 ? 1.0 : mantissa < 5.0 ? 2.0 : 5.0);
}

} // namespace chronograd
