#include "core/training/trace.h"
#include "tests/support/experiments.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <cmath>
#include <fstream>

using namespace chronograd;
using nlohmann::json;

/// Traces made by an independent implementation of the file format's "Training: exact meaning".
class TestReferenceTraces : public QObject
{
    Q_OBJECT

private slots:
    void engineGivesTheNumbersOfTheReference_data();
    void engineGivesTheNumbersOfTheReference();
    void aDifferentNumberIsFound();
};

namespace {

/// Where `actual` lacks or contradicts something of `expected`; empty: nowhere. Numbers agree to 1e-9.
std::string difference(const json& expected, const json& actual, const std::string& where)
{
    if (expected.is_number() && actual.is_number()) {
        const double e = expected.get<double>();
        const double a = actual.get<double>();
        const bool agrees = std::abs(e - a) <= 1e-9 * std::max(1.0, std::abs(e));
        return agrees ? std::string() : where + ": expected " + expected.dump() + ", is " + actual.dump();
    }
    if (expected.is_object() && actual.is_object()) {
        for (const auto& [key, value] : expected.items()) {
            if (!actual.contains(key)) {
                return where + "/" + key + " is missing";
            }
            if (std::string found = difference(value, actual[key], where + "/" + key); !found.empty()) {
                return found;
            }
        }
        return {};
    }
    if (expected.is_array() && actual.is_array() && expected.size() == actual.size()) {
        for (std::size_t i = 0; i < expected.size(); ++i) {
            if (std::string found = difference(expected[i], actual[i], where + "/" + std::to_string(i));
                !found.empty()) {
                return found;
            }
        }
        return {};
    }
    return expected == actual ? std::string()
                              : where + ": expected " + expected.dump() + ", is " + actual.dump();
}

json readJson(const std::filesystem::path& file)
{
    std::ifstream stream(file);
    return json::parse(stream);
}

} // namespace

void TestReferenceTraces::engineGivesTheNumbersOfTheReference_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name :
         {"elman-carry-two-sequences", "elman-chunk-4", "elman-chunk-carry", "elman-clip-sum", "elman-full",
          "elman-full-window-3-7", "elman-k1-7-k2-3", "elman-many-to-one-softmax", "elman-nesterov",
          "elman-pseudocode-4", "elman-rmsprop", "elman-adam-frozen", "elman-schedule",
          "elman-sparse-targets", "elman-tbptt-3-7-stored", "elman-tbptt-3-7-window-errors", "mlp-logistic",
          "worked-example"})
    {
        QTest::newRow(name) << QString::fromLatin1(name);
    }
}

void TestReferenceTraces::engineGivesTheNumbersOfTheReference()
{
    QFETCH(QString, name);
    const json expected = readJson(test::referenceFolder() / (name.toStdString() + ".trace.json"));
    const test::Prepared prepared = test::prepareReference(name.toStdString());
    Trainer trainer = prepared.trainer();
    while (trainer.position().update < expected["update"].get<std::int64_t>()) {
        QVERIFY2(!trainer.isFinished(), trainer.message().c_str());
        trainer.advance(Granularity::Update);
    }
    const json actual = json::parse(writeTrace(test::wholeFrame(trainer), prepared.experiment.training));
    const std::string found = difference(expected, actual, "");
    QVERIFY2(found.empty(), found.c_str());
}

void TestReferenceTraces::aDifferentNumberIsFound()
{
    const json expected = readJson(test::referenceFolder() / "elman-full.trace.json");
    json other = expected;
    json& weight = other["parameters"]["hidden.W_h"]["after"][1][2];
    weight = weight.get<double>() + 2e-9;
    QCOMPARE(difference(expected, expected, ""), std::string());
    QVERIFY(difference(expected, other, "").find("/parameters/hidden.W_h/after/1/2") == 0);
}

QTEST_APPLESS_MAIN(TestReferenceTraces)
#include "test_reference_traces.moc"
