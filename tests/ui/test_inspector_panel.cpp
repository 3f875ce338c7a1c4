#include "tests/ui/inspector_fixtures.h"
#include "ui/inspector/activation_curve.h"
#include "ui/inspector/share_bars.h"
#include "ui/theme/formula_number.h"

#include <QComboBox>
#include <QDir>
#include <QElapsedTimer>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>

#include <cmath>
#include <string>

using namespace chronograd;
using namespace chronograd::test;
using namespace Qt::StringLiterals;
using namespace std::string_literals;

/// What the inspector says of a number.
class TestInspectorPanel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { applyReading({}); }
    void cleanup() { applyTheme(*qApp, ThemeKind::Light); }
    void saysWhatToClick();
    void showsTheEnginesNumber_data();
    void showsTheEnginesNumber();
    void aWeightShowsItsShares();
    void notComputedYetIsSaidInWords();
    void cutStepsAreSaidInWords();
    void digitsCanBeChosen();
    void aLargeNetworkIsExplainedQuickly();
    void tallContentScrolls();
    void nothingIsWiderThanThePanel_data();
    void nothingIsWiderThanThePanel();
    void saturationIsJudgedByTheSlope();
    void pictures();

private:
    std::shared_ptr<const Frame>
        m_done; ///< After three updates (the first three steps have no target): t = 12.
    std::shared_ptr<const Frame> m_backward; ///< In the backward pass of the fourth.
};

void TestInspectorPanel::initTestCase()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    applyTheme(*qApp, ThemeKind::Light);
    Run run(elman);
    m_done = run.advance(Granularity::Update, 3).frame();
    m_backward = run.advance(Granularity::TimeStep, 5).frame();
    QCOMPARE(m_done->position.t, std::int64_t(12));
    QCOMPARE(m_backward->position.phase, Phase::Backward);
}

void TestInspectorPanel::saysWhatToClick()
{
    const auto panel = openInspector(m_done);
    QVERIFY(visibleText(*panel).contains(u"Click a unit"));
    QCOMPARE(panel->findChild<QComboBox*>()->currentText(), u"δ = ∂L/∂net"_s);
    QVERIFY(!panel->shown());
}

void TestInspectorPanel::showsTheEnginesNumber_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("title");
    const auto row = [](const char* name, const QString& title) {
        QTest::newRow(name) << QByteArray(name) << title;
    };
    row("hidden.delta[3]@12", u"hidden unit 3 at t = 12"_s);
    row("hidden.delta[3]@9", u"hidden unit 3 at t = 9"_s);
    row("output.delta[1]@11", u"output unit 1 at t = 11"_s);
    row("hidden.net[2]@11", u"hidden unit 2 at t = 11"_s);
    row("hidden.out[2]@10", u"hidden unit 2 at t = 10"_s);
    row("output.out[1]@10", u"output unit 1 at t = 10"_s);
    row("loss@11", u"loss at t = 11"_s);
    row("loss", u"loss of the update"_s);
    row("input[1]@11", u"input 1 at t = 11"_s);
    row("target[1]@11", u"target 1 at t = 11"_s);
    row("hidden.W_h[3,2].after", u"weight W_h[3,2] of hidden"_s);
    row("hidden.W_h[3,2].velocity", u"weight W_h[3,2] of hidden"_s);
    row("hidden.W_h[3,2].share@10", u"weight W_h[3,2] of hidden"_s);
    row("hidden.b[1].gradient", u"weight b[1] of hidden"_s);
}

void TestInspectorPanel::showsTheEnginesNumber()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, title);
    const auto panel = openInspector(m_done);
    const Quantity quantity = named(name.constData(), m_done);
    panel->select(quantity);
    QVERIFY2(visibleText(*panel).contains(title), qPrintable(visibleText(*panel)));
    const double engine = valueOf(*m_done, quantity);
    const QString number = formulaNumberText(engine, Reading::current().digits);
    bool found = false;
    for (const FormulaView* view : panel->findChildren<FormulaView*>()) {
        if (!view->isVisible())
            continue;
        const QString text = view->formula().text();
        QVERIFY2(!text.contains(u"✗"), qPrintable(text));
        QVERIFY(!view->accessibleName().isEmpty());
        found = found || text.contains(u'=' + number.section(u'·', 0, 0));
    }
    QVERIFY2(found, qPrintable(number));
}

void TestInspectorPanel::aWeightShowsItsShares()
{
    const auto panel = openInspector(m_done);
    panel->select(named("hidden.W_h[3,2]", m_done));
    const auto* bars = panel->findChild<ShareBars*>();
    QVERIFY(bars->isVisible());
    const ShareTable& table = bars->table();
    QCOMPARE(m_done->window, (Window{8, 12}));
    QCOMPARE(table.rows.size(), std::size_t(8)); // five of the window, three cut off
    QCOMPARE(table.rows.front().t, std::int64_t(12));
    double sum = 0.0;
    for (const ShareRow& row : table.rows) {
        QCOMPARE(row.isCut, row.t < 8);
        QCOMPARE(row.share.has_value(), row.t >= 8);
        sum += row.share.value_or(0.0);
    }
    QVERIFY(table.sum);
    QVERIFY(std::abs(sum - *table.sum) < 1e-14);
    QVERIFY(bars->accessibleName().contains(u"t = 7: cut"));
    QVERIFY(bars->accessibleName().contains(formulaNumberText(*table.sum, 4)));
    QVERIFY(visibleText(*panel).contains(u"→"));

    const ShareTable few = shareTable(*m_done, named("hidden.W_h[3,2]", m_done), 2);
    QCOMPARE(few.olderSteps, std::int64_t(3));
    QCOMPARE(few.rows.size(), std::size_t(5)); // two, and three cut off
    QVERIFY(std::abs(*few.olderSum + *few.rows[0].share + *few.rows[1].share - sum) < 1e-14);
}

void TestInspectorPanel::notComputedYetIsSaidInWords()
{
    const auto panel = openInspector(m_backward);
    const std::int64_t at = m_backward->position.at;
    panel->select(named(qPrintable(u"hidden.delta[1]@%1"_s.arg(at - 1)), m_backward));
    QVERIFY2(visibleText(*panel).contains(u"Not computed yet"), qPrintable(visibleText(*panel)));
    QVERIFY(!visibleFormula(*panel));
    panel->select(named("hidden.W_h[1,1]", m_backward));
    QVERIFY(visibleText(*panel).contains(u"still being gathered"));
    QVERIFY(panel->findChild<ShareBars*>()->accessibleName().contains(u"not yet"));
}

void TestInspectorPanel::cutStepsAreSaidInWords()
{
    const auto panel = openInspector(m_done);
    panel->select(named("hidden.delta[1]@7", m_done));
    QVERIFY2(visibleText(*panel).contains(u"k2 reaches back to t = 8"), qPrintable(visibleText(*panel)));
    panel->select(named("hidden.out[1]@7", m_done));
    QTest::mouseClick(tab(*panel, u"Forward"_s), Qt::LeftButton);
    QVERIFY(visibleFormula(*panel)); // its state is there all the same
}

void TestInspectorPanel::digitsCanBeChosen()
{
    const auto panel = openInspector(m_done);
    const Quantity quantity = named("hidden.net[2]@11", m_done);
    panel->select(quantity);
    auto* digits = panel->findChild<QSpinBox*>();
    QCOMPARE(digits->minimum(), 2);
    QCOMPARE(digits->maximum(), 17);
    digits->setValue(9);
    const QString number = formulaNumberText(valueOf(*m_done, quantity), 9);
    QVERIFY(visibleFormula(*panel)->formula().text().contains(u"="_s + number));
}

void TestInspectorPanel::aLargeNetworkIsExplainedQuickly()
{
    const auto frame = Run(manyUnits).advance(Granularity::Update, 2).frame();
    const auto panel = openInspector(frame);
    for (const char* name : {"hidden.delta[3]@150", "hidden.net[3]@150", "hidden.W_h[3,2]"}) {
        QElapsedTimer clock;
        clock.start();
        panel->select(named(name, frame));
        QCoreApplication::processEvents();
        QVERIFY(clock.elapsed() < 1000);
        QVERIFY(!visibleFormula(*panel)->formula().text().contains(u"✗"));
    }
}

void TestInspectorPanel::tallContentScrolls()
{
    const auto panel = openInspector(m_done);
    panel->resize(340, 300);
    panel->select(named("hidden.W_h[3,2]", m_done));
    QTRY_VERIFY(panel->findChild<QScrollArea*>()->verticalScrollBar()->maximum() > 100);
}

void TestInspectorPanel::nothingIsWiderThanThePanel_data()
{
    QTest::addColumn<int>("width");
    QTest::newRow("300") << 300;
    QTest::newRow("400") << 400;
}

void TestInspectorPanel::nothingIsWiderThanThePanel()
{
    QFETCH(int, width);
    const auto panel = openInspector(m_done);
    panel->resize(width, 600);
    for (const char* name : {"hidden.delta[3]@11", "hidden.net[3]@11", "hidden.W_h[3,2]", "loss"}) {
        panel->select(named(name, m_done));
        QCoreApplication::processEvents();
        QCOMPARE(panel->width(), width);
        for (const FormulaView* view : panel->findChildren<FormulaView*>()) {
            if (!view->isVisible())
                continue;
            QVERIFY(view->mapTo(panel.get(), QPoint(view->width(), 0)).x() <= width);
            QVERIFY2(view->formula().size().width() <= view->width(), name);
            QTRY_VERIFY2(view->formula().size().height() <= view->height(), name);
        }
    }
}

void TestInspectorPanel::saturationIsJudgedByTheSlope()
{
    const auto at = [](Activation kind, double net, double slope = 1.0) {
        const ActivationFunction f{kind, slope};
        return saturationOf(f, activate(f, net));
    };
    QCOMPARE(at(Activation::Tanh, 0.3), Saturation::Free);
    QCOMPARE(at(Activation::Tanh, 1.2), Saturation::Bending);
    QCOMPARE(at(Activation::Tanh, -3.0), Saturation::Saturated);
    QCOMPARE(at(Activation::Sigmoid, 0.0), Saturation::Free); // its slope is only 1/4 there
    QCOMPARE(at(Activation::Sigmoid, 2.0, 3.0), Saturation::Saturated);
    QCOMPARE(at(Activation::Relu, 2.0), Saturation::Free);
    QCOMPARE(at(Activation::Relu, -2.0), Saturation::Saturated);
    QCOMPARE(at(Activation::Identity, 1e6), Saturation::Free);
}

/// Leaves pictures to look at beside the test program.
void TestInspectorPanel::pictures()
{
    const QDir folder(QStringLiteral(CHRONOGRAD_BINARY_DIR "/pictures"));
    QVERIFY(folder.mkpath(u"."_s));
    const auto softmax = Run(softmaxClip).advance(Granularity::Update, 3).frame();
    const auto large = Run(manyUnits).advance(Granularity::Update, 2).frame();
    struct Picture
    {
        const char* file;
        const char* name;
        std::shared_ptr<const Frame> frame;
        ThemeKind theme;
        QSize size;
    };
    const QSize normal(380, 560);
    for (const Picture& picture :
         {Picture{"empty", "", m_done, ThemeKind::Light, normal},
          {"delta", "hidden.delta[3]@11", m_done, ThemeKind::Light, normal},
          {"delta-dark", "hidden.delta[3]@11", m_done, ThemeKind::Dark, normal},
          {"delta-narrow", "hidden.delta[3]@11", m_done, ThemeKind::Light, {300, 760}},
          {"delta-newest", "hidden.delta[3]@12", m_done, ThemeKind::Light, normal},
          {"delta-cut", "hidden.delta[3]@7", m_done, ThemeKind::Light, normal},
          {"output-delta", "output.delta[1]@11", m_done, ThemeKind::Light, normal},
          {"forward", "hidden.out[3]@11", m_done, ThemeKind::Light, {380, 760}},
          {"forward-dark", "hidden.out[3]@11", m_done, ThemeKind::Dark, {380, 760}},
          {"weight", "hidden.W_h[3,2].share@10", m_done, ThemeKind::Light, {380, 1100}},
          {"weight-dark", "hidden.W_h[3,2]", m_done, ThemeKind::Dark, {380, 1100}},
          {"weight-clip", "hidden.W_x[3,2]", softmax, ThemeKind::Light, {380, 1100}},
          {"weight-gathering", "hidden.W_h[3,2]", m_backward, ThemeKind::Light, normal},
          {"incoming", "hidden.out[3]@11", m_done, ThemeKind::Light, normal},
          {"large", "hidden.delta[3]@150", large, ThemeKind::Light, {380, 900}},
          {"large-weight", "hidden.W_h[3,2]", large, ThemeKind::Light, {380, 1200}},
          {"loss", "loss", m_done, ThemeKind::Light, normal},
          {"step-loss", "loss@11", m_done, ThemeKind::Light, normal},
          {"input", "input[1]@11", m_done, ThemeKind::Light, normal},
          {"softmax-delta", "output.delta[2]@3", softmax, ThemeKind::Light, normal},
          {"softmax-out", "output.out[2]@3", softmax, ThemeKind::Light, {380, 760}},
          {"softmax-loss", "loss@3", softmax, ThemeKind::Light, normal}})
    {
        applyTheme(*qApp, picture.theme);
        InspectorPanel panel;
        panel.setAutoFillBackground(true);
        QPalette palette = qApp->palette();
        palette.setColor(QPalette::Window, Theme::current().card);
        panel.setPalette(palette);
        panel.setContentsMargins(14, 12, 14, 10);
        panel.resize(picture.size);
        panel.show();
        panel.showFrame(picture.frame);
        if (*picture.name != '\0')
            panel.select(named(picture.name, picture.frame));
        if (picture.file == "incoming"s)
            tab(panel, u"Update"_s)->click();
        QTest::qWait(20);
        QVERIFY(
            panel.grab().save(folder.filePath(u"inspector-%1.png"_s.arg(QString::fromUtf8(picture.file)))));
    }
}

QTEST_MAIN(TestInspectorPanel)
#include "test_inspector_panel.moc"
