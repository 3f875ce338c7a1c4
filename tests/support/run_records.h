#pragma once

#include "ui/library/run_store.h"

namespace chronograd::test {

/// A run as it would be kept; its session is a text that says so.
inline RunRecord record(const QString& name)
{
    RunRecord run;
    run.entry.name = name;
    run.entry.file = QStringLiteral("/somewhere/sunspots.chronograd.json");
    run.entry.cell = QStringLiteral("elman");
    run.entry.units = 6;
    run.entry.k1 = 5;
    run.entry.k2 = 20;
    run.entry.rate = 0.05;
    run.entry.momentum = 0.9;
    run.entry.seed = 7;
    run.entry.update = 1200;
    run.entry.loss = 0.0625;
    for (int i = 1; i <= 100; ++i)
        run.entry.curve.append({i * 12.0, 0.0625 + 1.0 / i});
    run.session = "the session of " + name.toUtf8().repeated(200);
    return run;
}

/// Sunspots (diverged), an echo with a tag, an LSTM on verse over whole sequences.
inline void addThreeRuns(RunStore& store)
{
    RunRecord sunspots = record(QStringLiteral("Sunspots"));
    sunspots.entry.loss.reset();
    store.add(sunspots);
    RunRecord echo = record(QStringLiteral("Echo"));
    echo.entry.file = QStringLiteral("/somewhere/echo.chronograd.json");
    echo.entry.units = 4;
    echo.entry.k2 = 2;
    echo.entry.rate = 0.01;
    echo.entry.seed = 1000;
    echo.entry.update = 900;
    store.setTags(store.add(echo).id, {QStringLiteral("tidy")});
    RunRecord verse = record(QStringLiteral("Verse"));
    verse.entry.file = QStringLiteral("/somewhere/verse.chronograd.json");
    verse.entry.cell = QStringLiteral("lstm");
    verse.entry.units = 16;
    verse.entry.k2 = 0;
    verse.entry.rate = 0.3;
    verse.entry.seed = 99;
    verse.entry.update = 80;
    verse.entry.loss = 0.01;
    store.add(verse);
}

} // namespace chronograd::test
