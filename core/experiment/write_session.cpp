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
    for (const SavedLoss& loss : losses) {
        json.beginArray(JsonWriter::Layout::Line).whole(loss.first);
        if (loss.count > 1)
            json.whole(loss.last).whole(loss.count).number(loss.least);
        json.number(loss.mean);
        if (loss.count > 1)
            json.number(loss.greatest);
        json.endArray();
    }
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

void writeCheckpoints(JsonWriter& json, const std::vector<SavedCheckpoint>& checkpoints,
                      const NetworkSpec& network)
{
    if (checkpoints.empty())
        return;
    json.key("checkpoints").beginArray();
    for (const SavedCheckpoint& kept : checkpoints)
        writeCheckpoint(json, kept, network);
    json.endArray();
}

void writeMomentKeys(JsonWriter& json, const SavedMoment& moment)
{
    json.key("update").whole(moment.update);
    if (moment.ticks)
        json.key("ticks").whole(*moment.ticks);
    if (moment.unit >= 0) {
        json.key("parameter").whole(moment.parameter);
        json.key("unit").whole(moment.unit);
        json.key("term").whole(moment.term);
    }
}

void writeMoment(JsonWriter& json, std::string_view key, const SavedMoment& moment)
{
    json.key(key).beginObject(JsonWriter::Layout::Line);
    writeMomentKeys(json, moment);
    json.endObject();
}

void writeNameKeys(JsonWriter& json, const CourseName& name)
{
    json.key("number").whole(name.number);
    json.key("forked_after").whole(name.forkedAfter);
    if (name.change) {
        json.key("set").beginObject(JsonWriter::Layout::Line);
        writeSetting(json, *name.change);
        json.endObject();
    }
}

void writeCourse(JsonWriter& json, const SavedCourse& course, const NetworkSpec& network)
{
    json.beginObject();
    writeNameKeys(json, course.name);
    if (!course.schedule.empty())
        writeSchedule(json, "schedule", course.schedule);
    writeMoment(json, "end", course.end);
    writeCheckpoints(json, course.checkpoints, network);
    writeLosses(json, "losses", course.losses);
    writeLosses(json, "test_losses", course.testLosses);
    json.endObject();
}

void writeChoice(JsonWriter& json, std::string_view key, const ChoiceByHand& choice)
{
    json.key(key).beginObject();
    if (const auto* changes = std::get_if<std::vector<SettingChange>>(&choice))
        writeSet(json, *changes);
    else if (const auto* edit = std::get_if<Edit>(&choice))
        writeEdits(json, {*edit});
    else
        json.key("course").whole(std::get<CourseChoice>(choice).number);
    json.endObject();
}

void writeUndoList(JsonWriter& json, const UndoList& list)
{
    json.key("undo").beginObject();
    json.key("done").whole(static_cast<std::int64_t>(list.done));
    json.key("entries").beginArray();
    for (const UndoEntry& entry : list.entries) {
        json.beginObject(JsonWriter::Layout::Line);
        writeChoice(json, "before", entry.before);
        writeChoice(json, "after", entry.after);
        json.endObject();
    }
    json.endArray();
    json.endObject();
}

} // namespace

void writeSession(JsonWriter& json, const SavedSession& session, const NetworkSpec& network)
{
    json.key("session").beginObject();
    writeMomentKeys(json, session.moment);
    if (!session.parameters.empty())
        writeParameters(json.key("parameters"), session.parameters, network);
    if (session.furthest)
        writeMoment(json, "furthest", *session.furthest);
    if (session.course != CourseName()) {
        json.key("course").beginObject(JsonWriter::Layout::Line);
        writeNameKeys(json, session.course);
        json.endObject();
    }
    if (session.given)
        writeSchedule(json, "given_schedule", *session.given);
    writeCheckpoints(json, session.checkpoints, network);
    writeLosses(json, "losses", session.losses);
    writeLosses(json, "test_losses", session.testLosses);
    if (!session.otherCourses.empty()) {
        json.key("other_courses").beginArray();
        for (const SavedCourse& course : session.otherCourses)
            writeCourse(json, course, network);
        json.endArray();
    }
    if (!session.undo.entries.empty())
        writeUndoList(json, session.undo);
    json.endObject();
}

} // namespace chronograd
