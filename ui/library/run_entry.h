#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QPolygonF>
#include <QString>
#include <QStringList>

#include <optional>

namespace chronograd {

/// What makes an entry of the library one for a whole sweep.
struct SweptRuns
{
    qint64 planned = 0; ///< Runs of the plan.
    QStringList axes;   ///< "training.k1=1,2,5"

    bool operator==(const SweptRuns&) const = default;
};

/// A run as the library lists it: everything but its session. Or a sweep: its settings are those of the
/// experiment that is swept, `file` is its folder, `update` its runs that ended, `loss` the best median.
struct RunEntry
{
    qint64 id = 0;
    qint64 revision = 0; ///< Grows each time the run is kept.
    QString name;        ///< That of the experiment, until the user gives another.
    QString file;        ///< Where the experiment was read from; empty when it was not.
    QString cell;        ///< Of the layers before the output: "lstm", "elman + gru".
    int units = 0;       ///< Of those layers together.
    qint64 k1 = 0;       ///< As in force when it was kept; 0: the whole sequence.
    qint64 k2 = 0;
    double rate = 0.0;
    double momentum = 0.0;
    quint64 seed = 0;           ///< Of the initial weights.
    qint64 update = 0;          ///< How far it came.
    std::optional<double> loss; ///< Of that update; absent: not finite, the run diverged.
    QStringList tags;
    QDateTime kept; ///< UTC
    /// For the picture in the list. (update, loss), thinned out to a few points; of a sweep: (columns, rows),
    /// then of each combination (goodness from 0 to 1 or −1, 0), row by row.
    QPolygonF curve;
    std::optional<SweptRuns> sweep; ///< Absent: it is one run.
    /// It went without a gradient, as evolution does: there is no session to go on with, k1, k2, rate and
    /// momentum mean nothing.
    bool isCurveOnly = false;
};

/// What is kept of a run at once.
struct RunRecord
{
    RunEntry entry; ///< Id, revision and time are the library's own; tags are taken when it is new.
    QByteArray
        session; ///< The text that saving into a file writes, compressed. Empty: a sweep, or a curve only.
};

} // namespace chronograd
