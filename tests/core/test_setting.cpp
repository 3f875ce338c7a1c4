#include "core/training/setting.h"

#include <QTest>

#include <limits>

using namespace chronograd;

/// The table that files, panels and the command line read.
class TestSetting : public QObject
{
    Q_OBJECT

private slots:
    void rowsStandInTheOrderOfTheEnum();
    void choicesAreThoseOfTheEnum_data();
    void choicesAreThoseOfTheEnum();
    void defaultsAreLegal();
    void whatIsSetIsRead();
    void legality_data();
    void legality();
    void onlyStateAndChunkWaitForTheEpoch();
};

Q_DECLARE_METATYPE(chronograd::SettingChange)

namespace {

/// A legal value that is not the default.
SettingValue otherValue(Setting setting)
{
    switch (settingSpec(setting).kind) {
    case SettingKind::Steps:
    case SettingKind::StepsOrNone:
        return StepCount(77);
    case SettingKind::Number:
    case SettingKind::NumberOrNone:
        return 0.625;
    case SettingKind::Choice:
        break;
    }
    return static_cast<int>(settingSpec(setting).choices.size()) - 1;
}

} // namespace

void TestSetting::rowsStandInTheOrderOfTheEnum()
{
    QCOMPARE(settingTable().size(), static_cast<std::size_t>(Setting::Chunk) + 1);
    for (std::size_t i = 0; i < settingTable().size(); ++i) {
        const SettingSpec& row = settingTable()[i];
        QCOMPARE(static_cast<std::size_t>(row.setting), i);
        QCOMPARE(&settingSpec(row.setting), &row);
        QCOMPARE(findSetting(row.key), &row);
        QVERIFY(!row.label.empty());
        QVERIFY(row.help.size() > 10 && row.help.back() == '.');
    }
    QVERIFY(findSetting("k3") == nullptr);
    QVERIFY(findSetting("") == nullptr);
}

void TestSetting::choicesAreThoseOfTheEnum_data()
{
    QTest::addColumn<int>("setting");
    QTest::addColumn<int>("last");
    QTest::addColumn<QByteArray>("lastName");
    const auto row = [](const char* name, Setting setting, auto last, const char* lastName) {
        QTest::newRow(name) << static_cast<int>(setting) << static_cast<int>(last) << QByteArray(lastName);
    };
    row("loss", Setting::Loss, Loss::Logistic, "logistic");
    row("reduction", Setting::Reduction, Reduction::Sum, "sum");
    row("injection", Setting::Injection, Injection::Last, "last");
    row("history", Setting::History, History::Recomputed, "recomputed");
    row("window", Setting::Window, WindowRule::Full, "full");
    row("optimizer", Setting::Optimizer, Optimizer::Adam, "adam");
    row("state", Setting::State, StateRule::Carry, "carry");
}

void TestSetting::choicesAreThoseOfTheEnum()
{
    QFETCH(int, setting);
    QFETCH(int, last);
    QFETCH(QByteArray, lastName);
    const SettingSpec& spec = settingSpec(static_cast<Setting>(setting));
    QVERIFY(spec.kind == SettingKind::Choice);
    QCOMPARE(static_cast<int>(spec.choices.size()), last + 1);
    QCOMPARE(settingText({spec.setting, last}), lastName.toStdString());
}

void TestSetting::defaultsAreLegal()
{
    const Hyperparameters defaults;
    for (const SettingSpec& spec : settingTable())
        QCOMPARE(settingError({spec.setting, settingValue(defaults, spec.setting)}), std::string());
}

void TestSetting::whatIsSetIsRead()
{
    for (const SettingSpec& spec : settingTable()) {
        Hyperparameters settings;
        const SettingValue value = otherValue(spec.setting);
        QVERIFY(value != settingValue(settings, spec.setting));
        apply(settings, {spec.setting, value});
        QVERIFY(settingValue(settings, spec.setting) == value);
        for (const SettingSpec& other : settingTable())
            if (other.setting != spec.setting)
                QVERIFY(settingValue(settings, other.setting) ==
                        settingValue(Hyperparameters(), other.setting));
        apply(settings, {spec.setting, settingValue(Hyperparameters(), spec.setting)});
        QVERIFY(settings == Hyperparameters());
    }
}

void TestSetting::legality_data()
{
    QTest::addColumn<SettingChange>("change");
    QTest::addColumn<QByteArray>("error");
    const auto row = [](const char* name, Setting setting, SettingValue value, const char* error) {
        QTest::newRow(name) << SettingChange{setting, value} << QByteArray(error);
    };
    row("k1 = 1", Setting::K1, StepCount(1), "");
    row("k1 = n", Setting::K1, StepCount::wholeSequence(), "");
    row("k1 = 10^9", Setting::K1, StepCount(1'000'000'000), "");
    row("k1 beyond 10^9", Setting::K1, StepCount(1'000'000'001),
        "must be a whole number from 1 to 1000000000 or \"n\", is 1000000001");
    row("k1 negative", Setting::K1, StepCount(-1),
        "must be a whole number from 1 to 1000000000 or \"n\", is -1");
    row("k1 as a plain number", Setting::K1, 3.0,
        "must be a whole number from 1 to 1000000000 or \"n\", is 3");
    row("learning rate tiny", Setting::LearningRate, std::numeric_limits<double>::denorm_min(), "");
    row("learning rate 0", Setting::LearningRate, 0.0, "must be greater than 0, is 0");
    row("learning rate negative", Setting::LearningRate, -1.0, "must be greater than 0, is -1");
    row("learning rate infinite", Setting::LearningRate, std::numeric_limits<double>::infinity(),
        "must be greater than 0, is inf");
    row("learning rate not a number", Setting::LearningRate, std::numeric_limits<double>::quiet_NaN(),
        "must be greater than 0, is nan");
    row("momentum 0", Setting::Momentum, 0.0, "");
    row("momentum 1", Setting::Momentum, 1.0, "must be at least 0 and below 1, is 1");
    row("momentum null", Setting::Momentum, NoValue{}, "must be at least 0 and below 1, is none");
    row("clip norm null", Setting::ClipNorm, NoValue{}, "");
    row("clip norm 0", Setting::ClipNorm, 0.0, "must be greater than 0 or null, is 0");
    row("chunk null", Setting::Chunk, NoValue{}, "");
    row("chunk n", Setting::Chunk, StepCount::wholeSequence(),
        "must be a whole number from 1 to 1000000000 or null, is n");
    row("optimizer beyond the list", Setting::Optimizer, 4,
        "must be one of \"sgd\", \"nesterov\", \"rmsprop\" or \"adam\", is 4");
    row("state below the list", Setting::State, -1, "must be \"reset\" or \"carry\", is -1");
}

void TestSetting::legality()
{
    QFETCH(SettingChange, change);
    QFETCH(QByteArray, error);
    QCOMPARE(settingError(change), error.toStdString());
}

void TestSetting::onlyStateAndChunkWaitForTheEpoch()
{
    for (const SettingSpec& spec : settingTable())
        QCOMPARE(spec.nextEpoch, spec.setting == Setting::State || spec.setting == Setting::Chunk);
}

QTEST_APPLESS_MAIN(TestSetting)
#include "test_setting.moc"
