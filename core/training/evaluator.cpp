#include "core/training/evaluator.h"

#include "core/training/window_loss.h"

#include <algorithm>

namespace chronograd {

namespace {

std::int64_t longest(const std::vector<Sequence>& sequences)
{
    std::int64_t length = 0;
    for (const Sequence& sequence : sequences) {
        length = std::max(length, sequence.length());
    }
    return length;
}

bool carriesOver(const Hyperparameters& settings)
{
    return settings.state == StateRule::Carry && !settings.chunk;
}

/// A normalisation undone.
double inUnitsOfTheFile(const Dataset& data, std::size_t output, double value)
{
    const Normalisation scale = output < data.outputScale.size() ? data.outputScale[output] : Normalisation{};
    return scale.mean + scale.deviation * value;
}

} // namespace

Evaluator::Evaluator(std::shared_ptr<const Network> network, std::shared_ptr<const Dataset> data)
    : m_data(std::move(data))
    , m_unfolding(std::make_unique<Unfolding>(std::move(network),
                                              std::max(longest(m_data->training), longest(m_data->test))))
{}

void Evaluator::run(const Vector& weights, const SequenceView& sequence)
{
    for (std::int64_t t = 1; t <= sequence.length; ++t) {
        m_unfolding->setInput(t, sequence.input(t));
    }
    m_unfolding->setLengths(std::span(&sequence.length, 1));
    m_unfolding->forward(weights.data(), {1, sequence.length});
}

void Evaluator::continueFrom(const Vector& weights, const TrainedState& trained)
{
    for (SlotId id = 0; id < static_cast<SlotId>(m_unfolding->network().program().slotTable.size()); ++id) {
        m_unfolding->setState(id, trained.unfolding->slot(id).value(trained.column));
    }
    const std::int64_t rest = trained.sequence.length - trained.column;
    for (std::int64_t t = 1; t <= rest; ++t) {
        m_unfolding->setInput(t, trained.sequence.input(trained.column + t));
    }
    if (rest > 0) {
        m_unfolding->forward(weights.data(), {1, rest});
        m_unfolding->carryState(rest);
    }
}

void Evaluator::visit(const Vector& weights, const std::vector<Sequence>& sequences, bool carries,
                      const std::function<void(const SequenceView&, std::int64_t)>& look)
{
    for (const Sequence& each : sequences) {
        const SequenceView sequence{&each, 0, each.length()};
        run(weights, sequence);
        for (std::int64_t step = 1; step <= sequence.length; ++step) {
            if (sequence.hasTarget(step)) {
                look(sequence, step);
            }
        }
        if (carries) {
            m_unfolding->carryState(sequence.length);
        } else {
            m_unfolding->clearState();
        }
    }
}

std::optional<double> Evaluator::testLoss(const Vector& weights, const Hyperparameters& settings,
                                          const TrainedState& trained)
{
    const bool carries = carriesOver(settings);
    m_unfolding->clearState();
    if (carries) {
        continueFrom(weights, trained);
    }
    double sum = 0;
    std::int64_t targets = 0;
    visit(weights, m_data->test, carries, [&](const SequenceView& sequence, std::int64_t step) {
        sum += lossOfStep(*m_unfolding, sequence, settings.loss, step);
        ++targets;
    });
    return targets == 0 ? std::nullopt : std::optional(sum / static_cast<double>(targets));
}

std::optional<Accuracy> Evaluator::accuracy(const Vector& weights, const Hyperparameters& settings,
                                            const TrainedState& trained)
{
    const std::optional<ClassRule> rule = classRule(m_unfolding->network(), settings.loss, *m_data);
    if (!rule) {
        return std::nullopt;
    }
    const bool carries = carriesOver(settings);
    m_unfolding->clearState();
    if (carries && !m_data->test.empty()) {
        continueFrom(weights, trained);
    }
    Accuracy accuracy;
    visit(
        weights, m_data->test.empty() ? m_data->training : m_data->test, carries,
        [&](const SequenceView& sequence, std::int64_t step) {
            const SlotColumns& output = m_unfolding->output();
            const std::span<const double> said{output.value(step), static_cast<std::size_t>(output.units())};
            accuracy.count(isRight(*rule, said, sequence.target(step)));
        });
    return accuracy.steps == 0 ? std::nullopt : std::optional(accuracy);
}

void Evaluator::append(Prediction& prediction, const SequenceView& sequence, std::int64_t firstPoint) const
{
    const auto outputs = static_cast<std::size_t>(m_data->outputs);
    for (std::int64_t t = 1; t <= sequence.length; ++t) {
        const std::int64_t point = firstPoint + t - 1;
        const auto row = static_cast<std::size_t>(sequence.sequence->firstRow + t - 1);
        prediction.x.push_back(row < m_data->times.size() ? m_data->times[row]
                                                          : static_cast<double>(point + 1));
        prediction.hasTarget.push_back(sequence.hasTarget(t) ? 1 : 0);
        for (std::size_t i = 0; i < outputs; ++i) {
            const auto unit = static_cast<Eigen::Index>(i);
            prediction.targets(unit, point) = inUnitsOfTheFile(*m_data, i, sequence.target(t)[i]);
            prediction.outputs(unit, point) = inUnitsOfTheFile(*m_data, i, m_unfolding->output().value(t)[i]);
        }
    }
}

/// Is every target the input of the next step?
bool Evaluator::feedsItself(std::span<const Sequence* const> parts) const
{
    if (m_data->inputs != m_data->outputs || m_unfolding->network().needsWholeSequence()) {
        return false;
    }
    return std::ranges::all_of(parts, [](const Sequence* part) {
        for (Eigen::Index t = 0; t + 1 < part->length(); ++t) {
            if (part->hasTarget[static_cast<std::size_t>(t)] == 0 ||
                !part->targets.col(t).isApprox(part->inputs.col(t + 1), 1e-12))
            {
                return false;
            }
        }
        return part->length() > 1;
    });
}

void Evaluator::runFree(const Vector& weights, Prediction& prediction, const SequenceView& sequence,
                        std::int64_t firstPoint)
{
    const std::int64_t seen = (sequence.length + 1) / 2;
    prediction.firstFree = static_cast<std::size_t>(firstPoint + seen);
    prediction.freeRunning = prediction.outputs;
    for (std::int64_t t = seen + 1; t <= sequence.length; ++t) {
        const SlotColumns& output = m_unfolding->output();
        m_unfolding->setInput(t, {output.value(t - 1), static_cast<std::size_t>(output.units())});
        m_unfolding->forward(weights.data(), {t, 1});
        for (int i = 0; i < output.units(); ++i) {
            prediction.freeRunning(i, firstPoint + t - 1) =
                inUnitsOfTheFile(*m_data, static_cast<std::size_t>(i), output.value(t)[i]);
        }
    }
}

Prediction Evaluator::predict(const Vector& weights, const Hyperparameters& settings, std::size_t sequence)
{
    std::vector<const Sequence*> parts;
    const bool isSeries = !m_data->times.empty() || (m_data->training.size() == 1 && !m_data->test.empty());
    std::int64_t trainingPoints = 0;
    if (isSeries) {
        for (const Sequence& each : m_data->training) {
            parts.push_back(&each);
            trainingPoints += each.length();
        }
        for (const Sequence& each : m_data->test) {
            parts.push_back(&each);
        }
    } else {
        parts.push_back(&m_data->training[std::min(sequence, m_data->training.size() - 1)]);
        trainingPoints = parts.front()->length();
    }
    std::int64_t points = 0;
    for (const Sequence* part : parts) {
        points += part->length();
    }

    Prediction prediction;
    prediction.timeName = m_data->timeName;
    prediction.names = m_data->outputNames;
    prediction.firstTest = static_cast<std::size_t>(trainingPoints);
    prediction.targets.resize(m_data->outputs, points);
    prediction.outputs.resize(m_data->outputs, points);
    m_unfolding->clearState();
    std::int64_t firstPoint = 0;
    for (const Sequence* part : parts) {
        const SequenceView view{part, 0, part->length()};
        run(weights, view);
        append(prediction, view, firstPoint);
        if (part == parts.back() && feedsItself(parts)) {
            runFree(weights, prediction, view, firstPoint);
        }
        firstPoint += view.length;
        if (settings.state == StateRule::Carry) {
            m_unfolding->carryState(view.length);
        } else {
            m_unfolding->clearState();
        }
    }
    return prediction;
}

} // namespace chronograd
