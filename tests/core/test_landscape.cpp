#include "core/analysis/contours.h"
#include "core/analysis/landscape.h"
#include "tests/support/small_networks.h"

#include <QTest>

#include <cmath>
#include <thread>

using namespace chronograd;

/// The error over a plane of weights, its contour lines, and the thread that computes it.
class TestLandscape : public QObject
{
    Q_OBJECT

private slots:
    void everyPointIsTheLossThere();
    void cancellingStopsAtOnce();
    void pathsSpanTheirMainDirections();
    void planesNeedTwoDirections();
    void contoursOfABowlAreCircles();
    void saddlesAreSplitByTheirMiddle();
};

namespace {

std::vector<Frame> framesOf(const test::Prepared& prepared)
{
    Trainer trainer = prepared.trainer();
    trainer.advance(Granularity::Update);
    return test::wholeFrames(trainer);
}

void waitFor(const LandscapeJob& job)
{
    for (int i = 0; i < 20'000 && !job.isOver(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

Landscape onPlane(const WeightPlane& plane, int points)
{
    return {plane, -1.0, 2.0, 0.0, 1.0, Matrix(points, points)};
}

} // namespace

void TestLandscape::everyPointIsTheLossThere()
{
    // y = w x + b of x = 2, d = 1: E = ½ (2 w + b − 1)²
    const test::Prepared prepared =
        test::prepareText(R"({"chronograd": 1, "network": {"inputs": 1, "layers": [
        {"name": "output", "cell": "dense", "units": 1}]},
        "task": {"kind": "inline", "sequences": [{"inputs": [[2]], "targets": [[1]]}]},
        "training": {"k1": 1, "k2": 1}})");
    const std::vector<Frame> frames = framesOf(prepared);
    const auto plane = planeOfWeights(*frames[0].network, frames[0].after, {0, 0, 0}, {1, 0, 0});
    QVERIFY(plane.has_value());
    const LandscapeJob job(frames, onPlane(*plane, 7));
    waitFor(job);
    QVERIFY(job.isOver());
    QCOMPARE(job.progress(), 1.0);
    const Landscape landscape = job.landscape();
    QCOMPARE(landscape.first(6), 2.0);
    for (Eigen::Index row = 0; row < 7; ++row) {
        for (Eigen::Index column = 0; column < 7; ++column) {
            const double y = 2.0 * landscape.first(column) + landscape.second(row) - 1.0;
            QVERIFY(std::abs(landscape.losses(row, column) - 0.5 * y * y) <= 1e-12);
        }
    }
    const Eigen::Vector2d now = plane->coordinatesOf(frames[0].after);
    QVERIFY(std::abs(now.x() - test::parameterOf(frames[0], "output.W", frames[0].after)(0, 0)) <= 1e-15);
}

void TestLandscape::cancellingStopsAtOnce()
{
    const std::vector<Frame> frames = framesOf(test::echo(R"("k1": "n", "k2": "n")", 12, 400));
    const auto plane = planeOfWeights(*frames[0].network, frames[0].after, {0, 0, 0}, {1, 0, 0});
    LandscapeJob job(frames, onPlane(*plane, 3000)); // minutes of work
    while (job.progress() == 0.0) {
        std::this_thread::yield();
    }
    job.cancel();
    waitFor(job);
    QVERIFY(job.isOver());
    QVERIFY(job.progress() > 0.0 && job.progress() < 0.5);
    QVERIFY(std::isnan(job.landscape().losses(0, 0)));           // it begins in the middle
    const LandscapeJob forgotten(frames, onPlane(*plane, 3000)); // its destruction must not wait for the end
}

void TestLandscape::pathsSpanTheirMainDirections()
{
    // Along (3, 4)/5 far, along (−4, 3)/5 less, along the third hardly.
    std::vector<Vector> path;
    for (int i = 0; i <= 20; ++i) {
        const double far = i;
        const double less = std::sin(i);
        path.push_back(Vector{{0.6 * far - 0.8 * less, 0.8 * far + 0.6 * less, 0.001 * (i % 2)}});
    }
    const auto plane = planeOfPath(path);
    QVERIFY(plane.has_value());
    QCOMPARE(plane->origin, path.back());
    QVERIFY((plane->first - Vector{{0.6, 0.8, 0.0}}).norm() < 0.05);
    QVERIFY(std::abs(std::abs(plane->second.dot(Vector{{-0.8, 0.6, 0.0}})) - 1.0) < 0.01);
    QVERIFY(std::abs(plane->first.dot(plane->second)) < 1e-9);
}

void TestLandscape::planesNeedTwoDirections()
{
    QVERIFY(!planeOfPath(std::vector<Vector>(5, Vector::Ones(3))).has_value());
    std::vector<Vector> line;
    for (int i = 0; i < 5; ++i) {
        line.push_back(i * Vector::Ones(3));
    }
    QVERIFY(!planeOfPath(line).has_value());
    const std::vector<Frame> frames = framesOf(test::echo(R"("k1": 4, "k2": 4)"));
    const Network& network = *frames[0].network;
    QVERIFY(!planeOfWeights(network, frames[0].after, {0, 0, 0}, {0, 0, 0}).has_value());
    QVERIFY(!planeOfWeights(network, frames[0].after, {0, 0, 0}, {0, 9, 0}).has_value());
}

void TestLandscape::contoursOfABowlAreCircles()
{
    Matrix bowl(41, 41);
    for (Eigen::Index row = 0; row < 41; ++row) {
        for (Eigen::Index column = 0; column < 41; ++column) {
            bowl(row, column) =
                std::hypot(static_cast<double>(row) - 20.0, static_cast<double>(column) - 20.0);
        }
    }
    double length = 0.0;
    for (const ContourPiece& piece : contourAt(bowl, 10.0)) {
        QVERIFY(std::abs(std::hypot(piece.fromColumn - 20.0, piece.fromRow - 20.0) - 10.0) < 0.05);
        length += std::hypot(piece.toColumn - piece.fromColumn, piece.toRow - piece.fromRow);
    }
    QVERIFY(std::abs(length - 20.0 * 3.14159265) < 0.5);
    bowl(20, 10) = std::nan(""); // on the circle
    double gap = 0.0;
    for (const ContourPiece& piece : contourAt(bowl, 10.0)) {
        gap += std::hypot(piece.toColumn - piece.fromColumn, piece.toRow - piece.fromRow);
    }
    QVERIFY(gap < length - 1.0);
    const std::vector<double> heights = contourHeights(bowl, 8);
    QCOMPARE(heights.size(), std::size_t{8});
    QVERIFY(std::ranges::is_sorted(heights) && heights.front() > 0.0 && heights.back() < 30.0);
}

void TestLandscape::saddlesAreSplitByTheirMiddle()
{
    // High corners at (0, 0) and (1, 1). With a high middle the lines cut off the low corners.
    const auto pieces = contourAt(Matrix{{3.0, -1.0}, {-1.0, 3.0}}, 0.0);
    QCOMPARE(pieces.size(), std::size_t{2});
    for (const ContourPiece& piece : pieces) {
        const double column = 0.5 * (piece.fromColumn + piece.toColumn);
        const double row = 0.5 * (piece.fromRow + piece.toRow);
        QVERIFY(std::abs(column - row) > 0.5); // near (1, 0) or (0, 1)
    }
    const auto low = contourAt(Matrix{{1.0, -3.0}, {-3.0, 1.0}}, 0.0);
    QCOMPARE(low.size(), std::size_t{2});
    for (const ContourPiece& piece : low) {
        QVERIFY(std::abs(piece.fromColumn + piece.toColumn - piece.fromRow - piece.toRow) < 1e-12);
    }
}

QTEST_APPLESS_MAIN(TestLandscape)
#include "test_landscape.moc"
