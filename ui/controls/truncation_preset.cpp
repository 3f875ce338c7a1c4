#include "ui/controls/truncation_preset.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace chronograd {

namespace {

struct PresetText
{
    const char* name;
    const char* help;
};

constexpr std::array<PresetText, truncationPresets> texts{{
    {QT_TRANSLATE_NOOP("TruncationPreset", "(n, n)"),
     QT_TRANSLATE_NOOP("TruncationPreset",
                       "BPTT(n, n): one update a sequence; the error goes back to its first step")},
    {QT_TRANSLATE_NOOP("TruncationPreset", "(1, n)"),
     QT_TRANSLATE_NOOP("TruncationPreset",
                       "TBPTT(1, n): an update after every step; the error goes back to the first step")},
    {QT_TRANSLATE_NOOP("TruncationPreset", "(k, k)"),
     QT_TRANSLATE_NOOP("TruncationPreset",
                       "TBPTT(k, k): an update every k steps, and the error goes back over just these")},
    {QT_TRANSLATE_NOOP("TruncationPreset", "(k1, k2)"),
     QT_TRANSLATE_NOOP("TruncationPreset",
                       "TBPTT(k1, k2) with k1 < k2: an update every k1 steps; the error goes back k2 steps")},
    {QT_TRANSLATE_NOOP("TruncationPreset", "(k1, 1)"),
     QT_TRANSLATE_NOOP("TruncationPreset",
                       "TBPTT(k1, 1): no error goes back in time, each step learns for itself")},
    {QT_TRANSLATE_NOOP("TruncationPreset", "Williams–Peng (h; h′)"),
     QT_TRANSLATE_NOOP(
         "TruncationPreset",
         "BPTT(h; h′) of Williams and Peng 1990: every h′ steps the recent errors go back h = 2h′ steps")},
    {QT_TRANSLATE_NOOP("TruncationPreset", "naive chunks"),
     QT_TRANSLATE_NOOP("TruncationPreset", "Sequences are cut into pieces of k1 steps and each piece is "
                                           "trained as a whole; from the next epoch on")},
    {QT_TRANSLATE_NOOP("TruncationPreset", "pseudocode (1, k2)"),
     QT_TRANSLATE_NOOP("TruncationPreset", "After every step the error of the last output goes back k2 steps "
                                           "through a window run again with the current weights")},
}};

QString presetText(const char* text)
{
    return QCoreApplication::translate("TruncationPreset", text);
}

std::int64_t numberOr(StepCount steps, std::int64_t otherwise)
{
    return steps.isWholeSequence() ? otherwise : steps.number();
}

SettingChange k1(std::int64_t steps)
{
    return {Setting::K1, StepCount(steps)};
}

SettingChange k2(std::int64_t steps)
{
    return {Setting::K2, StepCount(steps)};
}

SettingChange choice(Setting setting, int index)
{
    return {setting, index};
}

/// The changes of k1, k2 and what else the preset speaks of; chunks left out.
std::vector<SettingChange> windowChanges(TruncationPreset preset, const Hyperparameters& settings)
{
    constexpr std::int64_t whole = 0; // StepCount(0) is n
    const std::int64_t near1 = numberOr(settings.k1, 5);
    const std::int64_t near2 = numberOr(settings.k2, 20);
    switch (preset) {
    case TruncationPreset::Full:
        return {k1(whole), k2(whole)};
    case TruncationPreset::Online:
        return {k1(1), k2(whole)};
    case TruncationPreset::Equal: {
        const std::int64_t k = numberOr(settings.k2, near1);
        return {k1(k), k2(k)};
    }
    case TruncationPreset::Truncated: {
        const std::int64_t back = std::max<std::int64_t>(near2, 2);
        const std::int64_t each = near1 < back ? near1 : std::max<std::int64_t>(back / 4, 1);
        return {k1(each), k2(back)};
    }
    case TruncationPreset::OneStepBack:
        return {k2(1)};
    case TruncationPreset::WilliamsPeng:
        return {k1(near1), k2(2 * near1), choice(Setting::Injection, int(Injection::Recent)),
                choice(Setting::History, int(History::Stored)),
                choice(Setting::Window, int(WindowRule::Partial))};
    case TruncationPreset::NaiveChunks:
        return {{Setting::Chunk, StepCount(near1)}, k1(whole), k2(whole)};
    case TruncationPreset::Pseudocode:
        return {k1(1), k2(near2), choice(Setting::Injection, int(Injection::Last)),
                choice(Setting::History, int(History::Recomputed)),
                choice(Setting::Window, int(WindowRule::Full))};
    }
    return {};
}

} // namespace

QString presetName(TruncationPreset preset)
{
    return presetText(texts[std::size_t(preset)].name);
}

QString presetHelp(TruncationPreset preset)
{
    return presetText(texts[std::size_t(preset)].help);
}

std::vector<SettingChange> presetChanges(TruncationPreset preset, const Hyperparameters& settings)
{
    std::vector<SettingChange> changes = windowChanges(preset, settings);
    if (settings.chunk && preset != TruncationPreset::NaiveChunks)
        changes.push_back({Setting::Chunk, NoValue{}}); // pieces of a sequence are not "n"
    return changes;
}

TruncationPreset presetOf(const Hyperparameters& settings)
{
    if (settings.k2.isWholeSequence() && settings.k1.isWholeSequence())
        return TruncationPreset::Full;
    if (settings.k2.isWholeSequence() && settings.k1 == StepCount(1))
        return TruncationPreset::Online;
    return settings.k1 == settings.k2 ? TruncationPreset::Equal : TruncationPreset::Truncated;
}

} // namespace chronograd
