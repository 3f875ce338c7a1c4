#include "ui/sweep/sweep_words.h"

#include "core/training/setting.h"
#include "ui/controls/setting_text.h"
#include "ui/theme/number_text.h"

#include <QStringList>

#include <charconv>
#include <string_view>

namespace chronograd {

namespace {

constexpr const char* sweepContext = "Sweep";

/// "network.layers.2.units": 2 and "units". Nothing: not a path into a layer.
std::optional<std::pair<std::size_t, std::string_view>> layerIn(std::string_view path)
{
    constexpr std::string_view layers = "network.layers.";
    if (path.substr(0, layers.size()) != layers)
        return std::nullopt;
    path.remove_prefix(layers.size());
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(path.data(), path.data() + path.size(), index);
    if (error != std::errc() || end == path.data() + path.size() || *end != '.')
        return std::nullopt;
    return std::pair(index, path.substr(static_cast<std::size_t>(end - path.data()) + 1));
}

QString layerWords(const Experiment& experiment, std::size_t index, std::string_view key)
{
    const auto& layers = experiment.network.layers;
    if (index >= layers.size())
        return {};
    const QString name = QString::fromStdString(layers[index].name);
    if (key == "units")
        return SweepTexts::tr("units of %1").arg(name);
    if (key == "cell")
        return SweepTexts::tr("cell of %1").arg(name);
    if (key == "activation")
        return SweepTexts::tr("activation of %1").arg(name);
    return {};
}

struct NamedPath
{
    std::string_view path;
    const char* words;
};

constexpr NamedPath namedPaths[] = {
    {"network.init.seed", QT_TRANSLATE_NOOP("Sweep", "seed of the weights")},
    {"network.init.range", QT_TRANSLATE_NOOP("Sweep", "range of the first weights")},
    {"network.init.scheme", QT_TRANSLATE_NOOP("Sweep", "scheme of the first weights")},
    {"training.seed", QT_TRANSLATE_NOOP("Sweep", "seed of the order")},
    {"training.batch_size", QT_TRANSLATE_NOOP("Sweep", "batch size")},
    {"training.updates", QT_TRANSLATE_NOOP("Sweep", "updates")},
    {"task.seed", QT_TRANSLATE_NOOP("Sweep", "seed of the data")},
    {"task.length", QT_TRANSLATE_NOOP("Sweep", "length of a sequence")},
    {"task.sequences", QT_TRANSLATE_NOOP("Sweep", "sequences")},
    {"task.delay", QT_TRANSLATE_NOOP("Sweep", "delay")},
    {"task.period", QT_TRANSLATE_NOOP("Sweep", "period")},
    {"task.noise", QT_TRANSLATE_NOOP("Sweep", "noise")},
    {"task.max_n", QT_TRANSLATE_NOOP("Sweep", "greatest n")},
};

QString spread(const SweepCell& cell)
{
    return SweepTexts::tr("half of the runs: %1 … %2").arg(exactNumber(cell.lower), exactNumber(cell.upper));
}

} // namespace

QString pathWords(const Experiment& experiment, const std::string& path)
{
    constexpr std::string_view training = "training.";
    if (path.rfind(training, 0) == 0)
        if (const SettingSpec* spec = findSetting(std::string_view(path).substr(training.size())))
            return settingLabel(*spec);
    for (const NamedPath& named : namedPaths)
        if (named.path == path)
            return SweepTexts::tr(named.words);
    QString words;
    if (const auto layer = layerIn(path))
        words = layerWords(experiment, layer->first, layer->second);
    return words.isEmpty() ? QString::fromStdString(path) : words;
}

QString valueWords(const std::string& value)
{
    const bool isQuoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
    return QString::fromStdString(isQuoted ? value.substr(1, value.size() - 2) : value);
}

QString measureWords(SweepMeasure measure)
{
    switch (measure) {
    case SweepMeasure::Loss:
        return SweepTexts::tr("loss");
    case SweepMeasure::TestLoss:
        return SweepTexts::tr("test loss");
    case SweepMeasure::Accuracy:
        return SweepTexts::tr("accuracy");
    case SweepMeasure::Updates:
        return SweepTexts::tr("updates");
    }
    return {};
}

QString sweepTitle(const SweepShown& shown)
{
    QString words = measureWords(shown.measure);
    if (shown.plan->repeats() == 1)
        return words.replace(0, 1, words.at(0).toUpper());
    return SweepTexts::tr("Median %1 of %n repeats", nullptr, shown.plan->repeats()).arg(words);
}

QString sweepTip(const SweepShown& shown, std::int64_t combination)
{
    const SweepPlan& plan = *shown.plan;
    const SweepCell& cell = shown.cell(combination);
    const std::vector<std::size_t> places = plan.placesOf(combination);
    QStringList lines;
    for (std::size_t axis = 0; axis < places.size(); ++axis)
        lines << SweepTexts::tr("%1 = %2").arg(pathWords(plan.base(), plan.axes()[axis].path),
                                               valueWords(plan.axes()[axis].values[places[axis]]));
    if (cell.runs() == 0)
        lines << SweepTexts::tr("not run yet");
    if (cell.hasNumber())
        lines << SweepTexts::tr("%1: %2").arg(sweepTitle(shown), exactNumber(*cell.median));
    if (cell.hasNumber() && cell.finished + cell.diverged > 1)
        lines << spread(cell);
    if (cell.runs() > 0 && cell.runs() < plan.repeats())
        lines << counted(sweepContext, "%1 of %n run so far", "%1 of %n runs so far", plan.repeats())
                     .arg(cell.runs());
    if (cell.diverged > 0)
        lines << counted(sweepContext, "%1 of %n run diverged", "%1 of %n runs diverged", cell.runs())
                     .arg(cell.diverged);
    if (cell.refused > 0)
        lines << SweepTexts::tr("these values do not go together");
    if (!cell.message.empty())
        lines << withShownNumbers(QString::fromStdString(cell.message));
    return lines.join(u'\n');
}

} // namespace chronograd
