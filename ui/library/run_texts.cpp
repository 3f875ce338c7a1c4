#include "ui/library/run_texts.h"

#include "ui/library/run_record.h"
#include "ui/library/sweep_record.h"
#include "ui/theme/number_text.h"
#include "ui/theme/reading.h"

#include <QCoreApplication>

#include <limits>

namespace chronograd {

namespace {

QString runText(const char* text)
{
    return QCoreApplication::translate("RunLibrary", text);
}

/// "1–20", where it is swept.
QString sweptText(const RunEntry& run, const char* setting, const QString& otherwise)
{
    const QStringList values =
        run.sweep ? sweptValues(*run.sweep, QString::fromLatin1(setting)) : QStringList();
    if (values.isEmpty())
        return otherwise;
    return values.size() == 1 ? values.front() : values.front() + u'–' + values.back();
}

bool isOfGradient(int column)
{
    return column == LibraryModel::K1 || column == LibraryModel::K2 || column == LibraryModel::Rate ||
           column == LibraryModel::Momentum;
}

/// "cell=lstm"; of a sweep for each of its values.
void addSearch(QStringList& texts, const RunEntry& run, const char* key, const char* setting,
               const QString& otherwise)
{
    QStringList values = run.sweep ? sweptValues(*run.sweep, QString::fromLatin1(setting)) : QStringList();
    if (values.isEmpty())
        values << otherwise;
    for (const QString& value : values)
        texts << QString::fromLatin1(key) + u'=' + value;
}

QString lossText(const RunEntry& run)
{
    return run.loss ? shortNumber(*run.loss) : runText(QT_TRANSLATE_NOOP("RunLibrary", "diverged"));
}

QString progressText(const RunEntry& run)
{
    const QString done = groupingLocale().toString(run.update);
    return run.sweep ? done + u'/' + groupingLocale().toString(run.sweep->planned) : done;
}

QString timeText(const QDateTime& time)
{
    return time.toLocalTime().toString(QStringLiteral("yyyy-MM-dd hh:mm"));
}

/// The whole sequence is longer than any number of steps.
qint64 stepOrder(qint64 steps)
{
    return steps == 0 ? std::numeric_limits<qint64>::max() : steps;
}

QString numberWord(double value)
{
    return QString::number(value, 'g', 6);
}

} // namespace

QString columnText(const RunEntry& run, int column)
{
    if (run.isCurveOnly && isOfGradient(column))
        return QStringLiteral("–");
    switch (column) {
    case LibraryModel::Name:
        return run.name;
    case LibraryModel::Cell:
        return sweptText(run, "cell", run.cell);
    case LibraryModel::Units:
        return sweptText(run, "units", QString::number(run.units));
    case LibraryModel::K1:
        return sweptText(run, "k1", stepCountText(run.k1));
    case LibraryModel::K2:
        return sweptText(run, "k2", stepCountText(run.k2));
    case LibraryModel::Rate:
        return sweptText(run, "learning_rate", exactNumber(run.rate));
    case LibraryModel::Momentum:
        return sweptText(run, "momentum", exactNumber(run.momentum));
    case LibraryModel::Seed:
        return sweptText(run, "seed", QString::number(run.seed));
    case LibraryModel::Updates:
        return progressText(run);
    case LibraryModel::Loss:
        return lossText(run);
    case LibraryModel::Tags:
        return run.tags.join(QStringLiteral(", "));
    case LibraryModel::Kept:
        return timeText(run.kept);
    default:
        return {};
    }
}

QVariant columnOrder(const RunEntry& run, int column)
{
    if (run.isCurveOnly && isOfGradient(column))
        return -1; // before all numbers
    switch (column) {
    case LibraryModel::Units:
        return run.units;
    case LibraryModel::K1:
        return stepOrder(run.k1);
    case LibraryModel::K2:
        return stepOrder(run.k2);
    case LibraryModel::Rate:
        return run.rate;
    case LibraryModel::Momentum:
        return run.momentum;
    case LibraryModel::Seed:
        return run.seed;
    case LibraryModel::Updates:
        return run.update;
    case LibraryModel::Curve:
    case LibraryModel::Loss:
        return run.loss.value_or(std::numeric_limits<double>::infinity());
    case LibraryModel::Kept:
        return run.kept;
    default:
        return columnText(run, column);
    }
}

QString columnTitle(int column)
{
    switch (column) {
    case LibraryModel::Curve:
        return runText(QT_TRANSLATE_NOOP("RunLibrary", "loss curve"));
    case LibraryModel::Name:
        return runText(QT_TRANSLATE_NOOP("RunLibrary", "name"));
    case LibraryModel::Cell:
        return runText(QT_TRANSLATE_NOOP("RunLibrary", "cell"));
    case LibraryModel::Units:
        return runText(QT_TRANSLATE_NOOP("RunLibrary", "units"));
    case LibraryModel::K1:
        return QStringLiteral("k1");
    case LibraryModel::K2:
        return QStringLiteral("k2");
    case LibraryModel::Rate:
        return runText(QT_TRANSLATE_NOOP("RunLibrary", "rate α"));
    case LibraryModel::Momentum:
        return QStringLiteral("γ");
    case LibraryModel::Seed:
        return runText(QT_TRANSLATE_NOOP("RunLibrary", "seed"));
    case LibraryModel::Updates:
        return runText(QT_TRANSLATE_NOOP("RunLibrary", "update"));
    case LibraryModel::Loss:
        return runText(QT_TRANSLATE_NOOP("RunLibrary", "loss"));
    case LibraryModel::Tags:
        return runText(QT_TRANSLATE_NOOP("RunLibrary", "tags"));
    default:
        return runText(QT_TRANSLATE_NOOP("RunLibrary", "kept"));
    }
}

QString columnTip(int column)
{
    switch (column) {
    case LibraryModel::Curve:
        return runText(QT_TRANSLATE_NOOP("RunLibrary",
                                         "Loss by update, each curve on a scale of its own; of a sweep, the "
                                         "stronger the better. Sorted by the last loss"));
    case LibraryModel::Cell:
        return runText(QT_TRANSLATE_NOOP("RunLibrary", "Of the layers before the output"));
    case LibraryModel::Units:
        return runText(QT_TRANSLATE_NOOP("RunLibrary", "Of the layers before the output together"));
    case LibraryModel::K1:
        return runText(QT_TRANSLATE_NOOP("RunLibrary", "Steps per update; n: the whole sequence"));
    case LibraryModel::K2:
        return runText(QT_TRANSLATE_NOOP("RunLibrary", "Steps back; n: the whole sequence"));
    case LibraryModel::Momentum:
        return runText(QT_TRANSLATE_NOOP("RunLibrary", "Momentum"));
    case LibraryModel::Seed:
        return runText(QT_TRANSLATE_NOOP("RunLibrary", "Of the initial weights"));
    case LibraryModel::Updates:
        return runText(
            QT_TRANSLATE_NOOP("RunLibrary", "How far the run came; of a sweep, how many of its runs ended"));
    case LibraryModel::Loss:
        return runText(QT_TRANSLATE_NOOP(
            "RunLibrary", "Of the last update; of a sweep, the best median of its combinations"));
    case LibraryModel::Kept:
        return runText(QT_TRANSLATE_NOOP("RunLibrary", "When it was kept last"));
    default:
        return {};
    }
}

QStringList searchTexts(const RunEntry& run)
{
    QStringList texts{run.name, run.file.section(u'/', -1), run.cell, timeText(run.kept)};
    texts << run.tags;
    addSearch(texts, run, "cell", "cell", run.cell);
    addSearch(texts, run, "units", "units", QString::number(run.units));
    if (!run.isCurveOnly) {
        addSearch(texts, run, "k1", "k1", stepCountText(run.k1));
        addSearch(texts, run, "k2", "k2", stepCountText(run.k2));
        addSearch(texts, run, "rate", "learning_rate", numberWord(run.rate));
        addSearch(texts, run, "momentum", "momentum", numberWord(run.momentum));
    }
    addSearch(texts, run, "seed", "seed", QString::number(run.seed));
    texts << QStringLiteral("update=%1").arg(run.update);
    if (!run.loss)
        texts << lossText(run);
    return texts;
}

QString runTip(const RunEntry& run)
{
    QStringList lines{run.name, settingsWords(run)};
    if (run.sweep)
        lines << run.sweep->axes
              << runText(QT_TRANSLATE_NOOP("RunLibrary", "%1 runs, best %2"))
                     .arg(progressText(run), run.loss ? exactNumber(*run.loss) : lossText(run));
    else
        lines << runText(QT_TRANSLATE_NOOP("RunLibrary", "update %1, loss %2"))
                     .arg(columnText(run, LibraryModel::Updates),
                          run.loss ? exactNumber(*run.loss) : lossText(run));
    if (!run.file.isEmpty())
        lines << run.file;
    return lines.join(u'\n');
}

QStringList tagsOf(const QString& text)
{
    QStringList tags;
    for (const QString& part : text.split(u',')) {
        const QString tag = part.simplified();
        if (!tag.isEmpty() && !tags.contains(tag))
            tags.append(tag);
    }
    return tags;
}

} // namespace chronograd
