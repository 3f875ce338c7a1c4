#include "ui/plots/prediction_csv.h"

#include "ui/plots/plot_numbers.h"
#include "ui/plots/prediction_plot.h"

#include <QTextStream>

namespace chronograd {

namespace {

QString quotedName(QString name)
{
    return u'"' + name.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

} // namespace

void writePredictionCsv(QTextStream& out, const Prediction& prediction, const QString& timeName,
                        const QStringList& names)
{
    const auto outputs = static_cast<Eigen::Index>(names.size());
    const bool runsFree = prediction.freeRunning.size() > 0;
    out << quotedName(timeName) << ",part";
    for (const QString& name : names)
        out << ',' << quotedName(PredictionPlot::tr("%1 target").arg(name)) << ','
            << quotedName(PredictionPlot::tr("%1 prediction").arg(name));
    for (const QString& name : runsFree ? names : QStringList())
        out << ',' << quotedName(PredictionPlot::tr("%1 fed with its own outputs").arg(name));
    out << '\n';
    for (std::size_t i = 0; i < prediction.x.size(); ++i) {
        const auto column = static_cast<Eigen::Index>(i);
        out << shortest(prediction.x[i]) << ',' << (i < prediction.firstTest ? "training" : "test");
        for (Eigen::Index output = 0; output < outputs; ++output)
            out << ',' << (prediction.hasTarget[i] ? shortest(prediction.targets(output, column)) : QString())
                << ',' << shortest(prediction.outputs(output, column));
        for (Eigen::Index output = 0; runsFree && output < outputs; ++output)
            out << ','
                << (i >= prediction.firstFree ? shortest(prediction.freeRunning(output, column)) : QString());
        out << '\n';
    }
}

} // namespace chronograd
