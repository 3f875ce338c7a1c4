// Eigen of its own for each instruction set: copies compiled with other flags must not be mixed by the
// linker.
#define EIGEN_NAMESPACE_OF_SET2(set) Eigen_##set
#define EIGEN_NAMESPACE_OF_SET(set) EIGEN_NAMESPACE_OF_SET2(set)
#define Eigen EIGEN_NAMESPACE_OF_SET(YARDSTICK_SET)
#include <Eigen/Core>

#include "tests/benchmarks/measure.h"
#include "tests/benchmarks/yardstick/gated.h"
#include "tests/benchmarks/yardstick/vector_math.h"

namespace yardstick::YARDSTICK_SET {

inline constexpr int H = 32;
using Unit = Eigen::Matrix<double, H, 1>;
using Units = Eigen::Matrix<double, H, Eigen::Dynamic>;
template<int Gates>
using Stacked = Eigen::Matrix<double, Gates * H, Eigen::Dynamic>;
using Row = Eigen::Matrix<double, 1, Eigen::Dynamic>;

YARDSTICK_INLINE void tanhInPlace(double* x, int size)
{
    constexpr int V = YARDSTICK_LANES;
    for (int i = 0; i < size; i += V)
        store<V>(x + i, tanhOf<V>(load<V>(x + i)));
}
/// σ(x) = ½ + ½ tanh(½x)
YARDSTICK_INLINE void sigmoidInPlace(double* x, int size)
{
    constexpr int V = YARDSTICK_LANES;
    for (int i = 0; i < size; i += V)
        store<V>(x + i, tanhOf<V>(load<V>(x + i) * 0.5) * 0.5 + 0.5);
}

template<typename Matrix>
struct Trained
{
    Matrix value;
    Matrix velocity = Matrix::Zero();
    Matrix gradient;

    void step(double rate)
    {
        velocity = Problem::momentum * velocity + gradient;
        value -= rate * velocity;
    }
};

/// What both cells share: history, output, updates. The history is moved back to its start when it is full.
template<typename Cell, int Gates>
class GatedLoop : public Loop
{
public:
    explicit GatedLoop(const Problem& problem)
        : p(problem)
        , capacity(problem.k2 + 8 * problem.k1 + problem.k2)
        , x(capacity)
        , h(H, capacity + 1)
        , gates(Gates * H, capacity)
        , netDeltas(Gates * H, capacity)
        , errors(problem.k1)
    {
        h.setZero();
        for (int i = 0; i < Gates * H; ++i) {
            wx.value(i) = p.inputWeights[static_cast<std::size_t>(i)];
            for (int j = 0; j < H; ++j)
                wh.value(i, j) = p.recurrentWeights[static_cast<std::size_t>(i * H + j)];
        }
        for (int i = 0; i < H; ++i)
            wy.value(i) = p.outputWeights[static_cast<std::size_t>(i)];
        b.value.setZero();
        whT = wh.value.transpose();
    }

    double run(long steps) override
    {
        Cell& cell = static_cast<Cell&>(*this);
        double loss = 0.0;
        for (long done = 0; done < steps; done += p.k1) {
            makeRoom();
            for (int c = 0; c < p.k1; ++c, ++position, ++t) {
                const auto row = static_cast<std::size_t>(t % Problem::steps);
                x(position) = p.series[row];
                cell.forward(position);
                errors(c) = wy.value.dot(h.col(position + 1)) + by - p.targets[row];
                loss += 0.5 * errors(c) * errors(c);
            }
            const long length = std::min<long>({p.k2, t, position});
            const long first = position - length;
            cell.beginBackward();
            for (long s = position - 1; s >= first; --s)
                cell.backward(s);
            cell.gradient(first, length);
            wx.gradient.noalias() =
                netDeltas.middleCols(first, length) * x.segment(first, length).transpose();
            b.gradient = netDeltas.middleCols(first, length).rowwise().sum();
            wy.gradient.noalias() = h.middleCols(position - p.k1 + 1, p.k1) * errors.transpose();
            byVelocity = Problem::momentum * byVelocity + errors.sum();
            by -= p.learningRate * byVelocity;
            wx.step(p.learningRate);
            wh.step(p.learningRate);
            b.step(p.learningRate);
            wy.step(p.learningRate);
            cell.stepOwn();
            whT = wh.value.transpose();
        }
        return loss;
    }

protected:
    /// ∂L/∂h_s: what the output of step s and the step after bring.
    Unit arriving(long s, const Eigen::Matrix<double, Gates * H, 1>& recurrentDelta, bool isLast) const
    {
        const long c = s - (position - p.k1);
        Unit delta = Unit::Zero();
        if (c >= 0)
            delta = wy.value * errors(c);
        if (!isLast)
            delta.noalias() += whT * recurrentDelta;
        return delta;
    }
    bool isLast(long s) const { return s == position - 1; }

private:
    void makeRoom()
    {
        if (position + p.k1 <= capacity)
            return;
        const long keep = std::min<long>(p.k2 > p.k1 ? p.k2 - p.k1 : 0, position);
        const long from = position - keep;
        const auto moveBack = [&](auto& columns, long count) {
            for (long i = 0; i < count; ++i)
                columns.col(i) = columns.col(from + i);
        };
        moveBack(h, keep + 1);
        moveBack(gates, keep);
        moveBack(x, keep);
        static_cast<Cell&>(*this).moveOwn(moveBack, keep);
        position = keep;
    }

protected:
    const Problem& p;
    const long capacity; ///< Steps of history.
    long t = 0;
    long position = 0; ///< Of the next step in the history.
    Row x;
    Units h; ///< Column s + 1 belongs to step s.
    Stacked<Gates> gates;
    Stacked<Gates> netDeltas;
    Row errors;
    Trained<Eigen::Matrix<double, Gates * H, 1>> wx, b;
    Trained<Eigen::Matrix<double, Gates * H, H>> wh;
    Eigen::Matrix<double, H, Gates * H> whT;
    Trained<Unit> wy;
    double by = 0.0;
    double byVelocity = 0.0;
};

class LstmLoop : public GatedLoop<LstmLoop, 4>
{
public:
    explicit LstmLoop(const Problem& problem)
        : GatedLoop(problem)
        , cells(Units::Zero(H, capacity + 1))
        , squashed(H, capacity)
    {}

    void forward(long s)
    {
        auto z = gates.col(s);
        z = wx.value * x(s) + b.value;
        z.noalias() += wh.value * h.col(s);
        sigmoidInPlace(z.data(), 2 * H);
        tanhInPlace(z.data() + 2 * H, H);
        sigmoidInPlace(z.data() + 3 * H, H);
        const auto a = z.array();
        cells.col(s + 1) = a.template segment<H>(H) * cells.col(s).array() +
                           a.template segment<H>(0) * a.template segment<H>(2 * H);
        squashed.col(s) = cells.col(s + 1);
        tanhInPlace(squashed.col(s).data(), H);
        h.col(s + 1) = a.template segment<H>(3 * H) * squashed.col(s).array();
    }
    void beginBackward() { cellDelta.setZero(); }
    void backward(long s)
    {
        const Unit delta = arriving(s, netDeltas.col(isLast(s) ? s : s + 1), isLast(s));
        const auto a = gates.col(s).array();
        const auto i = a.template segment<H>(0);
        const auto f = a.template segment<H>(H);
        const auto g = a.template segment<H>(2 * H);
        const auto o = a.template segment<H>(3 * H);
        const auto tc = squashed.col(s).array();
        cellDelta.array() += delta.array() * o * (1.0 - tc * tc);
        auto d = netDeltas.col(s).array();
        d.template segment<H>(0) = cellDelta.array() * g * i * (1.0 - i);
        d.template segment<H>(H) = cellDelta.array() * cells.col(s).array() * f * (1.0 - f);
        d.template segment<H>(2 * H) = cellDelta.array() * i * (1.0 - g * g);
        d.template segment<H>(3 * H) = delta.array() * tc * o * (1.0 - o);
        cellDelta.array() *= f;
    }
    void gradient(long first, long length)
    {
        wh.gradient.noalias() = netDeltas.middleCols(first, length) * h.middleCols(first, length).transpose();
    }
    void stepOwn() {}
    template<typename MoveBack>
    void moveOwn(const MoveBack& moveBack, long keep)
    {
        moveBack(cells, keep + 1);
        moveBack(squashed, keep);
    }

private:
    Units cells; ///< Column s + 1 belongs to step s.
    Units squashed;
    Unit cellDelta;
};

class GruLoop : public GatedLoop<GruLoop, 3>
{
public:
    explicit GruLoop(const Problem& problem)
        : GatedLoop(problem)
        , recurrent(H, capacity)
        , recurrentDeltas(3 * H, capacity)
    {
        bn.value.setZero();
    }

    void forward(long s)
    {
        auto z = gates.col(s);
        z = wx.value * x(s) + b.value;
        Eigen::Matrix<double, 3 * H, 1> product;
        product.noalias() = wh.value * h.col(s);
        z.template head<2 * H>() += product.template head<2 * H>();
        recurrent.col(s) = product.template tail<H>() + bn.value;
        sigmoidInPlace(z.data(), 2 * H);
        auto a = z.array();
        a.template segment<H>(2 * H) += a.template segment<H>(0) * recurrent.col(s).array();
        tanhInPlace(z.data() + 2 * H, H);
        h.col(s + 1) = (1.0 - a.template segment<H>(H)) * a.template segment<H>(2 * H) +
                       a.template segment<H>(H) * h.col(s).array();
    }
    void beginBackward() { carried.setZero(); }
    void backward(long s)
    {
        const Unit delta = carried + arriving(s, recurrentDeltas.col(isLast(s) ? s : s + 1), isLast(s));
        const auto a = gates.col(s).array();
        const auto r = a.template segment<H>(0);
        const auto z = a.template segment<H>(H);
        const auto n = a.template segment<H>(2 * H);
        auto d = netDeltas.col(s).array();
        d.template segment<H>(2 * H) = delta.array() * (1.0 - z) * (1.0 - n * n);
        d.template segment<H>(H) = delta.array() * (h.col(s).array() - n) * z * (1.0 - z);
        d.template segment<H>(0) = d.template segment<H>(2 * H) * recurrent.col(s).array() * r * (1.0 - r);
        auto back = recurrentDeltas.col(s).array();
        back.template head<2 * H>() = d.template head<2 * H>();
        back.template tail<H>() = d.template tail<H>() * r;
        carried.array() = delta.array() * z;
    }
    void gradient(long first, long length)
    {
        wh.gradient.noalias() =
            recurrentDeltas.middleCols(first, length) * h.middleCols(first, length).transpose();
        bn.gradient = recurrentDeltas.middleCols(first, length).template bottomRows<H>().rowwise().sum();
    }
    void stepOwn() { bn.step(p.learningRate); }
    template<typename MoveBack>
    void moveOwn(const MoveBack& moveBack, long keep)
    {
        moveBack(recurrent, keep);
    }

private:
    Units recurrent; ///< W_hn h + b_hn
    Stacked<3> recurrentDeltas;
    Trained<Unit> bn;
    Unit carried; ///< What goes back through z.
};

inline std::unique_ptr<Loop> makeGatedLoopOfSet(Gated cell, const Problem& problem)
{
    if (problem.hidden != H || problem.inputs != 1)
        return nullptr;
    if (cell == Gated::Lstm)
        return std::make_unique<LstmLoop>(problem);
    return std::make_unique<GruLoop>(problem);
}

inline double productPeakOfSet(double seconds)
{
    constexpr int size = 192;
    const Eigen::MatrixXd a = Eigen::MatrixXd::Random(size, size);
    const Eigen::MatrixXd b = Eigen::MatrixXd::Random(size, size);
    Eigen::MatrixXd c(size, size);
    return benchmark::rate(seconds, [&] {
        c.noalias() = a * b;
        return 2.0 * size * size * size;
    });
}

} // namespace yardstick::YARDSTICK_SET
