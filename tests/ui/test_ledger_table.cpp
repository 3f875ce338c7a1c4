#include "tests/support/opened_window.h"
#include "ui/inspector/ledger_table.h"

#include <QToolButton>

using namespace chronograd;
using test::Opened;

/// The ledger in the inspector's page of a weight.
class TestLedgerTable : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("CHRONOGRAD_RESOURCES", CHRONOGRAD_SOURCE_DIR "/resources"); }
    void isComputedOnlyWhenOpened();
    void totalsAreTheGradientOfTheWeight();
    void followsTheUpdate();
    void whatRoundsToZeroHasNoSign();
};

namespace {

struct OnWeight : Opened
{
    OnWeight()
    {
        click("step");
        waitForUpdate(2);
        window.select("hidden.W_h[2,3].gradient");
    }

    LedgerTable& table() { return *window.findChild<LedgerTable*>(); }
    void open() { QTest::mouseClick(find<QToolButton>("ledger"), Qt::LeftButton); }
    double gradient() const
    {
        const ParameterLayout& layout = frame().network->parameters();
        return frame().gradient[static_cast<Eigen::Index>(layout[*layout.find("hidden.W_h")].at(1, 2))];
    }
};

} // namespace

void TestLedgerTable::isComputedOnlyWhenOpened()
{
    OnWeight opened;
    QVERIFY(!opened.table().isVisible());
    QVERIFY(!opened.table().ledger());
    opened.open();
    QVERIFY(opened.table().isVisible());
    QVERIFY(opened.table().ledger().has_value());
}

void TestLedgerTable::totalsAreTheGradientOfTheWeight()
{
    OnWeight opened;
    opened.open();
    QVERIFY(std::abs(opened.table().ledger()->total() - opened.gradient()) < 1e-14);
    const std::int64_t t = opened.frame().window.to;
    QVERIFY(opened.table()
                .textAt(opened.table().cellRect(t, t).center())
                .contains(QStringLiteral("the loss at t = %1 through the copy at t = %1").arg(t)));
    QVERIFY(
        opened.table().textAt(opened.table().cellRect(0, 0).center()).startsWith(QStringLiteral("∂L/∂w")));
    QVERIFY(opened.table()
                .textAt(opened.table().cellRect(t - 1, t).center())
                .isEmpty()); // no error goes on in time
}

void TestLedgerTable::followsTheUpdate()
{
    OnWeight opened;
    opened.open();
    opened.click("step");
    QVERIFY(opened.waitForUpdate(3));
    QTRY_COMPARE(opened.table().ledger()->window.to, opened.frame().window.to);
    QVERIFY(std::abs(opened.table().ledger()->total() - opened.gradient()) < 1e-14);
}

void TestLedgerTable::whatRoundsToZeroHasNoSign()
{
    LedgerTable table;
    table.setLedger(Ledger{{1, 2}, Matrix{{0.02, 0.0}, {-0.0004, -0.015}}}, false, 4);
    QCOMPARE(table.cellText(-0.0004), QStringLiteral("0.0"));
    QCOMPARE(table.cellText(0.0004), QStringLiteral("0.0"));
    QCOMPARE(table.cellText(-0.015), QStringLiteral("−1.5"));
}

QTEST_MAIN(TestLedgerTable)
#include "test_ledger_table.moc"
