#include "core/experiment/experiment_io.h"
#include "core/explain/explain.h"
#include "core/tasks/task.h"
#include "core/training/trainer.h"
#include "ui/inspector/activation_curve.h"
#include "ui/inspector/explanation_block.h"
#include "ui/inspector/formula_number.h"
#include "ui/inspector/formula_view.h"
#include "ui/inspector/inspector_panel.h"
#include "ui/inspector/share_bars.h"
#include "ui/inspector/update_page.h"
#include "ui/theme/reading.h"
#include "ui/theme/segmented_control.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QElapsedTimer>
#include <QLabel>
#include <QMouseEvent>
#include <QRegularExpression>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include <cmath>
#include <string>

using namespace chronograd;
using namespace Qt::StringLiterals;
using namespace std::string_literals;

namespace {

constexpr const char* elman = R"({
  "chronograd": 1, "name": "Echo, three steps back",
  "network": {"inputs": 1, "layers": [
    {"name": "hidden", "cell": "elman", "units": 4, "activation": "tanh"},
    {"name": "output", "cell": "dense", "units": 1, "activation": "identity"}],
    "init": {"scheme": "uniform", "range": 0.7, "seed": 7}},
  "task": {"kind": "echo", "delay": 3, "length": 20, "sequences": 4, "seed": 1},
  "training": {"k1": 3, "k2": 5, "learning_rate": 0.05, "momentum": 0.9}
})";

constexpr const char* softmaxClip = R"({
  "chronograd": 1, "name": "Two classes",
  "network": {"inputs": 2, "layers": [
    {"name": "hidden", "cell": "elman", "units": 3, "activation": "sigmoid"},
    {"name": "output", "cell": "dense", "units": 2, "activation": "softmax"}]},
  "task": {"kind": "inline", "sequences": [{"inputs": [[1, 0], [0, 1], [1, 1], [0, 0]],
    "targets": [[1, 0], null, [0, 1], [1, 0]]}]},
  "training": {"k1": "n", "k2": "n", "loss": "cross_entropy", "clip_norm": 0.01, "updates": 100}
})";

constexpr const char* manyUnits = R"({
  "chronograd": 1, "name": "Many units",
  "network": {"inputs": 1, "layers": [
    {"name": "hidden", "cell": "elman", "units": 60, "activation": "tanh"},
    {"name": "output", "cell": "dense", "units": 1}]},
  "task": {"kind": "echo", "delay": 3, "length": 200, "sequences": 1, "seed": 1},
  "training": {"k1": 100, "k2": 100, "learning_rate": 0.001}
})";

/// A run of an experiment that can be stopped anywhere.
class Run
{
public:
    explicit Run(const char* text)
    {
        Experiment experiment = parseExperiment(text, "test.chronograd.json");
        auto data = std::make_shared<const Dataset>(makeDataset(experiment));
        Trainer::Options options;
        options.recordWeights = true;
        m_trainer = std::make_unique<Trainer>(experiment, data, options);
    }

    Run& advance(Granularity granularity, int times = 1)
    {
        for (int i = 0; i < times; ++i)
            m_trainer->advance(granularity);
        return *this;
    }

    std::shared_ptr<const Frame> frame() const
    {
        return std::make_shared<const Frame>(m_trainer->frame(FrameRequest()));
    }

private:
    std::unique_ptr<Trainer> m_trainer;
};

Quantity named(const char* name, const std::shared_ptr<const Frame>& frame)
{
    return parseQuantity(name, *frame->network);
}

QString visibleText(const QWidget& widget)
{
    QStringList text;
    for (const QLabel* label : widget.findChildren<QLabel*>()) {
        if (label->isVisible())
            text << label->text();
    }
    return text.join(u'\n');
}

FormulaView* visibleFormula(const InspectorPanel& panel, qsizetype index = 0)
{
    QList<FormulaView*> visible;
    for (FormulaView* view : panel.findChildren<FormulaView*>()) {
        if (view->isVisible())
            visible << view;
    }
    return visible.value(index, nullptr);
}

QAbstractButton* tab(const InspectorPanel& panel, const QString& text)
{
    for (QAbstractButton* button : panel.findChild<SegmentedControl*>()->findChildren<QAbstractButton*>()) {
        if (button->text() == text)
            return button;
    }
    return nullptr;
}

/// QTest::mouseMove() does not reach widgets in a scroll area off screen.
void movePointer(QWidget* widget, QPoint place)
{
    QMouseEvent move(QEvent::MouseMove, place, widget->mapToGlobal(place), Qt::NoButton, Qt::NoButton, {});
    QCoreApplication::sendEvent(widget, &move);
}

/// Where a link stands in the coordinates of its view.
QPoint placeOf(const FormulaView& view, int link)
{
    return (view.formula().areasOf(link).front().center() + QPointF(3, 3)).toPoint();
}

} // namespace

class TestInspectorPanel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { applyReading({}); }
    void cleanup();
    void saysWhatToClick();
    void showsTheEnginesNumber_data();
    void showsTheEnginesNumber();
    void clickOnATermSelectsIt();
    void aTermUnderThePointerIsUnderlined();
    void keyboardReachesATerm();
    void tabsTurnByKeyboard();
    void aWeightShowsItsShares();
    void clickOnAShareExplainsIt();
    void notComputedYetIsSaidInWords();
    void cutStepsAreSaidInWords();
    void theSelectionFollowsTheNewestStep();
    void theSelectionOfAnotherNetworkIsDropped();
    void digitsCanBeChosen();
    void backReturnsToWhereOneCameFrom();
    void goingThroughUnitsKeepsTheTab();
    void aWeightIsReachedFromItsUnit();
    void aLargeNetworkIsExplainedQuickly();
    void tallContentScrolls();
    void nothingIsWiderThanThePanel_data();
    void nothingIsWiderThanThePanel();
    void saturationIsJudgedByTheSlope();
    void pictures();

private:
    std::unique_ptr<InspectorPanel> open(std::shared_ptr<const Frame> frame);
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
    QCOMPARE(m_done->lastStep, std::int64_t(12));
    QCOMPARE(m_backward->position.phase, Phase::Backward);
}

void TestInspectorPanel::cleanup()
{
    applyTheme(*qApp, ThemeKind::Light);
}

std::unique_ptr<InspectorPanel> TestInspectorPanel::open(std::shared_ptr<const Frame> frame)
{
    auto panel = std::make_unique<InspectorPanel>();
    panel->resize(380, 700);
    panel->show();
    if (frame)
        panel->showFrame(std::move(frame));
    return panel;
}

void TestInspectorPanel::saysWhatToClick()
{
    const auto panel = open(m_done);
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
    const auto panel = open(m_done);
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

void TestInspectorPanel::clickOnATermSelectsIt()
{
    const auto panel = open(m_done);
    panel->select(named("hidden.delta[3]@11", m_done));
    FormulaView* view = visibleFormula(*panel);
    QVERIFY(view);
    QSignalSpy spy(panel.get(), &InspectorPanel::quantitySelected);
    int link = -1;
    for (std::size_t i = 0; i < view->formula().links().size(); ++i) {
        if (view->formula().links()[i].of == named("hidden.delta[2]@12", m_done))
            link = int(i);
    }
    QVERIFY(link >= 0);
    QTest::mouseClick(view, Qt::LeftButton, {}, placeOf(*view, link));
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.front().front().value<Quantity>(), named("hidden.delta[2]@12", m_done));
    QVERIFY(visibleText(*panel).contains(u"hidden unit 2 at t = 12"));

    // Between the numbers nothing happens.
    QTest::mouseClick(visibleFormula(*panel), Qt::LeftButton, {}, QPoint(1, 1));
    QCOMPARE(spy.size(), 1);
}

void TestInspectorPanel::aTermUnderThePointerIsUnderlined()
{
    const auto panel = open(m_done);
    panel->select(named("hidden.delta[3]@11", m_done));
    QTRY_VERIFY(visibleFormula(*panel)->height() > 100);
    FormulaView* view = visibleFormula(*panel);
    const QImage before = view->grab().toImage();
    movePointer(view, placeOf(*view, 1));
    QCOMPARE(view->cursor().shape(), Qt::PointingHandCursor);
    const QImage after = view->grab().toImage();
    const QRectF area = view->formula().areasOf(1).front().translated(3, 3);
    QVERIFY(before.copy(area.adjusted(0, 0, 0, 4).toRect()) !=
            after.copy(area.adjusted(0, 0, 0, 4).toRect()));
    movePointer(view, QPoint(1, 1));
    QCOMPARE(view->cursor().shape(), Qt::ArrowCursor);
    QCOMPARE(view->grab().toImage(), before);
}

void TestInspectorPanel::keyboardReachesATerm()
{
    const auto panel = open(m_done);
    panel->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(panel.get()));
    panel->select(named("output.out[1]@11", m_done));
    FormulaView* view = visibleFormula(*panel);
    view->setFocus(Qt::TabFocusReason);
    QSignalSpy spy(panel.get(), &InspectorPanel::quantitySelected);
    QTest::keyClick(view, Qt::Key_Right);
    QVERIFY(view->accessibleDescription().contains(u"t = 11"));
    QTest::keyClick(view, Qt::Key_Return);
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.front().front().value<Quantity>(), named("hidden.out[1]@11", m_done));
}

void TestInspectorPanel::tabsTurnByKeyboard()
{
    const auto panel = open(m_done);
    panel->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(panel.get()));
    panel->select(named("hidden.out[3]@11", m_done));
    QVERIFY(visibleText(*panel).contains(u"Weighted input"));
    QAbstractButton* forward = tab(*panel, u"Forward"_s);
    QVERIFY(forward->isChecked());
    forward->setFocus();
    QTest::keyClick(forward, Qt::Key_Right);
    QVERIFY(tab(*panel, u"Backward"_s)->isChecked());
    QVERIFY(!visibleText(*panel).contains(u"Weighted input"));
    QVERIFY(visibleFormula(*panel)->formula().text().startsWith(u"δ"));
    QTest::keyClick(tab(*panel, u"Backward"_s), Qt::Key_Right);
    QVERIFY(visibleText(*panel).contains(u"W_h[3,2]"));
}

void TestInspectorPanel::aWeightShowsItsShares()
{
    const auto panel = open(m_done);
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

void TestInspectorPanel::clickOnAShareExplainsIt()
{
    const auto panel = open(m_done);
    panel->select(named("hidden.W_h[3,2]", m_done));
    auto* bars = panel->findChild<ShareBars*>();
    QSignalSpy spy(panel.get(), &InspectorPanel::quantitySelected);
    QTest::mouseClick(bars, Qt::LeftButton, {}, bars->rowRect(2).center());
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.front().front().value<Quantity>(), named("hidden.W_h[3,2].share@10", m_done));
    QVERIFY(visibleText(*panel).contains(u"Share of t = 10"));
    QTest::mouseClick(bars, Qt::LeftButton, {}, bars->rowRect(6).center()); // cut: nothing to explain
    QCOMPARE(spy.size(), 1);
    QTest::keyClick(bars, Qt::Key_Down);
    QCOMPARE(spy.back().front().value<Quantity>(), named("hidden.W_h[3,2].share@9", m_done));
}

void TestInspectorPanel::notComputedYetIsSaidInWords()
{
    const auto panel = open(m_backward);
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
    const auto panel = open(m_done);
    panel->select(named("hidden.delta[1]@7", m_done));
    QVERIFY2(visibleText(*panel).contains(u"k2 reaches back to t = 8"), qPrintable(visibleText(*panel)));
    panel->select(named("hidden.out[1]@7", m_done));
    QTest::mouseClick(tab(*panel, u"Forward"_s), Qt::LeftButton);
    QVERIFY(visibleFormula(*panel)); // its state is there all the same
}

void TestInspectorPanel::theSelectionFollowsTheNewestStep()
{
    Run run(elman);
    const auto late = run.advance(Granularity::Sequence).frame();
    const auto early = run.advance(Granularity::TimeStep, 2).frame();
    QVERIFY(early->lastStep < 15);
    const auto panel = open(late);
    panel->select(named("hidden.out[3]@15", late));
    QCOMPARE(panel->shown()->t, std::int64_t(15));
    QVERIFY(!visibleText(*panel).contains(u"no longer"));
    QCOMPARE(early->network, late->network);
    panel->showFrame(early); // frames that come too fast to be read are shown a little later
    QTRY_COMPARE(panel->shown()->t, early->lastStep);
    QVERIFY(visibleText(*panel).contains(u"t = 15 is no longer in the picture"));
    panel->showFrame(late); // and back as soon as it is there again
    QTRY_COMPARE(panel->shown()->t, std::int64_t(15));
}

void TestInspectorPanel::theSelectionOfAnotherNetworkIsDropped()
{
    const auto panel = open(m_done);
    panel->select(named("hidden.out[4]@11", m_done));
    QVERIFY(panel->shown());
    panel->showFrame(Run(softmaxClip).advance(Granularity::Update).frame());
    QVERIFY(!panel->shown()); // three hidden units there
    QVERIFY(visibleText(*panel).contains(u"Click a unit"));
}

void TestInspectorPanel::digitsCanBeChosen()
{
    const auto panel = open(m_done);
    const Quantity quantity = named("hidden.net[2]@11", m_done);
    panel->select(quantity);
    auto* digits = panel->findChild<QSpinBox*>();
    QCOMPARE(digits->minimum(), 2);
    QCOMPARE(digits->maximum(), 17);
    digits->setValue(9);
    const QString number = formulaNumberText(valueOf(*m_done, quantity), 9);
    QVERIFY(visibleFormula(*panel)->formula().text().contains(u"="_s + number));
}

void TestInspectorPanel::backReturnsToWhereOneCameFrom()
{
    const auto panel = open(m_done);
    panel->select(named("hidden.delta[3]@11", m_done));
    panel->select(named("loss@12", m_done));
    auto* back = panel->findChild<QToolButton*>();
    QVERIFY(back->isEnabled());
    QSignalSpy spy(panel.get(), &InspectorPanel::quantitySelected);
    QTest::keyClick(panel.get(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(*panel->shown(), named("hidden.delta[3]@11", m_done));
    QCOMPARE(spy.size(), 1);
    QVERIFY(!back->isEnabled());
}

void TestInspectorPanel::goingThroughUnitsKeepsTheTab()
{
    const auto panel = open(m_done);
    panel->select(named("hidden.out[1]@11", m_done));
    QTest::mouseClick(tab(*panel, u"Backward"_s), Qt::LeftButton);
    panel->select(named("hidden.out[2]@11", m_done));
    QVERIFY(tab(*panel, u"Backward"_s)->isChecked());
    QVERIFY(visibleFormula(*panel)->formula().text().startsWith(u"δ"));
    panel->select(named("output.W[1,1]", m_done));
    QVERIFY(tab(*panel, u"Update"_s)->isChecked());
    QVERIFY(!tab(*panel, u"Forward"_s)->isEnabled());
}

void TestInspectorPanel::aWeightIsReachedFromItsUnit()
{
    const auto panel = open(m_done);
    panel->select(named("hidden.out[3]@11", m_done));
    tab(*panel, u"Update"_s)->click();
    QLabel* table = nullptr;
    for (QLabel* label : panel->findChildren<QLabel*>()) {
        if (label->isVisible() && label->text().contains(u"W_h[3,2]"))
            table = label;
    }
    QVERIFY(table);
    const double change = valueOf(*m_done, named("hidden.W_h[3,2].update", m_done));
    QVERIFY(table->text().contains(formulaNumberText(change, 4)));
    const QRegularExpression link(u"href=\"([^\"]*)\">W_h\\[3,2\\]"_s);
    const QRegularExpressionMatch match = link.match(table->text());
    QVERIFY(match.hasMatch());
    QSignalSpy spy(panel.get(), &InspectorPanel::quantitySelected);
    emit table->linkActivated(match.captured(1));
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.front().front().value<Quantity>(), named("hidden.W_h[3,2]", m_done));
}

void TestInspectorPanel::aLargeNetworkIsExplainedQuickly()
{
    const auto frame = Run(manyUnits).advance(Granularity::Update, 2).frame();
    const auto panel = open(frame);
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
    const auto panel = open(m_done);
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
    const auto panel = open(m_done);
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
