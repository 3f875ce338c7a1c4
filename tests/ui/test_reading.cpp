#include "core/explain/explain.h"
#include "tests/support/opened_window.h"
#include "tests/support/settings_folder.h"
#include "ui/graph/graph_canvas.h"
#include "ui/graph/graph_tip.h"
#include "ui/graph/graph_view.h"
#include "ui/inspector/formula_view.h"
#include "ui/theme/formula_number.h"
#include "ui/theme/reading.h"

#include <QComboBox>
#include <QSettings>
#include <QSpinBox>

using namespace chronograd;
using test::Opened;

namespace {

/// The formula on screen.
/// All that can be seen.
QString shownFormulas(Opened& opened)
{
    QString text;
    for (const FormulaView* view : opened.window.findChildren<FormulaView*>())
        if (view->isVisible())
            text += view->formula().text() + u'\n';
    return text;
}

/// As somebody does who walks through the entries with the keyboard.
void chooseConvention(Opened& opened, SignConvention sign)
{
    auto* box = opened.find<QComboBox>("convention");
    box->setFocus();
    QTest::keyClick(box, sign == SignConvention::ErrorSignal ? Qt::Key_Down : Qt::Key_Up);
}

void toggle(Opened& opened, const char* name)
{
    opened.find<QAction>(name)->trigger();
}

} // namespace

/// Digits, the decimal sign and the sign of deltas: one setting for everything that shows numbers.
class TestReading : public QObject
{
    Q_OBJECT

private slots:
    void init() { applyReading({}); }
    void theConventionTurnsDeltasEverywhere();
    void theMenuAndTheInspectorAreOneSwitch();
    void theDecimalCommaIsWrittenEverywhere();
    void namesKeepTheirPoints();
    void digitsCountInFormulasAndTips();
    void itIsRememberedForTheNextTime();

private:
    test::SettingsFolder m_settings;
};

void TestReading::theConventionTurnsDeltasEverywhere()
{
    Opened opened;
    const std::int64_t t = opened.frame().window.to;
    const Quantity delta = parseQuantity("hidden.delta[2]@" + std::to_string(t), *opened.frame().network);
    QVERIFY(opened.window.select("hidden.delta[2]@" + std::to_string(t)));
    const double value = valueOf(opened.frame(), delta);
    QVERIFY(value != 0.0);
    const auto boxed = [](double number) { return QStringLiteral("=") + formulaNumberText(number, 4); };
    QVERIFY2(shownFormulas(opened).contains(boxed(value)), qPrintable(shownFormulas(opened)));
    const GraphState& graph = opened.window.findChild<GraphView*>()->canvas().state();
    QVERIFY(tipText(graph, delta).contains(QStringLiteral("δ = ∂L/∂net = ")));

    chooseConvention(opened, SignConvention::ErrorSignal);
    QVERIFY2(shownFormulas(opened).contains(boxed(-value)), qPrintable(shownFormulas(opened)));
    QVERIFY(!shownFormulas(opened).contains(u"✗"));
    QVERIFY2(tipText(graph, delta).contains(QStringLiteral("δ = −∂L/∂net = ")),
             qPrintable(tipText(graph, delta)));
    QCOMPARE(*graph.delta({t, 1, 1}), -value);

    chooseConvention(opened, SignConvention::Derivative);
    QVERIFY(shownFormulas(opened).contains(boxed(value)));
    QCOMPARE(*graph.delta({t, 1, 1}), value);
}

void TestReading::theMenuAndTheInspectorAreOneSwitch()
{
    Opened opened;
    toggle(opened, "errorSignal");
    QCOMPARE(opened.find<QComboBox>("convention")->currentIndex(), 1);
    chooseConvention(opened, SignConvention::Derivative);
    QCOMPARE(Reading::current().sign, SignConvention::Derivative);
}

void TestReading::theDecimalCommaIsWrittenEverywhere()
{
    Opened opened;
    const std::int64_t t = opened.frame().window.to;
    QVERIFY(opened.window.select("hidden.out[1]@" + std::to_string(t)));
    QVERIFY(shownFormulas(opened).contains(u"0."));
    QVERIFY(opened.field("learning_rate")->text().contains(u'.'));
    toggle(opened, "decimalComma");
    QVERIFY2(shownFormulas(opened).contains(u"0,"), qPrintable(shownFormulas(opened)));
    QVERIFY2(!shownFormulas(opened).contains(u'.'), qPrintable(shownFormulas(opened)));
    const GraphState& graph = opened.window.findChild<GraphView*>()->canvas().state();
    QVERIFY(tipText(graph, parseQuantity("hidden.out[1]@" + std::to_string(t), *opened.frame().network))
                .contains(u"0,"));
    QVERIFY(opened.field("learning_rate")->text().contains(u','));
    opened.type("learning_rate", "0,0125");
    QTRY_COMPARE(opened.field("learning_rate")->text(), QStringLiteral("0,0125"));
    opened.action("Step to the end of the update")->trigger();
    QTRY_COMPARE(opened.frame().settings.learningRate, 0.0125);
}

void TestReading::namesKeepTheirPoints()
{
    applyReading({.decimalComma = true});
    QCOMPARE(withDecimalSign(QStringLiteral("hidden.W_h = 0.5, .66")),
             QStringLiteral("hidden.W_h = 0,5, ,66"));
}

void TestReading::digitsCountInFormulasAndTips()
{
    Opened opened;
    const std::int64_t t = opened.frame().window.to;
    const Quantity out = parseQuantity("hidden.out[1]@" + std::to_string(t), *opened.frame().network);
    QVERIFY(opened.window.select("hidden.out[1]@" + std::to_string(t)));
    QSpinBox* digits = nullptr;
    for (QSpinBox* box : opened.window.findChildren<QSpinBox*>())
        if (box->accessibleName() == QStringLiteral("Digits"))
            digits = box;
    QVERIFY(digits);
    digits->setValue(12);
    const QString exact = formulaNumberText(valueOf(opened.frame(), out), 12);
    QVERIFY2(shownFormulas(opened).contains(exact), qPrintable(shownFormulas(opened)));
    const GraphState& graph = opened.window.findChild<GraphView*>()->canvas().state();
    QVERIFY2(tipText(graph, out).contains(exact), qPrintable(tipText(graph, out)));
}

void TestReading::itIsRememberedForTheNextTime()
{
    {
        Opened opened(MainWindow::Memory::Kept);
        chooseConvention(opened, SignConvention::ErrorSignal);
        toggle(opened, "decimalComma");
    }
    applyReading({});
    Opened again(MainWindow::Memory::Kept);
    QCOMPARE(Reading::current(), (Reading{4, true, SignConvention::ErrorSignal}));
    QCOMPARE(again.find<QComboBox>("convention")->currentIndex(), 1);
}

QTEST_MAIN(TestReading)
#include "test_reading.moc"
