#include "core/analysis/jacobians.h"

#include "core/analysis/carried_state.h"
#include "core/analysis/tangents.h"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace chronograd {

namespace {

/// √ of the greatest eigenvalue of AᵀA.
double spectralNorm(const Matrix& matrix)
{
    const Matrix square = matrix.transpose() * matrix;
    if (!square.allFinite()) {
        return std::numeric_limits<double>::infinity();
    }
    const Eigen::SelfAdjointEigenSolver<Matrix> solver(square, Eigen::EigenvaluesOnly);
    return std::sqrt(std::max(0.0, solver.eigenvalues().maxCoeff()));
}

/// Tangents along every unit of the state that a step reads.
class StateTangents
{
public:
    explicit StateTangents(const Frame& frame)
        : m_carried(carriedSlots(*frame.network))
        , m_units(carriedUnits(*frame.network))
        , m_tangents(frame, m_units)
    {
        Eigen::Index first = 0;
        for (const SlotId slot : m_carried) {
            const Eigen::Index rows = m_tangents.before(slot).rows();
            m_tangents.before(slot).middleCols(first, rows).setIdentity();
            first += rows;
        }
    }

    Matrix jacobianAt(std::int64_t t)
    {
        m_tangents.step(t, false);
        Matrix jacobian(m_units, m_units);
        Eigen::Index first = 0;
        for (const SlotId slot : m_carried) {
            const Matrix& rows = m_tangents.now(slot);
            jacobian.middleRows(first, rows.rows()) = rows;
            first += rows.rows();
        }
        return jacobian;
    }

private:
    std::vector<SlotId> m_carried;
    Eigen::Index m_units;
    Tangents m_tangents;
};

} // namespace

Matrix jacobianAt(const Frame& frame, std::int64_t t)
{
    return StateTangents(frame).jacobianAt(t);
}

std::optional<JacobianChain> jacobianChainOf(const Frame& frame)
{
    const int units = carriedUnits(*frame.network);
    if (!frame.updateDone || units == 0 || units > mostJacobianUnits || frame.network->needsWholeSequence()) {
        return std::nullopt;
    }
    const std::int64_t last = std::min(frame.window.to, frame.lastStep);
    const std::int64_t first =
        std::max({frame.window.from + 1, frame.firstStep, last - mostJacobianSteps + 1});
    JacobianChain chain;
    chain.firstStep = first;
    Matrix product = Matrix::Identity(units, units);
    StateTangents tangents(frame);
    for (std::int64_t t = last; t >= first; --t) {
        const Matrix jacobian = tangents.jacobianAt(t);
        product = product * jacobian;
        chain.norms.push_back(spectralNorm(jacobian));
        chain.products.push_back(spectralNorm(product));
    }
    std::ranges::reverse(chain.norms);
    std::ranges::reverse(chain.products);
    return chain;
}

} // namespace chronograd
