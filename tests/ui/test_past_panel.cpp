#include "core/explain/explain.h"
#include "tests/support/opened_window.h"
#include "ui/inspector/past_panel.h"
#include "ui/inspector/share_bars.h"
#include "ui/inspector/velocity_arrows.h"

#include <QToolButton>

#include <cmath>
#include <numeric>

using namespace chronograd;
using test::Opened;
using test::patience;

namespace {

PastGradients pastOf(int count, double momentum)
{
    PastGradients past;
    past.update = 100;
    double kept = 1.0;
    for (int i = 0; i < count; ++i) {
        past.gradients.push_back({100 - i, 2.0, 1.0, -0.1, kept});
        kept *= momentum;
    }
    past.keptOfOlder = kept;
    past.older = -0.3;
    past.velocity = past.sum();
    return past;
}

double sumOfRows(const ShareTable& table)
{
    return std::accumulate(table.rows.begin(), table.rows.end(), table.olderSum.value_or(0.0),
                           [](double sum, const ShareRow& row) { return sum + *row.share; });
}

} // namespace

/// What a velocity is made of, below the weight in the inspector.
class TestPastPanel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("CHRONOGRAD_RESOURCES", CHRONOGRAD_SOURCE_DIR "/resources"); }
    void rowsThatDoNotShowAreTakenTogether();
    void theListMakesTheVelocity();
    void aRowGoesBackToItsUpdate();
    void closedItAsksForNothing();
    void arrowsAddUpToTheVelocity();
};

void TestPastPanel::rowsThatDoNotShowAreTakenTogether()
{
    const PastGradients past = pastOf(60, 0.5);
    const ShareTable four = pastTable(past, 4);
    const ShareTable eight = pastTable(past, 8, 60);
    QVERIFY(four.rows.size() < eight.rows.size());
    for (const ShareRow& row : eight.rows)
        QVERIFY(std::abs(*row.share) >= 0.5e-8 * std::abs(past.velocity));
    QVERIFY(std::abs(sumOfRows(four) - past.velocity) < 1e-15);
    QVERIFY(std::abs(sumOfRows(eight) - past.velocity) < 1e-15);
    QCOMPARE(four.olderSteps, four.rows.back().t - 1);
}

void TestPastPanel::theListMakesTheVelocity()
{
    Opened opened;
    for (int i = 0; i < 12; ++i)
        opened.action("Step to the end of the update")->trigger();
    QVERIFY(opened.waitForUpdate(13));
    QVERIFY(opened.window.select("hidden.W_h[2,1]"));
    opened.click("past");
    auto* panel = opened.window.findChild<PastPanel*>();
    QTRY_VERIFY(panel->bars()->isVisible());
    const ShareTable& table = panel->bars()->table();
    QCOMPARE(table.rows.front().t, 13);
    const double velocity =
        valueOf(opened.frame(), parseQuantity("hidden.W_h[2,1].velocity", *opened.frame().network));
    QCOMPARE(*table.sum, velocity);
    QVERIFY(std::abs(sumOfRows(table) - velocity) <= 1e-12);
    QVERIFY(panel->bars()->accessibleName().contains(QStringLiteral("update 13")));

    QVERIFY(opened.window.select("hidden.W_h[1,1]")); // another weight, another list
    QTRY_VERIFY(panel->bars()->isVisible() && *panel->bars()->table().sum != velocity);
    opened.action("Step to the end of the update")->trigger();
    QTRY_VERIFY(panel->bars()->isVisible() && panel->bars()->table().rows.front().t == 14);
}

void TestPastPanel::aRowGoesBackToItsUpdate()
{
    Opened opened;
    for (int i = 0; i < 5; ++i)
        opened.action("Step to the end of the update")->trigger();
    QVERIFY(opened.waitForUpdate(6));
    QVERIFY(opened.window.select("hidden.W_h[2,1]"));
    opened.click("past");
    ShareBars* bars = opened.window.findChild<PastPanel*>()->bars();
    QTRY_VERIFY(bars->isVisible() && bars->table().rows.size() >= 3);
    QCOMPARE(bars->table().rows[2].t, 4);
    QTest::mouseClick(bars, Qt::LeftButton, Qt::NoModifier, bars->rowRect(2).center());
    QTRY_COMPARE(opened.frame().position.update, 4);
    QTRY_COMPARE(bars->table().rows.front().t, 4);
}

void TestPastPanel::closedItAsksForNothing()
{
    Opened opened;
    bool told = false;
    connect(&opened.window.bridge(), &SessionBridge::newsTaken, this,
            [&](const SessionNews& news) { told = told || news.past; });
    QVERIFY(opened.window.select("hidden.W_h[2,1]"));
    opened.action("Step to the end of the update")->trigger();
    QVERIFY(opened.waitForUpdate(2));
    QTest::qWait(60);
    QVERIFY(!told);
    opened.click("past");
    QTRY_VERIFY(told);
    opened.click("past");
    QTest::qWait(60);
    told = false;
    opened.action("Step to the end of the update")->trigger();
    QVERIFY(opened.waitForUpdate(3));
    QTest::qWait(60);
    QVERIFY(!told);
}

void TestPastPanel::arrowsAddUpToTheVelocity()
{
    Opened opened;
    opened.action("Step to the end of the update")->trigger();
    QVERIFY(opened.waitForUpdate(2));
    QVERIFY(opened.window.select("hidden.W_h[2,1]"));
    const Quantity weight = parseQuantity("hidden.W_h[2,1]", *opened.frame().network);
    const auto parts = velocityParts(opened.frame(), opened.frame().network->parameters()[weight.parameter],
                                     weight.row, weight.column);
    QVERIFY(parts);
    QVERIFY(std::abs(parts->fromGradient + parts->fromBefore - parts->velocity) <= 1e-15);
    auto* arrows = opened.window.findChild<VelocityArrows*>();
    QVERIFY(arrows->isVisible());
    QVERIFY(arrows->accessibleName().contains(arrows->words()));
    arrows->setParts({1.0, -3.0, -2.0, false}, 4);
    QCOMPARE(arrows->words(), QStringLiteral("what is left of earlier updates outweighs this gradient"));
    arrows->setParts({-1.0, -3.0, -4.0, false}, 4);
    QCOMPARE(arrows->words(), QStringLiteral("what is left of earlier updates pushes the same way"));
    arrows->setParts({1.0, 0.0, 1.0, false}, 4);
    QCOMPARE(arrows->words(), QStringLiteral("nothing is left of earlier updates"));
}

QTEST_MAIN(TestPastPanel)
#include "test_past_panel.moc"
