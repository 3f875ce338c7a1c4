#include "ui/library/small_curve.h"
#include "ui/plots/heat_map_layout.h"
#include "ui/plots/label_rows.h"
#include "ui/plots/polyline.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace chronograd;

namespace {

Polyline randomLine(std::mt19937_64& random, int points, bool withGaps = true)
{
    std::normal_distribution<double> value(1.0, 2.0);
    Polyline line;
    for (int i = 0; i < points; ++i)
        line.emplace_back(i, withGaps && random() % 23 == 0 ? std::nan("") : value(random));
    return line;
}

/// y of the line at x, NaN in a gap.
double at(const Polyline& line, double x)
{
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const QPointF a = line[i];
        const QPointF b = line[i + 1];
        if (x < a.x() || x > b.x() || std::isnan(a.y()) || std::isnan(b.y()) || a.x() == b.x())
            continue;
        return a.y() + (b.y() - a.y()) * (x - a.x()) / (b.x() - a.x());
    }
    return std::nan("");
}

} // namespace

class TestPlotsGeometry : public QObject
{
    Q_OBJECT

private slots:
    void cutLinesStayInsideAndLoseNothing();
    void cuttingIsStraightInTheLogarithm();
    void lonePointsSurviveCutting();
    void thinnedLinesKeepTheExtremesOfEveryPixel();
    void zoomingBackGivesTheSameRange();
    void labelsNeverTouch();
    void longLabelsAreBrokenInTheMiddle_data();
    void longLabelsAreBrokenInTheMiddle();
    void smallCurvesStayInside();
    void panelsStayInsideAndApart();
    void cellsAreFoundWhereTheyArePainted();
};

void TestPlotsGeometry::cutLinesStayInsideAndLoseNothing()
{
    std::mt19937_64 random(1);
    for (int round = 0; round < 50; ++round) {
        const Polyline line = randomLine(random, 60);
        std::uniform_real_distribution<double> place(0.0, 59.0);
        const double a = place(random);
        const double b = place(random);
        const PlotRange x{std::min(a, b), std::max(a, b) + 0.1};
        const PlotRange y{-0.5, 2.0};
        const Polyline cut = cutTo(line, x, y, false);
        for (const QPointF& point : cut)
            if (!std::isnan(point.y())) {
                QVERIFY(point.x() >= x.lower - 1e-9 && point.x() <= x.upper + 1e-9);
                QVERIFY(point.y() >= y.lower - 1e-9 && point.y() <= y.upper + 1e-9);
            }
        for (int i = 0; i < 200; ++i) {
            const double where = x.lower + x.length() * (i + 0.37) / 200.0;
            const double expected = at(line, where);
            const double found = at(cut, where);
            if (std::isnan(expected) || !y.contains(expected))
                QVERIFY(std::isnan(found));
            else
                QVERIFY(std::abs(found - expected) < 1e-6);
        }
    }
}

void TestPlotsGeometry::cuttingIsStraightInTheLogarithm()
{
    const Polyline cut = cutTo({{0.0, 1.0}, {4.0, 1e-4}}, {0.0, 10.0}, {1e-2, 10.0}, true);
    QCOMPARE(cut.size(), 2u);
    QCOMPARE(cut[1].x(), 2.0);
    QCOMPARE(cut[1].y(), 1e-2);
    // A loss of 0 lies below everything: the line leaves the picture downwards.
    const Polyline zero = cutTo({{0.0, 1.0}, {1.0, 0.0}, {2.0, 1.0}}, {0.0, 2.0}, {0.1, 10.0}, true);
    QCOMPARE(zero.size(), 5u);
    QVERIFY(std::isnan(zero[2].y()));
    QVERIFY(std::abs(zero[1].y() - 0.1) < 1e-9);
}

void TestPlotsGeometry::lonePointsSurviveCutting()
{
    const double gap = std::nan("");
    QCOMPARE(cutTo({{1.0, 1.0}}, {0.0, 2.0}, {0.0, 2.0}, false).size(), 1u);
    QCOMPARE(cutTo({{1.0, 3.0}}, {0.0, 2.0}, {0.0, 2.0}, false).size(), 0u);
    const Polyline between = cutTo({{0.0, gap}, {1.0, 1.0}, {1.5, gap}}, {0.0, 2.0}, {0.0, 2.0}, false);
    QCOMPARE(between.size(), 1u);
    QCOMPARE(between[0], QPointF(1.0, 1.0));
}

void TestPlotsGeometry::thinnedLinesKeepTheExtremesOfEveryPixel()
{
    std::mt19937_64 random(2);
    const Polyline line = randomLine(random, 5000, false);
    const PlotRange x{100.0, 4100.0};
    const int pixels = 80;
    const Polyline thin = thinned(line, x, pixels);
    QVERIFY(thin.size() <= 4 * 80 + 4);
    QVERIFY(std::is_sorted(thin.begin(), thin.end(),
                           [](const QPointF& a, const QPointF& b) { return a.x() < b.x(); }));
    for (int pixel = 0; pixel < pixels; ++pixel) {
        const double from = x.lower + pixel * 50.0;
        const auto extremes = [from](const Polyline& points) {
            double least = 1e9;
            double greatest = -1e9;
            for (const QPointF& point : points)
                if (point.x() >= from && point.x() < from + 50.0 && !std::isnan(point.y())) {
                    least = std::min(least, point.y());
                    greatest = std::max(greatest, point.y());
                }
            return std::pair(least, greatest);
        };
        QVERIFY(extremes(thin) == extremes(line));
    }
    const Polyline few = thinned({line.begin(), line.begin() + 50}, {0.0, 49.0}, 500);
    QCOMPARE(few.size(), 50u);
}

void TestPlotsGeometry::zoomingBackGivesTheSameRange()
{
    for (const bool logarithmic : {false, true}) {
        const PlotRange range{0.02, 3.0};
        const PlotRange nearer = zoomed(range, 2.0, 0.5, logarithmic);
        QVERIFY(nearer.lower > range.lower && nearer.upper < range.upper);
        QVERIFY(nearer.contains(0.5));
        const PlotRange back = zoomed(nearer, 0.5, 0.5, logarithmic);
        QCOMPARE(back.lower, range.lower);
        QCOMPARE(back.upper, range.upper);
        const PlotRange there = moved(moved(range, 0.3, logarithmic), -0.3, logarithmic);
        QCOMPARE(there.lower, range.lower);
        QCOMPARE(there.upper, range.upper);
    }
    QCOMPARE(moved({1.0, 3.0}, 0.5, false), (PlotRange{2.0, 4.0}));
}

void TestPlotsGeometry::labelsNeverTouch()
{
    std::mt19937_64 random(3);
    std::uniform_real_distribution<double> place(0.0, 400.0);
    std::uniform_real_distribution<double> width(20.0, 120.0);
    for (int round = 0; round < 100; ++round) {
        std::vector<LabelWish> wishes;
        for (int i = 0; i < round % 12 + 1; ++i)
            wishes.push_back({place(random), width(random)});
        std::sort(wishes.begin(), wishes.end(),
                  [](const LabelWish& a, const LabelWish& b) { return a.x < b.x; });
        const auto places = placeLabels(wishes, 0.0, 400.0, 3, 4.0);
        QVERIFY2(places.back().isShown, "The newest always has room");
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (!places[i].isShown)
                continue;
            QVERIFY(places[i].left >= 0.0 && places[i].left + wishes[i].width <= 400.0);
            QVERIFY(places[i].row >= 0 && places[i].row < 3);
            for (std::size_t j = 0; j < i; ++j)
                if (places[j].isShown && places[j].row == places[i].row)
                    QVERIFY(places[j].left + wishes[j].width <= places[i].left ||
                            places[i].left + wishes[i].width <= places[j].left);
        }
    }
}

void TestPlotsGeometry::longLabelsAreBrokenInTheMiddle_data()
{
    QTest::addColumn<QString>("broken");
    QTest::newRow("the space in the middle") << QStringLiteral("saturated\nunits");
    QTest::newRow("the nearest behind it") << QStringLiteral("error\nE");
    QTest::newRow("the nearest before it") << QStringLiteral("E: loss of\nthis window");
    QTest::newRow("no space") << QStringLiteral("SUNACTIVITY");
}

void TestPlotsGeometry::longLabelsAreBrokenInTheMiddle()
{
    QFETCH(QString, broken);
    QCOMPARE(inTwoLines(QString(broken).replace(u'\n', u' ')), broken);
}

void TestPlotsGeometry::smallCurvesStayInside()
{
    const QRectF area(10, 20, 100, 30);
    const SmallCurve falling({QPointF(1, 100), QPointF(2, 10), QPointF(3, 1)}, area);
    QCOMPARE(falling.points(), QPolygonF({QPointF(10, 20), QPointF(60, 35), QPointF(110, 50)})); // log
    QVERIFY(falling.smooth()[2].y() < 50 && falling.smooth()[2].y() > 20);
    const SmallCurve withZero({QPointF(1, 1), QPointF(2, 0.5), QPointF(3, 0)}, area);
    QCOMPARE(withZero.points()[1], QPointF(60, 35)); // linear
    QCOMPARE(SmallCurve({QPointF(7, 5)}, area).points(), QPolygonF({QPointF(10, 35), QPointF(110, 35)}));
    QVERIFY(SmallCurve({}, area).points().isEmpty());
}

void TestPlotsGeometry::panelsStayInsideAndApart()
{
    std::mt19937_64 random(4);
    const QRectF area(10.0, 26.0, 440.0, 220.0);
    for (int round = 0; round < 100; ++round) {
        std::vector<PanelWish> wishes;
        for (int i = 0; i < round % 6 + 1; ++i)
            wishes.push_back(
                {1 + static_cast<int>(random() % 12), 1 + static_cast<int>(random() % 12), 70.0});
        const auto places = layoutPanels(wishes, area, {});
        QCOMPARE(places.size(), wishes.size());
        for (std::size_t i = 0; i < places.size(); ++i) {
            const QRectF all = places[i].title | places[i].cells | places[i].scale;
            QVERIFY(area.adjusted(-0.01, -0.01, 0.01, 0.01).contains(all));
            QVERIFY(places[i].cells.height() / wishes[i].rows >= 3.0);
            for (std::size_t j = 0; j < i; ++j)
                QVERIFY(!(places[j].title | places[j].cells | places[j].scale).intersects(all));
        }
    }
}

void TestPlotsGeometry::cellsAreFoundWhereTheyArePainted()
{
    const std::vector<PanelWish> wishes{{8, 1, 70.0}, {8, 8, 70.0}, {1, 8, 70.0}, {1, 1, 70.0}};
    const auto places = layoutPanels(wishes, {0.0, 0.0, 460.0, 240.0}, {});
    for (int panel = 0; panel < 4; ++panel) {
        const auto index = static_cast<std::size_t>(panel);
        for (int row = 0; row < wishes[index].rows; ++row)
            for (int column = 0; column < wishes[index].columns; ++column) {
                const QPointF middle = cellRect(places[index], wishes[index], row, column).center();
                QVERIFY(cellAt(places, wishes, middle) == (CellPlace{panel, row, column}));
            }
    }
    QVERIFY(!cellAt(places, wishes, {-5.0, -5.0}));
}

QTEST_APPLESS_MAIN(TestPlotsGeometry)
#include "test_plots_geometry.moc"
