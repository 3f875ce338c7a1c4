#include "core/experiment/experiment_writer.h"

namespace chronograd {
namespace {

void writeRows(JsonWriter& json, const std::map<std::string, Matrix>& matrices)
{
    json.beginObject();
    for (const auto& [name, matrix] : matrices) {
        json.key(name).beginArray();
        for (Eigen::Index i = 0; i < matrix.rows(); ++i) {
            json.beginArray(JsonWriter::Layout::Line);
            for (Eigen::Index j = 0; j < matrix.cols(); ++j)
                json.number(matrix(i, j));
            json.endArray();
        }
        json.endArray();
    }
    json.endObject();
}

void writeLosses(JsonWriter& json, std::string_view key, const std::vector<SavedLoss>& losses)
{
    if (losses.empty())
        return;
    json.key(key).beginArray();
    for (const SavedLoss& loss : losses)
        json.beginArray(JsonWriter::Layout::Line).whole(loss.update).number(loss.loss).endArray();
    json.endArray();
}

void writeCheckpoint(JsonWriter& json, const SavedCheckpoint& kept, const NetworkSpec& network)
{
    json.beginObject();
    json.key("ticks").whole(kept.ticks);
    json.key("steps").whole(kept.steps);
    json.key("update").whole(kept.update);
    json.key("epoch").whole(kept.epoch);
    json.key("place").whole(kept.place);
    json.key("updates_in_epoch").whole(kept.updatesInEpoch);
    json.key("epoch_loss").number(kept.epochLoss);
    json.key("loss").number(kept.loss);
    json.key("gradient_norm").number(kept.gradientNorm);
    json.key("updated").boolean(kept.isUpdated);
    json.key("at").whole(kept.at);
    json.key("layer").whole(kept.layer);
    writeSetting(json, {Setting::State, static_cast<int>(kept.state)});
    writeSetting(
        json, {Setting::Chunk, kept.chunk ? SettingValue(StepCount(*kept.chunk)) : SettingValue(NoValue{})});
    if (!kept.order.empty()) {
        json.key("order").beginArray(JsonWriter::Layout::Line);
        for (const std::int64_t place : kept.order)
            json.whole(place);
        json.endArray();
    }
    json.key("random").natural(kept.random);
    json.key("optimizer_steps").whole(kept.optimizerSteps);
    writeParameters(json.key("parameters"), kept.parameters, network);
    if (!kept.velocity.empty())
        writeParameters(json.key("velocity"), kept.velocity, network);
    if (!kept.squares.empty())
        writeParameters(json.key("squares"), kept.squares, network);
    if (!kept.values.empty())
        writeRows(json.key("values"), kept.values);
    json.endObject();
}

} // namespace

void writeSession(JsonWriter& json, const SavedSession& session, const NetworkSpec& network)
{
    json.key("session").beginObject();
    json.key("update").whole(session.update);
    if (session.ticks)
        json.key("ticks").whole(*session.ticks);
    if (session.unit >= 0) {
        json.key("parameter").whole(session.parameter);
        json.key("unit").whole(session.unit);
        json.key("term").whole(session.term);
    }
    if (!session.parameters.empty())
        writeParameters(json.key("parameters"), session.parameters, network);
    if (!session.checkpoints.empty()) {
        json.key("checkpoints").beginArray();
        for (const SavedCheckpoint& kept : session.checkpoints)
            writeCheckpoint(json, kept, network);
        json.endArray();
    }
    writeLosses(json, "losses", session.losses);
    writeLosses(json, "test_losses", session.testLosses);
    json.endObject();
}

} // namespace chronograd
