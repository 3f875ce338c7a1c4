#include "ui/library/sweep_record.h"

#include "core/sweep/sweep_summary.h"
#include "ui/library/run_record.h"
#include "ui/sweep/sweep_shown.h"
#include "ui/sweep/sweep_words.h"

#include <QCoreApplication>

#include <algorithm>

namespace chronograd {

namespace {

constexpr std::int64_t mostColumns = 60; ///< Of a picture as wide as a thumb.
constexpr std::int64_t mostRows = 14;

QString sweepRecordText(const char* text)
{
    return QCoreApplication::translate("RunRecord", text);
}

/// "training.learning_rate": "learning_rate"
QString endOf(const QString& path)
{
    return path.section(u'.', -1);
}

QStringList axesOf(const SweepPlan& plan)
{
    QStringList axes;
    for (const SweepAxis& axis : plan.axes()) {
        QStringList values;
        for (const std::string& value : axis.values)
            values << valueWords(value);
        axes << QString::fromStdString(axis.path) + u'=' + values.join(u',');
    }
    return axes;
}

QString nameOf(const QString& experiment, const QStringList& axes)
{
    QStringList settings;
    for (const QString& axis : axes)
        settings << endOf(axis.section(u'=', 0, 0)).replace(u'_', u' ');
    return sweepRecordText(QT_TRANSLATE_NOOP("RunRecord", "%1: sweep of %2"))
        .arg(experiment, settings.join(QStringLiteral(" × ")));
}

/// The first setting to the right, the others upwards; of a large sweep only every so manieth combination.
QPolygonF pictureOf(const SweepShown& shown)
{
    const auto columns = static_cast<std::int64_t>(shown.plan->axes().front().values.size());
    const std::int64_t rows = shown.plan->combinations() / columns;
    const std::int64_t right = (columns + mostColumns - 1) / mostColumns;
    const std::int64_t up = (rows + mostRows - 1) / mostRows;
    const std::optional<SweepScale> scale = colorScaleOf(shown.cells, shown.measure);
    QPolygonF picture;
    picture.append(QPointF(static_cast<double>((columns + right - 1) / right),
                           static_cast<double>((rows + up - 1) / up)));
    for (std::int64_t row = 0; row < rows; row += up)
        for (std::int64_t column = 0; column < columns; column += right) {
            const SweepCell& cell = shown.cell(column * rows + row);
            picture.append({cell.hasNumber() && scale ? shown.goodness(*scale, *cell.median) : -1.0, 0.0});
        }
    return picture;
}

} // namespace

RunRecord recordOf(const std::shared_ptr<const SweepPlan>& plan, std::span<const SweepResult> results,
                   const QString& folder)
{
    const SweepShown shown(plan, results, usualMeasure(results));
    RunRecord record{entryOf(plan->base(), 0), {}};
    RunEntry& entry = record.entry;
    entry.sweep = SweptRuns{plan->runs(), axesOf(*plan)};
    entry.name = nameOf(entry.name, entry.sweep->axes);
    entry.file = folder;
    entry.tags = {sweepRecordText(QT_TRANSLATE_NOOP("RunRecord", "sweep"))};
    entry.update = static_cast<qint64>(results.size());
    if (shown.best)
        entry.loss = shown.cell(*shown.best).median;
    entry.curve = pictureOf(shown);
    return record;
}

QStringList sweptValues(const SweptRuns& sweep, const QString& setting)
{
    for (const QString& axis : sweep.axes)
        if (endOf(axis.section(u'=', 0, 0)) == setting)
            return axis.section(u'=', 1).split(u',');
    return {};
}

} // namespace chronograd
