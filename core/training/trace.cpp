#include "core/training/trace.h"

#include "core/analysis/share.h"
#include "core/experiment/experiment_io.h"
#include "core/experiment/json_writer.h"
#include "core/explain/frame_numbers.h"

#include <algorithm>
#include <cassert>
#include <set>

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
    explicit TraceWriter(std::span<const Frame> batch)
        : m_batch(batch)
        , m_frame(batch.front())
        , m_network(*m_frame.network)
    {}

    std::string write(const TrainingSpec& training);

private:
    void writePosition();
    void writeInjected();
    void writeState();
    void writeState(const Frame& frame);
    void writeStateOf(const Frame& frame, int layer);
    void writeStep(const Frame& frame, std::int64_t t);
    void writeLayer(const Frame& frame, int layer, std::int64_t t);
    void writeGates(const Frame& frame, int layer, std::int64_t t);
    void writeParameter(ParameterId id);
    void writeFlat(const char* key, const ParameterView& view, const Vector& flat);
    void writeShares(ParameterId id);
    void writeWeightsInForce(const ParameterView& view);
    void writeValues(const Frame& frame, SlotId slot, std::int64_t t);
    std::int64_t lastStep() const;
    bool isBatch() const { return m_batch.size() > 1; }

    std::span<const Frame> m_batch; ///< One frame for each sequence.
    const Frame& m_frame;           ///< The first of them: for what they have in common.
    const Network& m_network;
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
    for (std::int64_t t = m_frame.window.from; t <= lastStep(); ++t) {
        for (const Frame& frame : m_batch) {
            if (frame.window.contains(t))
                writeStep(frame, t);
        }
    }
    m_json.endArray();
    m_json.key("parameters").beginObject();
    for (std::size_t id = 0; id < m_network.parameters().views().size(); ++id)
        writeParameter(static_cast<ParameterId>(id));
    m_json.endObject();
    m_json.key("gradient_norm").number(m_frame.gradientNorm);
    m_json.key("clipped").boolean(m_frame.clipped);
    m_json.endObject();
    return m_json.take() + "\n";
}

/// Of the window: that of the longest sequence.
std::int64_t TraceWriter::lastStep() const
{
    std::int64_t last = m_frame.window.to;
    for (const Frame& frame : m_batch)
        last = std::max(last, frame.window.to);
    return last;
}

void TraceWriter::writePosition()
{
    m_json.key("update").whole(m_frame.update);
    m_json.key("epoch").whole(m_frame.position.epoch);
    m_json.key("sequence");
    if (isBatch()) {
        m_json.beginArray(line);
        for (const std::int64_t sequence : m_frame.batch)
            m_json.whole(sequence);
        m_json.endArray();
    } else {
        m_json.whole(m_frame.position.sequence);
    }
    m_json.key("t").whole(lastStep());
    m_json.key("window").beginObject(line);
    m_json.key("from").whole(m_frame.window.from);
    m_json.key("to").whole(lastStep());
    m_json.endObject();
    writeInjected();
    m_json.key("loss").number(*m_frame.loss);
}

/// Of a batch: the steps at which any sequence's loss enters.
void TraceWriter::writeInjected()
{
    std::set<std::int64_t> steps;
    for (const Frame& frame : m_batch) {
        const std::vector<std::int64_t> injected = injectedWithTarget(frame);
        steps.insert(injected.begin(), injected.end());
    }
    m_json.key("injected").beginArray(line);
    for (const std::int64_t t : steps)
        m_json.whole(t);
    m_json.endArray();
}

void TraceWriter::writeState()
{
    m_json.key("state");
    if (!isBatch()) {
        writeState(m_frame);
        return;
    }
    m_json.beginArray();
    for (const Frame& frame : m_batch)
        writeState(frame);
    m_json.endArray();
}

void TraceWriter::writeState(const Frame& frame)
{
    m_json.beginObject();
    for (int layer = 0; layer < frame.layers(); ++layer) {
        if (m_network.layers()[static_cast<std::size_t>(layer)].isRecurrent)
            writeStateOf(frame, layer);
    }
    m_json.endObject();
}

/// What the first step of the window read; a chain against time has no state but zeros.
void TraceWriter::writeStateOf(const Frame& frame, int layer)
{
    const Layer& which = m_network.layers()[static_cast<std::size_t>(layer)];
    const std::int64_t before =
        which.direction() < 0 ? frame.position.sequenceLength + 1 : frame.window.from - 1;
    m_json.key(which.spec.name).beginObject(line);
    if (const auto context = m_network.findSlot(layer, "context")) {
        m_json.key("context");
        writeValues(frame, *context, before);
        m_json.key("fed_back");
        writeValues(frame, m_network.layers().back().output, before);
    } else {
        m_json.key("out");
        writeValues(frame, which.output, before);
    }
    if (const auto cell = m_network.findSlot(layer, "cell")) {
        m_json.key("cell");
        writeValues(frame, *cell, before);
    }
    m_json.endObject();
}

void TraceWriter::writeValues(const Frame& frame, SlotId slot, std::int64_t t)
{
    writeColumn(m_json, frame.values[static_cast<std::size_t>(slot)].col(
                            static_cast<Eigen::Index>(t - frame.firstStep + 1)));
}

void TraceWriter::writeStep(const Frame& frame, std::int64_t t)
{
    const std::int64_t held = t - frame.firstStep;
    m_json.beginObject();
    m_json.key("t").whole(t);
    if (isBatch())
        m_json.key("sequence").whole(frame.position.sequence);
    m_json.key("input");
    writeValues(frame, m_network.inputSlot(), t);
    m_json.key("target");
    if (frame.hasTarget[static_cast<std::size_t>(held)] != 0) {
        writeColumn(m_json, frame.targets.col(held));
        m_json.key("loss").number(frame.stepLoss[static_cast<std::size_t>(held)]);
    } else {
        m_json.null();
        m_json.key("loss").null();
    }
    m_json.key("layers").beginObject();
    for (int layer = 0; layer < frame.layers(); ++layer) {
        if (m_network.layers()[static_cast<std::size_t>(layer)].hasNet())
            writeLayer(frame, layer, t);
    }
    m_json.endObject();
    m_json.endObject();
}

void TraceWriter::writeLayer(const Frame& frame, int layer, std::int64_t t)
{
    const Layer& which = m_network.layers()[static_cast<std::size_t>(layer)];
    m_json.key(which.spec.name).beginObject();
    m_json.key("net");
    writeValues(frame, which.net, t);
    for (const char* name : {"cell", "context"}) {
        if (const auto slot = m_network.findSlot(layer, name)) {
            m_json.key(name);
            writeValues(frame, *slot, t);
        }
    }
    writeGates(frame, layer, t);
    m_json.key("out");
    writeValues(frame, which.output, t);
    m_json.key("delta");
    writeColumn(m_json, frame.deltas[static_cast<std::size_t>(which.net)].col(
                            static_cast<Eigen::Index>(t - frame.firstStep + 1)));
    m_json.endObject();
}

void TraceWriter::writeGates(const Frame& frame, int layer, std::int64_t t)
{
    const auto names = gateNames(m_network.layers()[static_cast<std::size_t>(layer)].spec.cell);
    if (names.empty())
        return;
    m_json.key("gates").beginObject(line);
    for (const char* name : names) {
        m_json.key(name);
        writeValues(frame, *m_network.findSlot(layer, name), t);
    }
    m_json.endObject();
}

void TraceWriter::writeParameter(ParameterId id)
{
    const ParameterView& view = m_network.parameters()[id];
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

/// Of a batch: summed over its sequences.
void TraceWriter::writeShares(ParameterId id)
{
    const ParameterView& view = m_network.parameters()[id];
    m_json.key("shares").beginObject();
    for (std::int64_t t = lastStep(); t >= m_frame.window.from; --t) {
        Matrix sum = Matrix::Zero(view.rows, view.columns);
        for (const Frame& frame : m_batch)
            sum += shares(frame, id, t);
        m_json.key(std::to_string(t));
        writeMatrix(m_json, sum, view.isBias);
    }
    m_json.endObject();
}

/// Only for the steps that were computed with other weights than those before this update.
void TraceWriter::writeWeightsInForce(const ParameterView& view)
{
    const Matrix before = matrixOf(view, m_frame.before);
    bool open = false;
    for (std::int64_t t = m_frame.window.from; t <= lastStep(); ++t) {
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

std::string writeTrace(std::span<const Frame> batch, const TrainingSpec& training)
{
    assert(std::ranges::all_of(batch, [](const Frame& frame) { return frame.updateDone && frame.loss; }));
    return TraceWriter(batch).write(training);
}

} // namespace chronograd
