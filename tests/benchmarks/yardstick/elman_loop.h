#pragma once

#include "tests/benchmarks/yardstick/matrix_loops.h"
#include "tests/benchmarks/yardstick/yardstick.h"

#include <cstdlib>
#include <cstring>

namespace yardstick::YARDSTICK_SET {

class Numbers
{
public:
    explicit Numbers(long size)
        : m_first(static_cast<double*>(std::aligned_alloc(64, bytes(size))))
    {
        std::memset(m_first, 0, bytes(size));
    }
    ~Numbers() { std::free(m_first); }
    Numbers(const Numbers&) = delete;
    Numbers& operator=(const Numbers&) = delete;
    operator double*() { return m_first; }

private:
    static std::size_t bytes(long size) { return (static_cast<std::size_t>(size) * 8 + 127) / 64 * 64; }
    double* m_first;
};

/// H units, I inputs and outputs. The history is a buffer that is moved back to its start when it is full.
template<int H, int I>
class ElmanLoop : public Loop
{
    static constexpr int V = H < YARDSTICK_LANES ? (H >= 4 ? 4 : 2) : YARDSTICK_LANES;
    static constexpr int vectors = H / V;
    static constexpr int VO = I < V ? I : V;
    static constexpr int IX = I + 1; ///< Inputs and the 1 of the bias.
    using D = Lanes<V>;

public:
    explicit ElmanLoop(const Problem& problem)
        : p(problem)
        , k1(p.k1)
        , k2(p.k2)
        , capacity((2 * k2 + k1 > k2 + 8 * k1 ? 2 * k2 + k1 : k2 + 8 * k1) + k1)
        , hiddens(long{H} * (capacity + 1))
        , deltas(long{H} * capacity)
        , nets(long{H} * k1)
        , outputDeltas(long{H} * k1)
        , inputs(long{IX} * capacity)
        , errors(long{I} * k1)
    {
        for (int i = 0; i < H; ++i) {
            for (int j = 0; j < H; ++j)
                wh[j * H + i] = p.recurrentWeights[static_cast<std::size_t>(i * H + j)];
            for (int j = 0; j < I; ++j)
                wx[j * H + i] = p.inputWeights[static_cast<std::size_t>(i * I + j)];
            for (int o = 0; o < I; ++o)
                wyT[o * H + i] = p.outputWeights[static_cast<std::size_t>(o * H + i)];
        }
        copyWeights();
    }

    double run(long steps) override
    {
        double loss = 0.0;
        for (long done = 0; done < steps; done += k1) {
            makeRoom();
            readInputs();
            forward();
            loss += compare();
            position += k1;
            t += k1;
            const long length = k2 < t ? (k2 < position ? k2 : position) : (t < position ? t : position);
            backward(position - length);
            updateWeights(position - length, static_cast<int>(length));
        }
        return loss;
    }

private:
    void copyWeights()
    {
        if (k2 > 1)
            transpose<V, H, H>(wh, whT);
        if constexpr (I >= 8)
            if (k1 > 1)
                transpose<VO, H, I>(wyT, wy);
    }
    void makeRoom()
    {
        if (position + k1 <= capacity)
            return;
        const long wanted = k2 > k1 ? k2 - k1 : 0;
        const long keep = wanted < position ? wanted : position;
        const auto size = [](long n) { return static_cast<std::size_t>(n) * sizeof(double); };
        std::memmove(hiddens, hiddens + (position - keep) * H, size(H * (keep + 1)));
        std::memmove(inputs, inputs + (position - keep) * IX, size(IX * keep));
        position = keep;
    }
    void readInputs()
    {
        long row = t % Problem::steps;
        for (int c = 0; c < k1; ++c) {
            double* x = inputs + (position + c) * IX;
            for (int i = 0; i < I; ++i)
                x[i] = p.series[static_cast<std::size_t>(row * I + i)];
            x[I] = 1.0;
            row = row + 1 == Problem::steps ? 0 : row + 1;
        }
    }
    void forward()
    {
        if constexpr (I > 4)
            product<V, H>(wx, H, inputs + position * IX, IX, IX, nets, H, k1);
        for (int c = 0; c < k1; ++c) {
            Array<D, vectors> a;
            const double* x = inputs + (position + c) * IX;
            if constexpr (I > 4) {
                for (int r = 0; r < vectors; ++r)
                    a[r] = load<V>(nets + c * H + r * V);
            } else {
                for (int r = 0; r < vectors; ++r)
                    a[r] = load<V>(wx + I * H + r * V);
                for (int i = 0; i < I; ++i) {
                    const D factor = splat<V>(x[i]);
                    for (int r = 0; r < vectors; ++r)
                        a[r] += load<V>(wx + i * H + r * V) * factor;
                }
            }
            addProduct<V, H>(wh, hiddens + (position + c) * H, a);
            double* h = hiddens + (position + c + 1) * H;
            for (int r = 0; r < vectors; ++r)
                store<V>(h + r * V, tanhOf<V>(a[r]));
        }
    }
    /// errors = W_y h + b − target; their loss.
    double compare()
    {
        const double* newest = hiddens + (position + 1) * H;
        if constexpr (I >= 8) {
            if (k1 > 1) {
                product<VO, I>(wy, I, newest, H, H, errors, I, k1);
            } else {
                multiplyByDots(newest);
            }
        } else {
            multiplyByDots(newest);
        }
        double loss = 0.0;
        long row = t % Problem::steps;
        for (int c = 0; c < k1; ++c) {
            const double* target = &p.targets[static_cast<std::size_t>(row * I)];
            double* d = errors + c * I;
            for (int o = 0; o < I; ++o) {
                d[o] += by[o] - target[o];
                loss += d[o] * d[o];
            }
            row = row + 1 == Problem::steps ? 0 : row + 1;
        }
        if constexpr (I > 4)
            product<V, H>(wyT, H, errors, I, I, outputDeltas, H, k1);
        return 0.5 * loss;
    }
    void multiplyByDots(const double* newest)
    {
        for (int c = 0; c < k1; ++c)
            for (int o = 0; o < I; ++o) {
                D s0 = splat<V>(0.0);
                D s1 = s0;
                for (int r = 0; r + 1 < vectors; r += 2) {
                    s0 += load<V>(wyT + o * H + r * V) * load<V>(newest + c * H + r * V);
                    s1 += load<V>(wyT + o * H + (r + 1) * V) * load<V>(newest + c * H + (r + 1) * V);
                }
                if constexpr (vectors % 2 == 1)
                    s0 += load<V>(wyT + o * H + (vectors - 1) * V) *
                          load<V>(newest + c * H + (vectors - 1) * V);
                errors[c * I + o] = sum<V>(s0 + s1);
            }
    }
    void backward(long first)
    {
        for (long s = position - 1; s >= first; --s) {
            const long c = s - (position - k1);
            Array<D, vectors> a;
            for (int r = 0; r < vectors; ++r)
                a[r] = splat<V>(0.0);
            if (c >= 0) {
                if constexpr (I > 4) {
                    for (int r = 0; r < vectors; ++r)
                        a[r] = load<V>(outputDeltas + c * H + r * V);
                } else {
                    for (int o = 0; o < I; ++o) {
                        const D factor = splat<V>(errors[c * I + o]);
                        for (int r = 0; r < vectors; ++r)
                            a[r] += load<V>(wyT + o * H + r * V) * factor;
                    }
                }
            }
            if (s < position - 1)
                addProduct<V, H>(whT, deltas + (s + 1) * H, a);
            const double* h = hiddens + (s + 1) * H;
            for (int r = 0; r < vectors; ++r) {
                const D y = load<V>(h + r * V);
                store<V>(deltas + s * H + r * V, a[r] - a[r] * y * y);
            }
        }
    }
    void updateWeights(long first, int length)
    {
        const double rate = p.learningRate;
        update<V, H>(deltas + first * H, H, hiddens + first * H, H, length, wh, vh, H, rate);
        update<V, H>(deltas + first * H, H, inputs + first * IX, IX, length, wx, vx, IX, rate);
        update<V, H>(hiddens + (position - k1 + 1) * H, H, errors, I, k1, wyT, vyT, I, rate);
        for (int o = 0; o < I; ++o) {
            double gradient = 0.0;
            for (int c = 0; c < k1; ++c)
                gradient += errors[c * I + o];
            vby[o] = Problem::momentum * vby[o] + gradient;
            by[o] -= rate * vby[o];
        }
        copyWeights();
    }

    const Problem& p;
    const int k1;
    const int k2;
    const int capacity; ///< Steps of history.
    long t = 0;
    long position = 0; ///< Of the next step in the history.
    Numbers wh{H * H}, vh{H * H}, whT{H * H}, wx{H * IX}, vx{H * IX};
    Numbers wyT{H * I}, vyT{H * I}, wy{H * I}, by{I}, vby{I};
    Numbers hiddens, deltas, nets, outputDeltas, inputs, errors;
};

template<int H>
std::unique_ptr<Loop> makeElmanLoopOf(const Problem& problem)
{
    if (problem.inputs == 1)
        return std::make_unique<ElmanLoop<H, 1>>(problem);
    if (problem.inputs == 16)
        return std::make_unique<ElmanLoop<H, 16>>(problem);
    return nullptr;
}

inline std::unique_ptr<Loop> makeElmanLoop(const Problem& problem)
{
    switch (problem.hidden) {
    case 4:
        return makeElmanLoopOf<4>(problem);
    case 8:
        return makeElmanLoopOf<8>(problem);
    case 16:
        return makeElmanLoopOf<16>(problem);
    case 32:
        return makeElmanLoopOf<32>(problem);
    case 64:
        return makeElmanLoopOf<64>(problem);
    case 128:
        return makeElmanLoopOf<128>(problem);
    default:
        return nullptr;
    }
}

} // namespace yardstick::YARDSTICK_SET
