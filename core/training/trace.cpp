#include "core/training/trace.h"

#include "core/experiment/experiment_io.h"
#include "core/experiment/json_writer.h"
#include "core/explain/frame_numbers.h"

#include <cassert>

namespace chronograd {

namespace {

constexpr auto line = JsonWriter::Layout::Line;

template<typename Column>
void writeColumn(JsonWriter& json, const Column& column)
{
    json.beginArray(line);
    for (Eigen::Index i = 0; i < column.size(); ++i)
        json.number(column(i));
    json.endArray();
}

/// A row on a line; a bias as a plain list.
void writeMatrix(JsonWriter& json, const Matrix& matrix, bool isBias)
{
    if (isBias) {
        writeColumn(json, matrix.col(0));
        return;
    }
    json.beginArray();
    for (Eigen::Index row = 0; row < matrix.rows(); ++row)
        writeColumn(json, matrix.row(row));
    json.endArray();
}

class TraceWriter
{
public:
    explicit TraceWriter(const Frame& frame)
        : m_frame(frame)
    {}

    std::string write(const TrainingSpec& training);

private:
    void writePosition();
    void writeState();
    void writeStep(std::int64_t t);
    void writeLayer(const Layer& layer, std::int64_t t);
    void writeParameter(ParameterId id);
    void writeFlat(const char* key, const ParameterView& view, const Vector& flat);
    void writeShares(ParameterId id);
    void writeWeightsInForce(const ParameterView& view);
    Matrix share(ParameterId id, const std::vector<ParameterUse>& uses, std::int64_t t) const;
    Eigen::Index column(std::int64_t t) const { return t - m_frame.firstStep + 1; }
    const Matrix& values(SlotId slot) const { return m_frame.values[static_cast<std::size_t>(slot)]; }
    const Matrix& deltas(SlotId slot) const { return m_frame.deltas[static_cast<std::size_t>(slot)]; }

    const Frame& m_frame;
    JsonWriter m_json;
};

std::string TraceWriter::write(const TrainingSpec& training)
{
    m_json.beginObject();
    m_json.key("chronograd_trace").whole(1);
    writePosition();
    m_json.key("settings").raw(writeSettings(training, m_frame.settings));
    writeState();
    m_json.key("steps").beginArray();
    for (std::int64_t t = m_frame.window.from; t <= m_frame.window.to; ++t)
        writeStep(t);
    m_json.endArray();
    m_json.key("parameters").beginObject();
    for (std::size_t id = 0; id < m_frame.network->parameters().views().size(); ++id)
        writeParameter(static_cast<ParameterId>(id));
    m_json.endObject();
    m_json.key("gradient_norm").number(m_frame.gradientNorm);
    m_json.key("clipped").boolean(m_frame.clipped);
    m_json.endObject();
    return m_json.take() + "\n";
}

void TraceWriter::writePosition()
{
    m_json.key("update").whole(m_frame.update);
    m_json.key("epoch").whole(m_frame.position.epoch);
    m_json.key("sequence").whole(m_frame.position.sequence);
    m_json.key("t").whole(m_frame.window.to);
    m_json.key("window").beginObject(line);
    m_json.key("from").whole(m_frame.window.from);
    m_json.key("to").whole(m_frame.window.to);
    m_json.endObject();
    m_json.key("injected").beginArray(line);
    for (const std::int64_t t : injectedWithTarget(m_frame))
        m_json.whole(t);
    m_json.endArray();
    m_json.key("loss").number(*m_frame.loss);
}

void TraceWriter::writeState()
{
    m_json.key("state").beginObject();
    for (const Layer& layer : m_frame.network->layers()) {
        if (!layer.isRecurrent)
            continue;
        m_json.key(layer.spec.name).beginObject(line).key("out");
        writeColumn(m_json, values(layer.output).col(column(m_frame.window.from - 1)));
        m_json.endObject();
    }
    m_json.endObject();
}

void TraceWriter::writeStep(std::int64_t t)
{
    const std::int64_t held = t - m_frame.firstStep;
    m_json.beginObject();
    m_json.key("t").whole(t);
    m_json.key("input");
    writeColumn(m_json, values(m_frame.network->inputSlot()).col(column(t)));
    m_json.key("target");
    if (m_frame.hasTarget[static_cast<std::size_t>(held)] != 0) {
        writeColumn(m_json, m_frame.targets.col(held));
        m_json.key("loss").number(m_frame.stepLoss[static_cast<std::size_t>(held)]);
    } else {
        m_json.null();
        m_json.key("loss").null();
    }
    m_json.key("layers").beginObject();
    for (const Layer& layer : m_frame.network->layers())
        writeLayer(layer, t);
    m_json.endObject();
    m_json.endObject();
}

void TraceWriter::writeLayer(const Layer& layer, std::int64_t t)
{
    m_json.key(layer.spec.name).beginObject();
    m_json.key("net");
    writeColumn(m_json, values(layer.net).col(column(t)));
    m_json.key("out");
    writeColumn(m_json, values(layer.output).col(column(t)));
    m_json.key("delta");
    writeColumn(m_json, deltas(layer.net).col(column(t)));
    m_json.endObject();
}

void TraceWriter::writeParameter(ParameterId id)
{
    const ParameterView& view = m_frame.network->parameters()[id];
    m_json.key(view.name).beginObject();
    writeFlat("before", view, m_frame.before);
    const Optimizer optimizer = m_frame.settings.optimizer;
    if (optimizer == Optimizer::Sgd || optimizer == Optimizer::Nesterov)
        writeFlat("velocity_before", view, m_frame.velocityBefore);
    writeFlat("gradient", view, m_frame.gradient);
    writeShares(id);
    writeWeightsInForce(view);
    writeFlat("update", view, m_frame.change);
    writeFlat("after", view, m_frame.after);
    m_json.endObject();
}

void TraceWriter::writeFlat(const char* key, const ParameterView& view, const Vector& flat)
{
    m_json.key(key);
    writeMatrix(m_json, matrixOf(view, flat), view.isBias);
}

void TraceWriter::writeShares(ParameterId id)
{
    const bool isBias = m_frame.network->parameters()[id].isBias;
    const std::vector<ParameterUse> uses = usesOf(m_frame.network->program(), id);
    m_json.key("shares").beginObject();
    for (std::int64_t t = m_frame.window.to; t >= m_frame.window.from; --t) {
        m_json.key(std::to_string(t));
        writeMatrix(m_json, share(id, uses, t), isBias);
    }
    m_json.endObject();
}

Matrix TraceWriter::share(ParameterId id, const std::vector<ParameterUse>& uses, std::int64_t t) const
{
    const ParameterView& view = m_frame.network->parameters()[id];
    Matrix sum = Matrix::Zero(view.rows, view.columns);
    for (const ParameterUse& use : uses) {
        const auto delta = deltas(use.result).col(column(t));
        if (use.source)
            sum += delta * values(use.source->slot).col(column(t - use.source->lag)).transpose();
        else
            sum += delta;
    }
    return sum;
}

/// Only for the steps that were computed with other weights than those before this update.
void TraceWriter::writeWeightsInForce(const ParameterView& view)
{
    const Matrix before = matrixOf(view, m_frame.before);
    bool open = false;
    for (std::int64_t t = m_frame.window.from; t <= m_frame.window.to; ++t) {
        const Matrix then = matrixOf(view, m_frame.weightsAt(t));
        if (then == before)
            continue;
        if (!open)
            m_json.key("at").beginObject();
        open = true;
        m_json.key(std::to_string(t));
        writeMatrix(m_json, then, view.isBias);
    }
    if (open)
        m_json.endObject();
}

} // namespace

std::string writeTrace(const Frame& frame, const TrainingSpec& training)
{
    assert(frame.updateDone && frame.loss);
    assert(frame.holds(frame.window.from) && frame.holds(frame.window.to));
    return TraceWriter(frame).write(training);
}

} // namespace chronograd
