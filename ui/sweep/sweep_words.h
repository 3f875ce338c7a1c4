#pragma once

#include "ui/sweep/sweep_shown.h"

#include <QCoreApplication>
#include <QString>

#include <string>

namespace chronograd {

/// Translates what the words and the pictures of a sweep say.
struct SweepTexts
{
    Q_DECLARE_TR_FUNCTIONS(Sweep)
};

/// "learning rate α", "units of hidden": a path as people say it; paths without a name stay as they are.
QString pathWords(const Experiment& experiment, const std::string& path);
/// A value as it is shown: without the quotes of a JSON string.
QString valueWords(const std::string& value);
QString measureWords(SweepMeasure measure); ///< "test loss"

/// "Median test loss of 3 repeats"
QString sweepTitle(const SweepShown& shown);
/// Everything known of a combination, a line each: values, median, spread, what diverged and why.
QString sweepTip(const SweepShown& shown, std::int64_t combination);

} // namespace chronograd
