#include "core/experiment/experiment.h"
#include "ui/controls/choice_limits.h"
#include "ui/controls/setting_text.h"
#include "ui/controls/slider_scale.h"
#include "ui/controls/truncation_preset.h"
#include "ui/main_window/speed_scale.h"

#include <QTest>

#include <cmath>
#include <set>

using namespace chronograd;

class TestControlsScales : public QObject
{
    Q_OBJECT

private slots:
    void stepsOfASliderGoAndComeBack_data()
    {
        QTest::addColumn<qint64>("longest");
        for (const qint64 longest : {1, 2, 7, 40, 120, 121, 246, 5000, 1'000'000})
            QTest::addRow("%lld steps", longest) << longest;
    }
    void stepsOfASliderGoAndComeBack()
    {
        QFETCH(qint64, longest);
        const StepScale scale(longest);
        std::set<std::int64_t> seen;
        for (int position = 0; position <= scale.positions(); ++position) {
            const StepCount steps = scale.at(position);
            QCOMPARE(scale.positionOf(steps), position);
            seen.insert(steps.number());
        }
        QCOMPARE(std::int64_t(seen.size()), scale.positions() + std::int64_t{1}); // no number twice
        QVERIFY(scale.at(scale.positions()).isWholeSequence());
        QCOMPARE(scale.at(scale.positions() - 1), StepCount(longest));
        for (std::int64_t small = 1; small <= std::min<std::int64_t>(longest, 5); ++small)
            QVERIFY(seen.contains(small));
    }

    void aNumberBeyondTheSliderStandsAtItsEnd()
    {
        const StepScale scale(40);
        QCOMPARE(scale.at(scale.positionOf(StepCount(5000))), StepCount(40));
    }

    void ratesAreRoundAndComeBack()
    {
        for (int position = 0; position <= RateScale::positions; position += 7) {
            const double rate = RateScale::at(position);
            QVERIFY(std::abs(RateScale::positionOf(rate) - position) <= 2);
            const double digits = rate / std::pow(10.0, std::floor(std::log10(rate) + 1e-9) - 1);
            QVERIFY2(std::abs(digits - std::round(digits)) < 1e-6, qPrintable(QString::number(rate)));
        }
        QCOMPARE(RateScale::at(RateScale::positionOf(0.05)), 0.05);
        QCOMPARE(RateScale::at(RateScale::positionOf(0.01)), 0.01);
        QCOMPARE(RateScale::positionOf(0.0), 0);
        QCOMPARE(RateScale::positionOf(1e9), RateScale::positions);
    }

    void momentumStaysBelowOne()
    {
        QCOMPARE(MomentumScale::at(0), 0.0);
        QVERIFY(MomentumScale::at(MomentumScale::positions) < 1.0);
        QCOMPARE(MomentumScale::at(MomentumScale::positionOf(0.9)), 0.9);
    }

    void speedGoesFromOneAStepToUnlimited()
    {
        QCOMPARE(stepsPerSecondAt(0), 1.0);
        QCOMPARE(stepsPerSecondAt(speedPositions - 1), 1000.0);
        QCOMPARE(stepsPerSecondAt(speedPositions), 0.0);
        QCOMPARE(speedText(0.0), QStringLiteral("unlimited"));
        for (int position = 0; position < speedPositions - 1; ++position)
            QVERIFY(stepsPerSecondAt(position) <= stepsPerSecondAt(position + 1));
        QCOMPARE(speedPositionOf(0.0), speedPositions);
        QCOMPARE(stepsPerSecondAt(speedPositionOf(20)), 20.0);
    }

    void typedTextBecomesAValue_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("shown"); // empty: refused
        QTest::newRow("a count") << QByteArray("k1") << QStringLiteral(" 7 ") << QStringLiteral("7");
        QTest::newRow("n") << QByteArray("k2") << QStringLiteral("n") << QStringLiteral("n");
        QTest::newRow("no step") << QByteArray("k1") << QStringLiteral("0") << QString();
        QTest::newRow("negative") << QByteArray("k1") << QStringLiteral("-3") << QString();
        QTest::newRow("half a step") << QByteArray("k1") << QStringLiteral("1.5") << QString();
        QTest::newRow("too many steps") << QByteArray("k1") << QStringLiteral("1000000001") << QString();
        QTest::newRow("a word") << QByteArray("k1") << QStringLiteral("five") << QString();
        QTest::newRow("nothing") << QByteArray("k1") << QString() << QString();
        QTest::newRow("a rate") << QByteArray("learning_rate") << QStringLiteral("0.05")
                                << QStringLiteral("0.05");
        QTest::newRow("with a comma")
            << QByteArray("learning_rate") << QStringLiteral("0,05") << QStringLiteral("0.05");
        QTest::newRow("no rate") << QByteArray("learning_rate") << QStringLiteral("0") << QString();
        QTest::newRow("not a number") << QByteArray("learning_rate") << QStringLiteral("nan") << QString();
        QTest::newRow("endless rate") << QByteArray("learning_rate") << QStringLiteral("inf") << QString();
        QTest::newRow("momentum 1") << QByteArray("momentum") << QStringLiteral("1") << QString();
        QTest::newRow("momentum 0") << QByteArray("momentum") << QStringLiteral("0") << QStringLiteral("0");
        QTest::newRow("no clipping") << QByteArray("clip_norm") << QStringLiteral("none")
                                     << QStringLiteral("none");
        QTest::newRow("clipping") << QByteArray("clip_norm") << QStringLiteral("2.5")
                                  << QStringLiteral("2.5");
        QTest::newRow("clipping to nothing") << QByteArray("clip_norm") << QStringLiteral("0") << QString();
        QTest::newRow("no chunks") << QByteArray("chunk") << QString() << QStringLiteral("none");
        QTest::newRow("chunks") << QByteArray("chunk") << QStringLiteral("12") << QStringLiteral("12");
        QTest::newRow("chunks of nothing") << QByteArray("chunk") << QStringLiteral("0") << QString();
    }
    void typedTextBecomesAValue()
    {
        QFETCH(QByteArray, key);
        QFETCH(QString, typed);
        QFETCH(QString, shown);
        const SettingSpec* spec = findSetting(key.toStdString());
        QVERIFY(spec != nullptr);
        QString error;
        const auto value = settingFromText(*spec, typed, &error);
        QCOMPARE(value.has_value(), !shown.isEmpty());
        if (value)
            QCOMPARE(QString::fromStdString(settingText({spec->setting, *value})), shown);
        else
            QVERIFY2(error.startsWith(QStringLiteral("must be")), qPrintable(error));
    }

    void presetsMakeWhatTheyAreCalled_data()
    {
        QTest::addColumn<StepCount>("k1");
        QTest::addColumn<StepCount>("k2");
        QTest::newRow("(5, 20)") << StepCount(5) << StepCount(20);
        QTest::newRow("(n, n)") << StepCount::wholeSequence() << StepCount::wholeSequence();
        QTest::newRow("(1, 1)") << StepCount(1) << StepCount(1);
        QTest::newRow("(9, 2)") << StepCount(9) << StepCount(2);
        QTest::newRow("(1, n)") << StepCount(1) << StepCount::wholeSequence();
    }
    void presetsMakeWhatTheyAreCalled()
    {
        Hyperparameters settings;
        QFETCH(StepCount, k1);
        QFETCH(StepCount, k2);
        settings.k1 = k1;
        settings.k2 = k2;
        for (int index = 0; index < truncationPresets; ++index) {
            const auto preset = static_cast<TruncationPreset>(index);
            Hyperparameters changed = settings;
            for (const SettingChange& change : presetChanges(preset, settings)) {
                QCOMPARE(settingError(change), std::string());
                apply(changed, change);
            }
            if (preset <= TruncationPreset::Truncated)
                QCOMPARE(presetOf(changed), preset);
            if (preset == TruncationPreset::Truncated)
                QVERIFY(changed.k1.number() < changed.k2.number());
            if (preset == TruncationPreset::OneStepBack)
                QCOMPARE(changed.k2, StepCount(1));
            if (preset == TruncationPreset::WilliamsPeng)
                QCOMPARE(changed.k2.number(), 2 * changed.k1.number());
            if (preset == TruncationPreset::Pseudocode) {
                QCOMPARE(changed.history, History::Recomputed);
                QCOMPARE(changed.injection, Injection::Last);
                QCOMPARE(changed.window, WindowRule::Full);
            }
            QCOMPARE(changed.chunk.has_value(), preset == TruncationPreset::NaiveChunks);
        }
    }

    void leavingChunksBehindTakesThemAway()
    {
        Hyperparameters settings;
        settings.chunk = 7;
        for (const SettingChange& change : presetChanges(TruncationPreset::Full, settings))
            apply(settings, change);
        QVERIFY(!settings.chunk);
    }

    void choicesThatCannotTrainAreRefused()
    {
        Experiment experiment;
        experiment.network.layers.emplace_back().name = "output";
        const auto loss = [&experiment](Loss which) {
            return choiceObstacle(experiment, Setting::Loss, int(which));
        };
        QVERIFY(loss(Loss::HalfSquaredError).isEmpty());
        QVERIFY(!loss(Loss::CrossEntropy).isEmpty());
        QVERIFY(!loss(Loss::BinaryCrossEntropy).isEmpty());
        experiment.network.layers.back().activation.kind = Activation::Sigmoid;
        QVERIFY(loss(Loss::BinaryCrossEntropy).isEmpty());
        experiment.network.layers.back().activation.kind = Activation::Softmax;
        QVERIFY(loss(Loss::CrossEntropy).isEmpty());
        const auto carry = [&experiment] {
            return choiceObstacle(experiment, Setting::State, int(StateRule::Carry));
        };
        QVERIFY(carry().isEmpty());
        experiment.training.shuffle = true;
        QVERIFY(!carry().isEmpty());
        experiment.training.shuffle = false;
        experiment.training.batchSize.reset();
        QVERIFY(!carry().isEmpty());
    }
};

QTEST_MAIN(TestControlsScales)
#include "test_controls_scales.moc"
