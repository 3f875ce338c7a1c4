#include "ui/controls/experiment_words.h"

#include "core/training/setting.h"
#include "ui/controls/setting_text.h"
#include "ui/theme/number_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

namespace chronograd {

namespace {

constexpr const char* experimentContext = "ExperimentWords";

QString experimentWord(const char* text)
{
    return QCoreApplication::translate(experimentContext, text);
}

QString cellWord(Cell cell)
{
    static constexpr std::array words{"dense", "elman", "jordan", "lstm", "gru"};
    return experimentWord(words[std::size_t(cell)]);
}

QString activationWord(Activation activation)
{
    static constexpr std::array words{"identity", "sigmoid", "tanh", "relu", "softmax"};
    return experimentWord(words[std::size_t(activation)]);
}

QString layerWords(const LayerSpec& layer)
{
    QStringList words{cellWord(layer.cell)};
    if (layer.units)
        words << QString::number(*layer.units);
    if (layer.cell != Cell::Lstm && layer.cell != Cell::Gru)
        words << activationWord(layer.activation.kind);
    if (layer.bidirectional)
        words << experimentWord("both ways");
    if (!layer.trainable)
        words << experimentWord("(frozen)");
    return words.join(u' ');
}

QString taskWord(const TaskSpec& task)
{
    if (std::holds_alternative<InlineTask>(task))
        return experimentWord("given sequences");
    if (const auto* csv = std::get_if<CsvTask>(&task))
        return QString::fromStdString(csv->path).section(u'/', -1);
    if (std::holds_alternative<TextTask>(task))
        return experimentWord("text");
    static constexpr std::array words{"echo",  "sine", "temporal xor", "parity", "adding",
                                      "reber", "anbn", "latch",        "sum"};
    return experimentWord(words[std::size_t(std::get<GeneratorTask>(task).kind)]);
}

std::int64_t steps(const std::vector<Sequence>& sequences)
{
    std::int64_t sum = 0;
    for (const Sequence& sequence : sequences)
        sum += sequence.length();
    return sum;
}

QString lengthWords(const std::vector<Sequence>& sequences)
{
    const auto [shortest, longest] =
        std::minmax_element(sequences.begin(), sequences.end(),
                            [](const Sequence& a, const Sequence& b) { return a.length() < b.length(); });
    if (shortest->length() == longest->length())
        return counted(experimentContext, "%n step", "%n steps", longest->length());
    return experimentWord("%1 to %2 steps").arg(shortest->length()).arg(longest->length());
}

} // namespace

QString networkWords(const NetworkSpec& network)
{
    QStringList words;
    if (network.inputs)
        words << counted(experimentContext, "%n input", "%n inputs", *network.inputs);
    for (const LayerSpec& layer : network.layers)
        words << layerWords(layer);
    return words.join(QStringLiteral(" → "));
}

QString dataWords(const TaskSpec& task, const Dataset& data)
{
    QString words = taskWord(task);
    if (!data.training.empty())
        words += experimentWord(": %1 of %2")
                     .arg(counted(experimentContext, "%n sequence", "%n sequences",
                                  std::int64_t(data.training.size())),
                          lengthWords(data.training));
    if (!data.test.empty())
        words += counted(experimentContext, ", %n test step", ", %n test steps", steps(data.test));
    return words;
}

QString trainingWords(const Hyperparameters& settings)
{
    const auto value = [&settings](Setting setting) {
        return withShownNumbers(
            QString::fromStdString(settingText({setting, settingValue(settings, setting)})));
    };
    return experimentWord("k1 = %1, k2 = %2, rate %3, %4")
        .arg(value(Setting::K1), value(Setting::K2), value(Setting::LearningRate),
             choiceLabel(value(Setting::Loss).toStdString()));
}

} // namespace chronograd
