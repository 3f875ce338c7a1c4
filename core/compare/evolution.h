#pragma once

#include "core/math/random.h"
#include "core/tasks/dataset.h"
#include "core/training/hyperparameters.h"
#include "core/training/sequence_view.h"
#include "core/unfold/unfolding.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace chronograd {

/// Trains a network without a gradient: a (μ/μ_w, λ) evolution strategy with cumulative step-size adaptation
/// on the flat vector of the trainable parameters, the same in all directions (Hansen, Arnold & Auger 2015,
/// "Evolution Strategies", algorithm 4; its default numbers).
///
/// A generation: λ children m + σ z_i, z_i ~ N(0, 1), each run forward over the same few sequences. The μ
/// best, the best with the greatest weight, make the next m; σ grows while steps go the same way and shrinks
/// while they undo each other:
///   m ← m + σ Σ w_i z_(i),   p ← (1−c) p + √(c(2−c) μ_w) Σ w_i z_(i),   σ ← σ exp(c/d (‖p‖/E‖N(0,1)‖ − 1))
///
/// What it minimises is the loss of the same experiment: the mean over the sequences of their L. What it
/// costs is counted in time steps run forward.
class Evolution
{
public:
    struct Options
    {
        std::uint64_t seed = 1;
        double stepSize = 0.1; ///< σ of the first generation.
        /// A child is run over so many sequences, in turn through the training part, that they have at least
        /// as many time steps.
        std::int64_t stepsPerChild = 100;
    };

    /// `start`: the first m. Of `settings`, the loss, its reduction and the rule for the state count.
    Evolution(std::shared_ptr<const Network> network, std::shared_ptr<const Dataset> data, Vector start,
              const Hyperparameters& settings, const Options& options);

    /// Runs one child. True: it was the last of its generation, which is now counted.
    bool runChild();

    std::int64_t generations() const { return m_generations; }
    std::int64_t stepsDone() const { return m_stepsDone; } ///< Time steps run forward.
    std::int64_t children() const { return static_cast<std::int64_t>(m_children.size()); } ///< λ
    double loss() const { return m_loss; } ///< Of the best child of the last generation.
    double stepSize() const { return m_stepSize; }
    const Vector& weights() const { return m_weights; } ///< m

    /// The mean over all training sequences of their L with these weights; not counted in stepsDone().
    double trainingLoss(const Vector& weights);

private:
    struct Child
    {
        Vector steps; ///< z
        double loss = 0.0;
    };

    void beginGeneration();
    void endGeneration();
    double lossOver(const Vector& weights, std::size_t firstSequence, std::size_t count);
    void move(const Vector& direction, double length, Vector& weights) const;

    std::shared_ptr<const Dataset> m_data;
    Hyperparameters m_settings;
    Options m_options;
    Unfolding m_unfolding;
    Random m_random;
    std::vector<Eigen::Index> m_trainable; ///< Places in the flat vector, padding left out.
    Vector m_weights;
    Vector m_candidate;

    std::vector<double> m_recombination; ///< w_i of the μ best.
    double m_effectiveParents = 1.0;     ///< μ_w
    double m_cumulation = 1.0;           ///< c
    double m_damping = 1.0;              ///< d
    double m_expectedLength = 1.0;       ///< E‖N(0, 1)‖
    double m_stepSize;
    Vector m_path; ///< p

    std::vector<Child> m_children;
    std::size_t m_nextChild = 0;
    std::size_t m_firstSequence = 0; ///< Of those of this generation …
    std::size_t m_sequences = 0;     ///< … and their number.
    std::int64_t m_generations = 0;
    std::int64_t m_stepsDone = 0;
    double m_loss = 0.0;
};

} // namespace chronograd
