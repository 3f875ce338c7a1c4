#include "ui/library/run_record.h"

#include "core/experiment/experiment_io.h"
#include "core/experiment/format_names.h"
#include "ui/theme/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cassert>
#include <span>

namespace chronograd {

namespace {

constexpr std::size_t mostPoints = 160; ///< Of a curve that is drawn as wide as a thumb.

/// Of losses with `last` and `mean`.
template<typename Loss>
QPolygonF thinnedOut(std::span<const Loss> losses)
{
    const std::size_t width = (losses.size() + mostPoints - 1) / mostPoints;
    QPolygonF curve;
    for (std::size_t begin = 0; begin < losses.size(); begin += width) {
        const auto group = losses.subspan(begin, std::min(width, losses.size() - begin));
        double sum = 0.0;
        for (const Loss& loss : group)
            sum += loss.mean;
        curve.append({static_cast<double>(group.back().last), sum / static_cast<double>(group.size())});
    }
    return curve;
}

Hyperparameters settingsAt(const TrainingSpec& training, std::int64_t update)
{
    Hyperparameters settings = training.start;
    for (const ScheduleEntry& entry : training.schedule)
        if (entry.update <= update + 1)
            for (const SettingChange& change : entry.set)
                apply(settings, change);
    return settings;
}

/// The layers that remember: all before the output, or the only one.
void describeLayers(RunEntry& entry, std::span<const LayerSpec> layers)
{
    QStringList cells;
    for (const LayerSpec& layer : layers.first(std::max<std::size_t>(1, layers.size() - 1))) {
        const auto name = format::cells[static_cast<std::size_t>(layer.cell)];
        const QString cell = QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
        if (!cells.contains(cell))
            cells.append(cell);
        entry.units += layer.units.value_or(0) * (layer.bidirectional ? 2 : 1);
    }
    entry.cell = cells.join(QStringLiteral(" + "));
}

QString nameOf(const Experiment& experiment)
{
    if (!experiment.name.empty())
        return QString::fromStdString(experiment.name);
    return QString::fromStdU16String(experiment.file.filename().u16string()).section(u'.', 0, 0);
}

QString runRecordText(const char* text)
{
    return QCoreApplication::translate("RunRecord", text);
}

} // namespace

RunEntry entryOf(const Experiment& experiment, std::int64_t update)
{
    const Hyperparameters settings = settingsAt(experiment.training, update);
    RunEntry entry;
    entry.name = nameOf(experiment);
    if (!experiment.file.empty())
        entry.file = QString::fromStdU16String(std::filesystem::absolute(experiment.file).u16string());
    describeLayers(entry, experiment.network.layers);
    entry.k1 = settings.k1.number();
    entry.k2 = settings.k2.number();
    entry.rate = settings.learningRate;
    entry.momentum = settings.momentum;
    entry.seed = experiment.network.init.seed;
    entry.update = update;
    return entry;
}

RunRecord recordOf(const SavedRun& run)
{
    const Experiment& experiment = run.experiment;
    const SavedSession& session = *experiment.session;
    RunRecord record{entryOf(experiment, session.moment.update), {}};
    RunEntry& entry = record.entry;
    if (run.state != RunState::Diverged)
        entry.loss = run.loss;
    entry.curve = thinnedOut(std::span<const SavedLoss>(session.losses));
    record.session = qCompress(QByteArray::fromStdString(writeExperiment(experiment)), 1);
    return record;
}

RunRecord recordOf(const Experiment& experiment, std::span<const Bucket> losses)
{
    assert(!losses.empty());
    RunRecord record{entryOf(experiment, losses.back().last), {}};
    record.entry.isCurveOnly = true;
    record.entry.loss = losses.back().mean;
    record.entry.curve = thinnedOut(losses);
    return record;
}

Experiment experimentOf(const RunEntry& entry, const QByteArray& session)
{
    const QByteArray text = qUncompress(session);
    Experiment experiment = parseExperiment({text.constData(), static_cast<std::size_t>(text.size())},
                                            std::filesystem::path(entry.file.toStdU16String()));
    experiment.name = entry.name.toStdString();
    return experiment;
}

QString settingsWords(const RunEntry& entry)
{
    if (entry.isCurveOnly)
        return runRecordText(QT_TRANSLATE_NOOP("RunRecord", "%1 %2, evolution strategy, seed %3"))
            .arg(entry.cell, QString::number(entry.units), QString::number(entry.seed));
    return runRecordText(QT_TRANSLATE_NOOP("RunRecord", "%1 %2, k1 = %3, k2 = %4, α = %5, γ = %6, seed %7"))
        .arg(entry.cell, QString::number(entry.units), stepCountText(entry.k1), stepCountText(entry.k2),
             exactNumber(entry.rate), exactNumber(entry.momentum), QString::number(entry.seed));
}

QString stepCountText(qint64 steps)
{
    return steps == 0 ? QStringLiteral("n") : QString::number(steps);
}

} // namespace chronograd
