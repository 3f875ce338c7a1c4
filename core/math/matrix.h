#pragma once

#include <Eigen/Core>

namespace chronograd {

/// Column-major, double; a weight matrix is (receiving units × sending units), a history is (units × steps).
using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

} // namespace chronograd
