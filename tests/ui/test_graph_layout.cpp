#include "ui/graph/graph_layout.h"

#include <QTest>

using namespace chronograd;

namespace {

GraphLayout layoutOf(std::vector<int> units, std::int64_t steps, double zoom = 1.0,
                     QSizeF viewport = {900, 400})
{
    return GraphLayout({viewport, std::move(units), steps, zoom});
}

} // namespace

class TestGraphLayout : public QObject
{
    Q_OBJECT

private slots:
    void everyUnitIsFoundWhereItIs_data()
    {
        QTest::addColumn<QList<int>>("units");
        QTest::addColumn<int>("steps");
        QTest::addColumn<double>("zoom");
        QTest::newRow("the sketch: 1-4-1") << QList<int>{1, 4, 1} << 40 << 1.0;
        QTest::newRow("two hidden layers") << QList<int>{2, 5, 3, 2} << 12 << 1.0;
        QTest::newRow("a wide layer, many steps") << QList<int>{1, 32, 1} << 200 << 1.0;
        QTest::newRow("wider still") << QList<int>{3, 64, 2} << 50 << 1.0;
        QTest::newRow("zoomed in") << QList<int>{1, 32, 1} << 200 << 4.0;
        QTest::newRow("zoomed out until units are cells") << QList<int>{1, 32, 1} << 200 << 0.1;
        QTest::newRow("one step, spread over the width") << QList<int>{2, 3, 2, 1} << 1 << 1.0;
    }

    void everyUnitIsFoundWhereItIs()
    {
        QFETCH(QList<int>, units);
        QFETCH(int, steps);
        QFETCH(double, zoom);
        const GraphLayout layout = layoutOf({units.begin(), units.end()}, steps, zoom);
        for (const std::int64_t t : {std::int64_t(1), std::int64_t(steps / 2 + 1), std::int64_t(steps)}) {
            for (int level = 0; level < layout.levels(); ++level) {
                for (int unit = 0; unit < layout.units(level); ++unit) {
                    const UnitId id{layout.isSpread() ? 1 : t, level, unit};
                    const std::optional<UnitId> found = layout.unitAt(layout.center(id));
                    QVERIFY(found.has_value());
                    QVERIFY2(*found == id,
                             qPrintable(QStringLiteral("t %1 level %2 unit %3").arg(t).arg(level).arg(unit)));
                }
            }
            QCOMPARE(layout.stepAt(layout.x(t)), layout.isSpread() ? 1 : t);
        }
    }

    void stepsFillTheAxisWithoutGaps()
    {
        const GraphLayout layout = layoutOf({1, 4, 1}, 40);
        QCOMPARE(layout.boundary(0), 0.0);
        QCOMPARE(layout.boundary(40), layout.width());
        for (int t = 1; t <= 40; ++t) {
            QCOMPARE((layout.boundary(t - 1) + layout.boundary(t)) / 2, layout.x(t));
            QCOMPARE(layout.stepAt(layout.boundary(t) - 0.01), t);
        }
        QCOMPARE(layout.stepAt(-50), 1);
        QCOMPARE(layout.stepAt(1e9), 40);
    }

    void inputIsAtTheBottomAndTheLossOnTop()
    {
        for (const int steps : {1, 40}) {
            const GraphLayout layout = layoutOf({2, 4, 3}, steps);
            double below = layout.height();
            for (int level = 0; level < 3; ++level) {
                const double y = layout.levelMiddle(level);
                QVERIFY(y < below);
                below = y;
            }
            QVERIFY(layout.lossBox(1).bottom() < layout.center({1, 2, 0}).y() - layout.radius(2));
            QVERIFY(layout.lossBox(1).top() >= 0);
        }
    }

    void theHeightFits_data()
    {
        QTest::addColumn<int>("hidden");
        QTest::addColumn<int>("height");
        for (const int hidden : {1, 4, 16, 32, 64}) {
            for (const int height : {240, 400, 800})
                QTest::addRow("%d units in %d pixels", hidden, height) << hidden << height;
        }
    }

    void theHeightFits()
    {
        QFETCH(int, hidden);
        QFETCH(int, height);
        const GraphLayout layout = layoutOf({1, hidden, 1}, 50, 1.0, QSizeF(900, height));
        QCOMPARE(layout.height(), double(height));
        const QPointF lowest = layout.center({1, 0, 0});
        QVERIFY(lowest.y() + layout.radius(0) + layout.ringWidth(0) <= height);
        // Neighbours never overlap, rings included.
        const double reach = layout.radius(1) + layout.ringWidth(1);
        QVERIFY(2 * reach <= layout.rowPitch(1) + 0.5);
    }

    void levelsThatDoNotFitAreALittleLessReadable()
    {
        const auto layout = [](double height) {
            return layoutOf({1, 5, 4, 1}, 40, 1.0, QSizeF(580, height));
        };
        QCOMPARE(layout(220).height(), 220.0);
        QVERIFY(layout(220).radius(0) > 7.0);
        QVERIFY(layout(220).radius(0) < layout(300).radius(0));
        QVERIFY(layout(150).height() > 150.0); // scrolls, but can be read
        QVERIFY(layout(150).radius(0) > 6.0);
    }

    void zoomingInMakesUnitsLargerAndOutNarrowsSteps()
    {
        const GraphLayout natural = layoutOf({1, 32, 1}, 200);
        const GraphLayout near = layoutOf({1, 32, 1}, 200, 3.0);
        const GraphLayout far = layoutOf({1, 32, 1}, 200, 0.1);
        QVERIFY(near.radius(1) > 2 * natural.radius(1));
        QVERIFY(near.pitch() > 2 * natural.pitch());
        QVERIFY(near.height() > natural.height());
        QVERIFY(!natural.isCells());
        QVERIFY(far.isCells());
        QCOMPARE(far.height(), natural.height());
    }

    void betweenUnitsThereIsNothing()
    {
        const GraphLayout layout = layoutOf({1, 4, 1}, 40);
        const QPointF middle = (layout.center({3, 1, 1}) + layout.center({4, 1, 1})) / 2;
        QVERIFY(!layout.unitAt(middle).has_value());
        QVERIFY(!layout.lossAt(middle).has_value());
        QCOMPARE(layout.lossAt(layout.lossBox(7).center()).value_or(0), 7);
    }
};

QTEST_GUILESS_MAIN(TestGraphLayout)
#include "test_graph_layout.moc"
