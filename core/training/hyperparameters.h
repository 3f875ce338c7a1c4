#pragma once

#include <cstdint>
#include <optional>

namespace chronograd {

/// A number of time steps, or "n": as many as the sequence has.
class StepCount
{
public:
    StepCount() = default;
    explicit StepCount(std::int64_t steps)
        : m_steps(steps)
    {}
    static StepCount wholeSequence() { return StepCount(0); }

    bool isWholeSequence() const { return m_steps == 0; }
    /// The count for a sequence of this length: a number stays itself, even beyond the length.
    std::int64_t in(std::int64_t sequenceLength) const { return m_steps == 0 ? sequenceLength : m_steps; }
    std::int64_t number() const { return m_steps; } ///< 0 for the whole sequence.

    bool operator==(const StepCount&) const = default;

private:
    std::int64_t m_steps = 1;
};

enum class Loss : std::uint8_t
{
    HalfSquaredError,   ///< ½ Σ (y−d)²
    SquaredError,       ///< Σ (y−d)²
    MeanSquaredError,   ///< mean over the outputs of (y−d)²
    AbsoluteError,      ///< Σ |y−d|, derivative 0 at 0
    CrossEntropy,       ///< −Σ d ln y, softmax output only
    BinaryCrossEntropy, ///< −Σ [d ln y + (1−d) ln(1−y)], sigmoid output only
    Logistic,           ///< Σ ln(1 + e^(−d·y)), d = ±1
};

enum class Reduction : std::uint8_t
{
    Mean, ///< L = Σ losses / number of injected steps with a target.
    Sum,
};

/// Whose losses enter an update.
enum class Injection : std::uint8_t
{
    Recent, ///< The steps since the last update (Williams & Peng 1990).
    Window, ///< Every step of the window.
    Last,   ///< Step t alone.
};

enum class History : std::uint8_t
{
    Stored,     ///< The values as they were computed then, with the weights of then.
    Recomputed, ///< The window run again with the current weights from the state at its cut.
};

enum class WindowRule : std::uint8_t
{
    Partial, ///< An update is due every k1 steps and at the end.
    Full,    ///< … but not before k2 steps have been seen.
};

enum class StateRule : std::uint8_t
{
    Reset, ///< Every sequence starts from zeros.
    Carry, ///< A sequence starts from the state at the end of the one before.
};

enum class Optimizer : std::uint8_t
{
    Sgd,      ///< v ← γv − αg, Δw = v
    Nesterov, ///< v ← γv − αg, Δw = γv − αg
    Rmsprop,
    Adam,
};

/// Does the optimizer divide by the size that gradients had lately?
inline bool keepsSquares(Optimizer optimizer)
{
    return optimizer == Optimizer::Rmsprop || optimizer == Optimizer::Adam;
}

/// The settings an update is computed with. All may be changed while training; they are read once, at its
/// start.
struct Hyperparameters
{
    StepCount k1{5};  ///< Forward steps between updates.
    StepCount k2{20}; ///< Steps back-propagated through.
    double learningRate = 0.05;
    double momentum = 0.9;
    Loss loss = Loss::HalfSquaredError;
    Reduction reduction = Reduction::Mean;
    Injection injection = Injection::Recent;
    History history = History::Stored;
    WindowRule window = WindowRule::Partial;
    Optimizer optimizer = Optimizer::Sgd;
    std::optional<double> clipNorm; ///< Greatest Euclidean norm of the whole gradient; absent: no clipping.
    StateRule state = StateRule::Reset; ///< In force from the next epoch on.
    std::optional<std::int64_t>
        chunk;             ///< Cut sequences into chunks of this many steps; from the next epoch on.
    double decay = 0.99;   ///< rmsprop; fixed for a run
    double epsilon = 1e-8; ///< rmsprop, adam; fixed for a run
    double beta1 = 0.9;    ///< adam; fixed for a run
    double beta2 = 0.999;  ///< adam; fixed for a run

    bool operator==(const Hyperparameters&) const = default;
};

} // namespace chronograd
