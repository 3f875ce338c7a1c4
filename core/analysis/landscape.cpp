#include "core/analysis/landscape.h"

#include "core/training/window_run.h"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <mutex>
#include <thread>

namespace chronograd {

Eigen::Vector2d WeightPlane::coordinatesOf(const Vector& weights) const
{
    const Vector from = weights - origin;
    return {from.dot(first), from.dot(second)};
}

std::optional<WeightPlane> planeOfWeights(const Network& network, const Vector& weights,
                                          const WeightPlace& first, const WeightPlace& second)
{
    const auto elementOf = [&](const WeightPlace& place) -> std::optional<Eigen::Index> {
        const auto& views = network.parameters().views();
        if (place.parameter < 0 || static_cast<std::size_t>(place.parameter) >= views.size()) {
            return std::nullopt;
        }
        const ParameterView& view = views[static_cast<std::size_t>(place.parameter)];
        const bool isThere =
            place.row >= 0 && place.row < view.rows && place.column >= 0 && place.column < view.columns;
        return isThere ? std::optional(static_cast<Eigen::Index>(view.at(place.row, place.column)))
                       : std::nullopt;
    };
    const auto a = elementOf(first);
    const auto b = elementOf(second);
    if (!a || !b || *a == *b) {
        return std::nullopt;
    }
    WeightPlane plane{weights, Vector::Zero(weights.size()), Vector::Zero(weights.size())};
    plane.origin[*a] = 0.0;
    plane.origin[*b] = 0.0;
    plane.first[*a] = 1.0;
    plane.second[*b] = 1.0;
    return plane;
}

/// The principal components of k points in n dimensions (k ≪ n) from the k × k products of the points.
std::optional<WeightPlane> planeOfPath(std::span<const Vector> path)
{
    if (path.size() < 3) {
        return std::nullopt;
    }
    const auto points = static_cast<Eigen::Index>(path.size());
    Matrix centred(path.front().size(), points);
    for (Eigen::Index i = 0; i < points; ++i) {
        centred.col(i) = path[static_cast<std::size_t>(i)];
    }
    const Vector mean = centred.rowwise().mean();
    centred.colwise() -= mean;
    const Eigen::SelfAdjointEigenSolver<Matrix> solver(centred.transpose() * centred); // ascending
    WeightPlane plane{path.back(), centred * solver.eigenvectors().col(points - 1),
                      centred * solver.eigenvectors().col(points - 2)};
    const double least = 1e-9 * (1.0 + path.back().norm());
    if (!(plane.first.norm() > least) || !(plane.second.norm() > least)) {
        return std::nullopt;
    }
    plane.first.normalize();
    plane.second.normalize();
    if (plane.first.dot(path.back() - path.front()) < 0.0) {
        plane.first = -plane.first; // the path goes from left to right
    }
    return plane;
}

namespace {

double between(double from, double to, Eigen::Index place, Eigen::Index count)
{
    return count > 1 ? from + (to - from) * static_cast<double>(place) / static_cast<double>(count - 1)
                     : from;
}

} // namespace

double Landscape::first(Eigen::Index column) const
{
    return between(fromFirst, toFirst, column, losses.cols());
}

double Landscape::second(Eigen::Index row) const
{
    return between(fromSecond, toSecond, row, losses.rows());
}

struct LandscapeJob::Work
{
    std::vector<Frame> batch;
    mutable std::mutex mutex;
    Landscape landscape; ///< Guarded.
    std::atomic<std::int64_t> done = 0;
    std::atomic<bool> isOver = false;
    std::jthread thread; ///< Last: it uses all of the above.

    void run(const std::stop_token& stop);
};

void LandscapeJob::Work::run(const std::stop_token& stop)
{
    WindowRun window(batch);
    const WeightPlane plane = landscape.plane; // nobody else writes to it
    const Eigen::Index rows = landscape.losses.rows();
    const Eigen::Index columns = landscape.losses.cols();
    Eigen::RowVectorXd losses(columns);
    for (Eigen::Index i = 0; i < rows; ++i) {
        const Eigen::Index away = (i + 1) / 2;
        const Eigen::Index row = (rows - 1) / 2 + (i % 2 == 0 ? -away : away);
        const Vector start = plane.origin + landscape.second(row) * plane.second;
        for (Eigen::Index column = 0; column < columns && !stop.stop_requested(); ++column) {
            losses[column] = window.loss(start + landscape.first(column) * plane.first);
            ++done;
        }
        if (stop.stop_requested()) {
            break;
        }
        const std::lock_guard lock(mutex);
        landscape.losses.row(row) = losses;
    }
    isOver = true;
}

LandscapeJob::LandscapeJob(std::vector<Frame> batch, Landscape wanted)
    : m_work(std::make_unique<Work>())
{
    m_work->batch = std::move(batch);
    m_work->landscape = std::move(wanted);
    m_work->landscape.losses.setConstant(std::numeric_limits<double>::quiet_NaN());
    m_work->thread = std::jthread([work = m_work.get()](const std::stop_token& stop) { work->run(stop); });
}

LandscapeJob::~LandscapeJob() = default;

void LandscapeJob::cancel()
{
    m_work->thread.request_stop();
}

bool LandscapeJob::isOver() const
{
    return m_work->isOver;
}

double LandscapeJob::progress() const
{
    return static_cast<double>(m_work->done) /
           static_cast<double>(std::max<Eigen::Index>(1, m_work->landscape.losses.size()));
}

Landscape LandscapeJob::landscape() const
{
    const std::lock_guard lock(m_work->mutex);
    return m_work->landscape;
}

} // namespace chronograd
