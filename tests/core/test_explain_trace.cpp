#include "core/explain/explain.h"
#include "core/training/trace.h"
#include "tests/support/experiments.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>

using namespace chronograd;

namespace {

/// A number of a trace by its name.
struct Traced
{
    std::string of;
    double value;
};

std::string bracketed(int index)
{
    return "[" + std::to_string(index + 1) + "]";
}

/// All numbers of one trace of one sequence, each with the name that the format gives it.
class TracedNumbers
{
public:
    explicit TracedNumbers(const QJsonObject& trace)
        : m_trace(trace)
    {
        add("loss", trace[QStringLiteral("loss")]);
        add("gradient_norm", trace[QStringLiteral("gradient_norm")]);
        for (const QJsonValue& step : trace[QStringLiteral("steps")].toArray())
            addStep(step.toObject());
        addState();
        const QJsonObject parameters = trace[QStringLiteral("parameters")].toObject();
        for (auto it = parameters.begin(); it != parameters.end(); ++it)
            addParameter(it.key().toStdString(), it.value().toObject());
    }

    const std::vector<Traced>& all() const { return m_all; }

private:
    void add(const std::string& of, const QJsonValue& value)
    {
        QVERIFY2(value.isDouble(), of.c_str());
        m_all.push_back({of, value.toDouble()});
    }
    void addColumn(const std::string& name, const QJsonValue& column, const std::string& at)
    {
        int unit = 0;
        for (const QJsonValue& value : column.toArray())
            add(name + bracketed(unit++) + at, value);
    }

    void addStep(const QJsonObject& step)
    {
        const std::string at = "@" + std::to_string(step[QStringLiteral("t")].toInt());
        addColumn("input", step[QStringLiteral("input")], at);
        if (!step[QStringLiteral("target")].isNull()) {
            addColumn("target", step[QStringLiteral("target")], at);
            add("loss" + at, step[QStringLiteral("loss")]);
        }
        const QJsonObject layers = step[QStringLiteral("layers")].toObject();
        for (auto it = layers.begin(); it != layers.end(); ++it) {
            const QJsonObject layer = it.value().toObject();
            for (auto slot = layer.begin(); slot != layer.end(); ++slot) {
                if (slot.key() != QLatin1String("gates"))
                    addColumn((it.key() + u'.' + slot.key()).toStdString(), slot.value(), at);
            }
            const QJsonObject gates = layer[QStringLiteral("gates")].toObject();
            for (auto gate = gates.begin(); gate != gates.end(); ++gate)
                addColumn((it.key() + u'.' + gate.key()).toStdString(), gate.value(), at);
        }
    }

    /// What the first step read; of a chain against time what its first, the last, read.
    void addState()
    {
        const int from = m_trace[QStringLiteral("window")][QStringLiteral("from")].toInt();
        const int to = m_trace[QStringLiteral("window")][QStringLiteral("to")].toInt();
        const QJsonObject state = m_trace[QStringLiteral("state")].toObject();
        for (auto it = state.begin(); it != state.end(); ++it) {
            const bool isAgainstTime = it.key().endsWith(QLatin1String(".backward"));
            const std::string at = "@" + std::to_string(isAgainstTime ? to + 1 : from - 1);
            const QJsonObject layer = it.value().toObject();
            for (auto slot = layer.begin(); slot != layer.end(); ++slot) {
                if (slot.key() == QLatin1String("fed_back"))
                    addColumn(lastLayer() + ".out", slot.value(), at);
                else
                    addColumn((it.key() + u'.' + slot.key()).toStdString(), slot.value(), at);
            }
        }
    }
    std::string lastLayer() const { return m_lastLayer; }

    void addMatrix(const std::string& name, const QJsonValue& matrix, const std::string& suffix)
    {
        int row = 0;
        for (const QJsonValue& line : matrix.toArray()) {
            const std::string start = name + "[" + std::to_string(++row);
            if (!line.isArray()) {
                add(start + "]" + suffix, line);
                continue;
            }
            int column = 0;
            for (const QJsonValue& value : line.toArray())
                add(start + "," + std::to_string(++column) + "]" + suffix, value);
        }
    }
    void addParameter(const std::string& name, const QJsonObject& parameter)
    {
        addMatrix(name, parameter[QStringLiteral("before")], "");
        for (const char* key : {"velocity_before", "gradient", "update", "after"})
            addMatrix(name, parameter[QLatin1String(key)], std::string(".") + key);
        const QJsonObject shares = parameter[QStringLiteral("shares")].toObject();
        for (auto it = shares.begin(); it != shares.end(); ++it)
            addMatrix(name, it.value(), ".share@" + it.key().toStdString());
        const QJsonObject at = parameter[QStringLiteral("at")].toObject();
        for (auto it = at.begin(); it != at.end(); ++it)
            addMatrix(name, it.value(), "@" + it.key().toStdString());
    }

    QJsonObject m_trace;
    std::string m_lastLayer = "output";
    std::vector<Traced> m_all;
};

/// Empty when the number is explained, and its formula makes it.
QString disagreement(const Frame& frame, const Traced& traced)
{
    const QString name = QString::fromStdString(traced.of);
    try {
        const Quantity quantity = parseQuantity(traced.of, *frame.network);
        const Explanation explanation = explain(frame, quantity);
        const double made = evaluate(explanation.numbers);
        if (explanation.value != traced.value)
            return name + QStringLiteral(": explained another number");
        if (std::abs(made - traced.value) > 1e-12 * std::max(1.0, std::abs(traced.value)))
            return name + QStringLiteral(": made %1 of %2").arg(made, 0, 'g', 17).arg(traced.value);
    } catch (const InputError& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

} // namespace

/// Nothing that a trace tells is left without an explanation.
class TestExplainTrace : public QObject
{
    Q_OBJECT

private slots:
    void everyNumberOfATraceIsExplained_data();
    void everyNumberOfATraceIsExplained();
};

void TestExplainTrace::everyNumberOfATraceIsExplained_data()
{
    QTest::addColumn<QString>("name");
    const QString ending = QStringLiteral(".trace.json");
    const QDir folder(QString::fromStdString(test::referenceFolder().string()));
    for (QString file : folder.entryList({QLatin1Char('*') + ending})) {
        file.chop(ending.size());
        QTest::newRow(qPrintable(file)) << file;
    }
}

void TestExplainTrace::everyNumberOfATraceIsExplained()
{
    QFETCH(QString, name);
    const test::Prepared prepared = test::prepareReference(name.toStdString());
    QFile reference(QString::fromStdString(test::referenceFolder().string()) + u'/' + name +
                    QStringLiteral(".trace.json"));
    QVERIFY(reference.open(QIODevice::ReadOnly));
    const auto update =
        QJsonDocument::fromJson(reference.readAll()).object()[QStringLiteral("update")].toInteger();
    Trainer trainer = prepared.trainer();
    while (trainer.position().update < update && !trainer.isFinished())
        trainer.advance(Granularity::Update);
    const Frame frame = test::wholeFrame(trainer);
    const std::string text = writeTrace(std::span(&frame, 1), prepared.experiment.training);
    const TracedNumbers numbers(QJsonDocument::fromJson(QByteArray::fromStdString(text)).object());
    QVERIFY(numbers.all().size() > 20);
    for (const Traced& traced : numbers.all()) {
        const QString wrong = disagreement(frame, traced);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }
}

QTEST_APPLESS_MAIN(TestExplainTrace)
#include "test_explain_trace.moc"
