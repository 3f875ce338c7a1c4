#pragma once

#include "core/training/prediction.h"

#include <QStringList>

class QTextStream;

namespace chronograd {

/// A row for each point: time, part, and of every output (of which `names` has one each) the target and the
/// prediction; then, where there is such a thing, what it says when fed with its own outputs.
void writePredictionCsv(QTextStream& out, const Prediction& prediction, const QString& timeName,
                        const QStringList& names);

} // namespace chronograd
