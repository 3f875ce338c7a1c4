#include "core/training/setting.h"

#include <cassert>

namespace chronograd {
namespace {

SettingValue optionalNumber(const std::optional<double>& value)
{
    return value ? SettingValue(*value) : SettingValue(NoValue{});
}

SettingValue optionalSteps(const std::optional<std::int64_t>& value)
{
    return value ? SettingValue(StepCount(*value)) : SettingValue(NoValue{});
}

template<typename Enum>
SettingValue indexOf(Enum value)
{
    return static_cast<int>(value);
}

template<typename Enum>
void choose(Enum& target, const SettingValue& value)
{
    target = static_cast<Enum>(std::get<int>(value));
}

} // namespace

SettingValue settingValue(const Hyperparameters& settings, Setting setting)
{
    switch (setting) {
    case Setting::K1:
        return settings.k1;
    case Setting::K2:
        return settings.k2;
    case Setting::LearningRate:
        return settings.learningRate;
    case Setting::Momentum:
        return settings.momentum;
    case Setting::Loss:
        return indexOf(settings.loss);
    case Setting::Reduction:
        return indexOf(settings.reduction);
    case Setting::Injection:
        return indexOf(settings.injection);
    case Setting::History:
        return indexOf(settings.history);
    case Setting::Window:
        return indexOf(settings.window);
    case Setting::Optimizer:
        return indexOf(settings.optimizer);
    case Setting::ClipNorm:
        return optionalNumber(settings.clipNorm);
    case Setting::State:
        return indexOf(settings.state);
    case Setting::Chunk:
        return optionalSteps(settings.chunk);
    }
    return NoValue{};
}

void apply(Hyperparameters& settings, const SettingChange& change)
{
    assert(settingError(change).empty());
    const SettingValue& value = change.value;
    switch (change.setting) {
    case Setting::K1:
        settings.k1 = std::get<StepCount>(value);
        break;
    case Setting::K2:
        settings.k2 = std::get<StepCount>(value);
        break;
    case Setting::LearningRate:
        settings.learningRate = std::get<double>(value);
        break;
    case Setting::Momentum:
        settings.momentum = std::get<double>(value);
        break;
    case Setting::Loss:
        choose(settings.loss, value);
        break;
    case Setting::Reduction:
        choose(settings.reduction, value);
        break;
    case Setting::Injection:
        choose(settings.injection, value);
        break;
    case Setting::History:
        choose(settings.history, value);
        break;
    case Setting::Window:
        choose(settings.window, value);
        break;
    case Setting::Optimizer:
        choose(settings.optimizer, value);
        break;
    case Setting::ClipNorm:
        settings.clipNorm.reset();
        if (const auto* number = std::get_if<double>(&value))
            settings.clipNorm = *number;
        break;
    case Setting::State:
        choose(settings.state, value);
        break;
    case Setting::Chunk:
        settings.chunk.reset();
        if (const auto* count = std::get_if<StepCount>(&value))
            settings.chunk = count->number();
        break;
    }
}

} // namespace chronograd
