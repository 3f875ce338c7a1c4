#include "core/experiment/experiment_io.h"
#include "core/tasks/task.h"
#include "core/training/trace.h"
#include "core/training/trainer.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace chronograd;

namespace {

QString referenceFolder()
{
    return QStringLiteral(CHRONOGRAD_SOURCE_DIR "/tests/reference/");
}

QJsonObject readJson(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

struct Traced
{
    Frame frame;
    QJsonObject trace;
};

Traced traceOf(const std::string& file, std::int64_t update)
{
    Experiment experiment = readExperiment(file);
    const auto data = std::make_shared<const Dataset>(makeDataset(experiment));
    Trainer trainer(experiment, data, {true, false});
    while (trainer.position().update < update && !trainer.isFinished())
        trainer.advance(Granularity::Update);
    Traced traced{trainer.frame({}), {}};
    const std::string text = writeTrace(std::span(&traced.frame, 1), experiment.training);
    traced.trace = QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
    return traced;
}

/// Where and how `ours` differs from what `reference` says; empty when every key of it agrees.
QString difference(const QJsonValue& reference, const QJsonValue& ours, const QString& place)
{
    if (reference.isDouble() && ours.isDouble()) {
        const double wanted = reference.toDouble();
        if (std::abs(ours.toDouble() - wanted) <= 1e-9 * std::max(1.0, std::abs(wanted)))
            return {};
        return place + QStringLiteral(": %1 instead of %2").arg(ours.toDouble()).arg(wanted);
    }
    if (reference.isArray() && ours.isArray()) {
        const QJsonArray wanted = reference.toArray();
        const QJsonArray found = ours.toArray();
        if (wanted.size() != found.size())
            return place + QStringLiteral(": %1 items instead of %2").arg(found.size()).arg(wanted.size());
        for (int i = 0; i < wanted.size(); ++i) {
            const QString wrong = difference(wanted[i], found[i], place + QStringLiteral("/%1").arg(i));
            if (!wrong.isEmpty())
                return wrong;
        }
        return {};
    }
    if (reference.isObject() && ours.isObject()) {
        const QJsonObject wanted = reference.toObject();
        for (auto it = wanted.begin(); it != wanted.end(); ++it) {
            const QString wrong =
                difference(it.value(), ours.toObject().value(it.key()), place + QLatin1Char('/') + it.key());
            if (!wrong.isEmpty())
                return wrong;
        }
        return {};
    }
    return reference == ours ? QString() : place + QStringLiteral(": another value");
}

} // namespace

class TestTrace : public QObject
{
    Q_OBJECT

private slots:
    void tracesAreThoseOfTheReference_data();
    void tracesAreThoseOfTheReference();
    void numbersReadBackAsTheSameDoubles();
    void olderWeightsAreListedWhereTheyDiffer();
    void stateIsWhatTheFirstStepRead();
    void stepWithoutTargetHasNullLoss();
};

void TestTrace::tracesAreThoseOfTheReference_data()
{
    QTest::addColumn<QString>("name");
    const QString ending = QStringLiteral(".trace.json");
    for (QString file : QDir(referenceFolder()).entryList({QLatin1Char('*') + ending})) {
        file.chop(ending.size());
        QTest::newRow(qPrintable(file)) << file;
    }
}

void TestTrace::tracesAreThoseOfTheReference()
{
    QFETCH(QString, name);
    const QJsonObject reference = readJson(referenceFolder() + name + QStringLiteral(".trace.json"));
    QVERIFY(reference.value(QStringLiteral("parameters")).toObject().size() >= 2);
    const std::string file = (referenceFolder() + name + QStringLiteral(".chronograd.json")).toStdString();
    const Traced traced = traceOf(file, reference.value(QStringLiteral("update")).toInt());
    const QString wrong = difference(reference, traced.trace, QString());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestTrace::numbersReadBackAsTheSameDoubles()
{
    const Traced traced =
        traceOf((referenceFolder() + QStringLiteral("elman-clip-sum.chronograd.json")).toStdString(), 5);
    const Frame& frame = traced.frame;
    const QJsonObject parameters = traced.trace.value(QStringLiteral("parameters")).toObject();
    QCOMPARE(static_cast<std::size_t>(parameters.size()), frame.network->parameters().views().size());
    for (const ParameterView& view : frame.network->parameters().views()) {
        const QJsonObject written = parameters.value(QString::fromStdString(view.name)).toObject();
        const auto check = [&](const char* key, const Vector& flat) {
            const QJsonArray rows = written.value(QLatin1String(key)).toArray();
            QCOMPARE(static_cast<int>(rows.size()), view.rows);
            for (int row = 0; row < view.rows; ++row) {
                for (int column = 0; column < view.columns; ++column) {
                    const QJsonValue cell = view.isBias ? rows[row] : QJsonValue(rows[row].toArray()[column]);
                    QVERIFY(cell.isDouble());
                    QVERIFY(cell.toDouble() == flat(static_cast<Eigen::Index>(view.at(row, column))));
                }
            }
        };
        check("before", frame.before);
        check("velocity_before", frame.velocityBefore);
        check("gradient", frame.gradient);
        check("update", frame.change);
        check("after", frame.after);
    }
}

void TestTrace::olderWeightsAreListedWhereTheyDiffer()
{
    const Traced traced = traceOf(
        (referenceFolder() + QStringLiteral("elman-tbptt-3-7-stored.chronograd.json")).toStdString(), 5);
    const QJsonObject weight = traced.trace.value(QStringLiteral("parameters"))
                                   .toObject()
                                   .value(QStringLiteral("hidden.W_h"))
                                   .toObject();
    const QStringList expected = {QStringLiteral("10"), QStringLiteral("11"), QStringLiteral("12"),
                                  QStringLiteral("9")}; // k1 = 3: steps 13 … 15 are of this update
    const QJsonObject at = weight.value(QStringLiteral("at")).toObject();
    QCOMPARE(at.keys(), expected);
    QVERIFY(at.value(QStringLiteral("9")) != at.value(QStringLiteral("10")));
    QVERIFY(at.value(QStringLiteral("12")) != weight.value(QStringLiteral("before")));
}

void TestTrace::stateIsWhatTheFirstStepRead()
{
    const Traced traced = traceOf(
        (referenceFolder() + QStringLiteral("elman-tbptt-3-7-stored.chronograd.json")).toStdString(), 5);
    const QJsonObject state = traced.trace.value(QStringLiteral("state")).toObject();
    QCOMPARE(state.keys(), QStringList{QStringLiteral("hidden")});
    const QJsonArray out =
        state.value(QStringLiteral("hidden")).toObject().value(QStringLiteral("out")).toArray();
    QCOMPARE(out.size(), 5);
    const SlotId slot = traced.frame.network->layers()[0].output;
    for (int i = 0; i < 5; ++i)
        QVERIFY(out[i].toDouble() == traced.frame.value(slot, i, traced.frame.window.from - 1));
    QVERIFY(out[0].toDouble() != 0.0);
}

void TestTrace::stepWithoutTargetHasNullLoss()
{
    const Traced traced = traceOf(
        (referenceFolder() + QStringLiteral("elman-sparse-targets.chronograd.json")).toStdString(), 1);
    int withoutTarget = 0;
    for (const QJsonValue& step : traced.trace.value(QStringLiteral("steps")).toArray()) {
        const QJsonObject object = step.toObject();
        QCOMPARE(object.value(QStringLiteral("loss")).isNull(),
                 object.value(QStringLiteral("target")).isNull());
        withoutTarget += object.value(QStringLiteral("loss")).isNull() ? 1 : 0;
    }
    QVERIFY(withoutTarget > 0);
}

QTEST_APPLESS_MAIN(TestTrace)
#include "test_trace.moc"
