#pragma once

#include "core/analysis/error_curve.h"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace chronograd {

/// A plane through the space of weights: origin + a · first + b · second.
struct WeightPlane
{
    Vector origin;
    Vector first; ///< Of length 1; for weights of their own the unit vector of each.
    Vector second;

    /// a, b of the point of the plane nearest to these weights.
    Eigen::Vector2d coordinatesOf(const Vector& weights) const;
};

/// Through these weights, along two of them; a and b are the weights' own values. Absent: no such weights, or
/// twice the same.
std::optional<WeightPlane> planeOfWeights(const Network& network, const Vector& weights,
                                          const WeightPlace& first, const WeightPlace& second);

/// Through the newest point of a path, along the two directions in which the path goes farthest (its
/// principal components). Absent where it does not span a plane.
std::optional<WeightPlane> planeOfPath(std::span<const Vector> path);

/// The loss over a stretch of a plane.
struct Landscape
{
    WeightPlane plane;
    double fromFirst = -1.0;
    double toFirst = 1.0;
    double fromSecond = -1.0;
    double toSecond = 1.0;
    Matrix losses; ///< Points of `second` × points of `first`, at equal distances; NaN: not computed yet.

    double first(Eigen::Index column) const;
    double second(Eigen::Index row) const;
};

/// Computes a landscape in a thread of its own, row by row from the middle outwards. It is of L of the window
/// of the frames' update, run again from the state at its cut. Destruction cancels.
class LandscapeJob
{
public:
    /// `wanted` says where and with how many points. Precondition: an update is done and the frames hold its
    /// window.
    LandscapeJob(std::vector<Frame> batch, Landscape wanted);
    ~LandscapeJob();
    LandscapeJob(const LandscapeJob&) = delete;
    LandscapeJob& operator=(const LandscapeJob&) = delete;

    void cancel();
    bool isOver() const;     ///< Finished or cancelled.
    double progress() const; ///< 0 … 1
    /// As far as it is computed.
    Landscape landscape() const;

private:
    struct Work;
    std::unique_ptr<Work> m_work;
};

} // namespace chronograd
