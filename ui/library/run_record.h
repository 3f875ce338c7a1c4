#pragma once

#include "core/session/bounded_series.h"
#include "core/session/session.h"
#include "ui/library/run_entry.h"

#include <span>

namespace chronograd {

/// What the list tells of an experiment: its name, file and network, its settings in force after this update.
RunEntry entryOf(const Experiment& experiment, std::int64_t update);

/// What the library keeps of a run. Precondition: it has a session.
RunRecord recordOf(const SavedRun& run);

/// Of a run that went without a gradient: its curve only. Precondition: not empty.
RunRecord recordOf(const Experiment& experiment, std::span<const Bucket> losses);

/// The experiment with the session that a record keeps, under the name of the list.
/// \throws InputError for a text that is none (of a program that knew more, say)
Experiment experimentOf(const RunEntry& entry, const QByteArray& session);

/// "elman 6, k1 = 5, k2 = n, α = 0.05, γ = 0.9, seed 7"
QString settingsWords(const RunEntry& entry);
/// "n" for the whole sequence.
QString stepCountText(qint64 steps);

} // namespace chronograd
