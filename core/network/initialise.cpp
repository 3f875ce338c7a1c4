#include "core/math/random.h"
#include "core/network/parameters.h"

#include <Eigen/QR>

#include <cassert>
#include <cmath>

namespace chronograd {

namespace {

/// W_h, and jordan's W_y: what brings back an earlier time step.
bool isRecurrent(const ParameterView& view)
{
    return view.name.ends_with(".W_h") || view.name.ends_with(".W_y");
}

Matrix uniformMatrix(int rows, int columns, double range, Random& random)
{
    Matrix values(rows, columns);
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column)
            values(row, column) = random.uniform(-range, range);
    }
    return values;
}

/// Q of A = QR with a positive diagonal of R, A of normals: distributed evenly over the orthogonal matrices
/// (Mezzadri 2007). With fewer rows than columns the rows are orthonormal instead: Aᵀ = QR.
Matrix orthogonalMatrix(int rows, int columns, Random& random)
{
    Matrix normals(rows, columns);
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column)
            normals(row, column) = random.normal();
    }
    const bool isWide = rows < columns;
    if (isWide)
        normals.transposeInPlace();
    const Eigen::HouseholderQR<Matrix> decomposition(normals);
    Matrix q = decomposition.householderQ() * Matrix::Identity(normals.rows(), normals.cols());
    for (Eigen::Index column = 0; column < q.cols(); ++column) {
        if (decomposition.matrixQR()(column, column) < 0.0)
            q.col(column) *= -1.0;
    }
    if (isWide)
        q.transposeInPlace();
    return q;
}

Matrix drawMatrix(const InitSpec& init, const ParameterView& view)
{
    Random random(init.seed, view.name);
    const int blockRows = view.rows / view.blocks;
    switch (init.scheme) {
    case InitScheme::Uniform:
        break;
    case InitScheme::Xavier:
        return uniformMatrix(view.rows, view.columns, std::sqrt(6.0 / (view.columns + blockRows)), random);
    case InitScheme::Orthogonal:
        if (isRecurrent(view)) {
            Matrix values(view.rows, view.columns);
            for (int block = 0; block < view.blocks; ++block)
                values.middleRows(block * blockRows, blockRows) =
                    orthogonalMatrix(blockRows, view.columns, random);
            return values;
        }
        break;
    case InitScheme::Identity:
        if (isRecurrent(view)) {
            assert(view.rows == view.columns);
            return Matrix::Identity(view.rows, view.columns);
        }
        break;
    case InitScheme::Zeros:
        return Matrix::Zero(view.rows, view.columns);
    }
    return uniformMatrix(view.rows, view.columns, init.range, random);
}

} // namespace

void initialise(const NetworkSpec& spec, const ParameterLayout& layout, Vector& flat)
{
    flat.setZero(static_cast<Eigen::Index>(layout.size()));
    for (const ParameterView& view : layout.views()) {
        const auto given = spec.weights.find(view.name);
        if (given != spec.weights.end())
            setMatrix(view, flat, given->second);
        else if (!view.isBias)
            setMatrix(view, flat, drawMatrix(spec.init, view));
    }
}

} // namespace chronograd
