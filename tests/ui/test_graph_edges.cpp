#include "ui/graph/edge_curve.h"
#include "ui/graph/edge_raster.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace chronograd;

namespace {

QImage blank(QSize size)
{
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(0);
    return image;
}

/// Sum of coverage, in pixels.
double inkOf(const QImage& image)
{
    double sum = 0.0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            sum += qAlpha(image.pixel(x, y)) / 255.0;
    }
    return sum;
}

/// The most opaque of the nine pixels around a place.
int strongestAround(const QImage& image, QPointF place)
{
    int strongest = 0;
    for (const int dx : {-1, 0, 1}) {
        for (const int dy : {-1, 0, 1})
            strongest = std::max(strongest, qAlpha(image.pixel(int(std::floor(place.x())) + dx,
                                                               int(std::floor(place.y())) + dy)));
    }
    return strongest;
}

} // namespace

class TestGraphEdges : public QObject
{
    Q_OBJECT

private slots:
    void curvesBeginAndEndAtTheirUnits()
    {
        const EdgeCurve across{.upright = false, .from = 10, .to = 90, .crossFrom = 20, .crossTo = 60};
        QCOMPARE(across.pointAt(0.0), QPointF(10, 20));
        QCOMPARE(across.pointAt(1.0), QPointF(90, 60));
        QCOMPARE(across.slope(0.0), 0.0);
        const EdgeCurve arc{
            .upright = true, .from = 80, .to = 20, .crossFrom = 50, .crossTo = 50, .bulge = -30};
        QCOMPARE(arc.pointAt(0.0), QPointF(50, 80));
        QCOMPARE(arc.pointAt(1.0), QPointF(50, 20));
        QCOMPARE(arc.pointAt(0.5), QPointF(20, 50));
    }

    void distanceIsZeroOnTheCurveOnly()
    {
        for (const bool upright : {false, true}) {
            const EdgeCurve curve{upright, 10, 90, 20, 60, 8};
            for (double u = 0.05; u < 1.0; u += 0.1) {
                QVERIFY(curve.distance(curve.pointAt(u)) < 1e-9);
                const QPointF beside = curve.pointAt(u) + (upright ? QPointF(5, 0) : QPointF(0, 5));
                QVERIFY(curve.distance(beside) > 0.5);
                QVERIFY(curve.distance(beside) <= 5.0);
            }
            QVERIFY(std::isinf(curve.distance(upright ? QPointF(20, 5) : QPointF(5, 20))));
        }
    }

    void theRasterDrawsWhatTheCurveSays_data()
    {
        QTest::addColumn<bool>("upright");
        QTest::addColumn<double>("crossTo");
        QTest::addColumn<double>("bulge");
        QTest::addColumn<double>("width");
        QTest::newRow("level") << false << 30.0 << 0.0 << 2.0;
        QTest::newRow("falling") << false << 90.0 << 0.0 << 2.0;
        QTest::newRow("thin") << false << 70.0 << 0.0 << 0.6;
        QTest::newRow("wide") << false << 60.0 << 0.0 << 6.0;
        QTest::newRow("an arc") << true << 30.0 << 25.0 << 2.0;
        QTest::newRow("upright and slanted") << true << 80.0 << 0.0 << 3.0;
    }

    /// As much ink as length times width, and in the right places.
    void theRasterDrawsWhatTheCurveSays()
    {
        QFETCH(bool, upright);
        QFETCH(double, crossTo);
        QFETCH(double, bulge);
        QFETCH(double, width);
        const EdgeCurve curve{upright, 10, 110, 30, crossTo, bulge};
        QImage ours = blank(QSize(120, 120));
        strokeEdge(ours, QPointF(0, 0), 1.0, curve, {qRgb(33, 102, 172), width, false});
        const double expected = curve.path().length() * width;
        QVERIFY2(std::abs(inkOf(ours) - expected) < 0.04 * expected,
                 qPrintable(QStringLiteral("%1 of %2").arg(inkOf(ours)).arg(expected)));
        for (double u = 0.05; u < 1.0; u += 0.05) {
            const QPointF at = curve.pointAt(u);
            QVERIFY(strongestAround(ours, at) > 100 * std::min(1.0, width));
        }
        if (width >= 2.0) {
            const QPointF middle = curve.pointAt(0.5);
            QCOMPARE(ours.pixel(int(std::floor(middle.x())), int(std::floor(middle.y()))),
                     qRgb(33, 102, 172));
        }
    }

    void scaleAndOriginPlaceTheCurve()
    {
        const EdgeCurve curve{false, 10, 50, 20, 20, 0};
        QImage image = blank(QSize(120, 60));
        strokeEdge(image, QPointF(0, 10), 2.0, curve, {qRgb(200, 0, 0), 3.0, false});
        QVERIFY(qAlpha(image.pixel(60, 20)) == 255); // (30, 20) − (0, 10), twice
        QCOMPARE(qAlpha(image.pixel(60, 50)), 0);
        QCOMPARE(qAlpha(image.pixel(10, 20)), 0);
    }

    void nothingIsDrawnOutsideTheImage()
    {
        QImage image = blank(QSize(40, 40));
        strokeEdge(image, QPointF(0, 0), 1.0, {false, -50, 90, -30, 80, 0}, {qRgb(0, 0, 0), 4.0, false});
        QVERIFY(inkOf(image) > 10);
        QVERIFY(inkOf(image) < 400);
    }

    void dashesLeaveGaps()
    {
        QImage solid = blank(QSize(120, 20));
        QImage dashed = blank(QSize(120, 20));
        const EdgeCurve curve{false, 0, 120, 10, 10, 0};
        strokeEdge(solid, QPointF(), 1.0, curve, {qRgb(0, 0, 0), 2.0, false});
        strokeEdge(dashed, QPointF(), 1.0, curve, {qRgb(0, 0, 0), 2.0, true});
        QVERIFY(inkOf(dashed) > 0.4 * inkOf(solid));
        QVERIFY(inkOf(dashed) < 0.6 * inkOf(solid));
    }
};

QTEST_MAIN(TestGraphEdges)
#include "test_graph_edges.moc"
