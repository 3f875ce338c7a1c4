#include "tests/ui/inspector_fixtures.h"
#include "ui/inspector/share_bars.h"
#include "ui/theme/formula_number.h"

#include <QMouseEvent>
#include <QSignalSpy>
#include <QToolButton>

using namespace chronograd;
using namespace chronograd::test;
using namespace Qt::StringLiterals;

namespace {

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

/// From number to number through the inspector, with the mouse and the keyboard.
class TestInspectorMoving : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { applyReading({}); }
    void clickOnATermSelectsIt();
    void aTermUnderThePointerIsUnderlined();
    void keyboardReachesATerm();
    void tabsTurnByKeyboard();
    void clickOnAShareExplainsIt();
    void theSelectionFollowsTheNewestStep();
    void theSelectionOfAnotherNetworkIsDropped();
    void backReturnsToWhereOneCameFrom();
    void goingThroughUnitsKeepsTheTab();
    void aWeightIsReachedFromItsUnit();

private:
    std::shared_ptr<const Frame>
        m_done; ///< After three updates (the first three steps have no target): t = 12.
};

void TestInspectorMoving::initTestCase()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    applyTheme(*qApp, ThemeKind::Light);
    m_done = Run(elman).advance(Granularity::Update, 3).frame();
    QCOMPARE(m_done->position.t, std::int64_t(12));
}

void TestInspectorMoving::clickOnATermSelectsIt()
{
    const auto panel = openInspector(m_done);
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

void TestInspectorMoving::aTermUnderThePointerIsUnderlined()
{
    const auto panel = openInspector(m_done);
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

void TestInspectorMoving::keyboardReachesATerm()
{
    const auto panel = openInspector(m_done);
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

void TestInspectorMoving::tabsTurnByKeyboard()
{
    const auto panel = openInspector(m_done);
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

void TestInspectorMoving::clickOnAShareExplainsIt()
{
    const auto panel = openInspector(m_done);
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

void TestInspectorMoving::theSelectionFollowsTheNewestStep()
{
    Run run(elman);
    const auto late = run.advance(Granularity::Sequence).frame();
    const auto early = run.advance(Granularity::TimeStep, 2).frame();
    QVERIFY(early->lastStep < 15);
    const auto panel = openInspector(late);
    panel->select(named("hidden.out[3]@15", late));
    QCOMPARE(panel->shown()->t, std::int64_t(15));
    QVERIFY(!visibleText(*panel).contains(u"no longer"));
    QCOMPARE(early->network, late->network);
    panel->showFrame(early); // frames that come too fast to be read are shown a little later
    QTRY_COMPARE(panel->shown()->t, early->position.t);
    QVERIFY(visibleText(*panel).contains(u"t = 15 is no longer in the picture"));
    panel->showFrame(late); // and back as soon as it is there again
    QTRY_COMPARE(panel->shown()->t, std::int64_t(15));
}

void TestInspectorMoving::theSelectionOfAnotherNetworkIsDropped()
{
    const auto panel = openInspector(m_done);
    panel->select(named("hidden.out[4]@11", m_done));
    QVERIFY(panel->shown());
    panel->showFrame(Run(softmaxClip).advance(Granularity::Update).frame());
    QVERIFY(!panel->shown()); // three hidden units there
    QVERIFY(visibleText(*panel).contains(u"Click a unit"));
}

void TestInspectorMoving::backReturnsToWhereOneCameFrom()
{
    const auto panel = openInspector(m_done);
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

void TestInspectorMoving::goingThroughUnitsKeepsTheTab()
{
    const auto panel = openInspector(m_done);
    panel->select(named("hidden.out[1]@11", m_done));
    QTest::mouseClick(tab(*panel, u"Backward"_s), Qt::LeftButton);
    panel->select(named("hidden.out[2]@11", m_done));
    QVERIFY(tab(*panel, u"Backward"_s)->isChecked());
    QVERIFY(visibleFormula(*panel)->formula().text().startsWith(u"δ"));
    panel->select(named("output.W[1,1]", m_done));
    QVERIFY(!tab(*panel, u"Backward"_s)->isVisible()); // one side
}

void TestInspectorMoving::aWeightIsReachedFromItsUnit()
{
    const auto panel = openInspector(m_done);
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

QTEST_MAIN(TestInspectorMoving)
#include "test_inspector_moving.moc"
