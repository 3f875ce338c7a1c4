#include "core/training/datum_place.h"

#include <algorithm>
#include <span>

namespace chronograd {

namespace {

std::int64_t chunksOf(const Sequence& sequence, std::optional<std::int64_t> chunk)
{
    const std::int64_t longest = std::max<std::int64_t>(1, chunk.value_or(sequence.length()));
    return (sequence.length() + longest - 1) / longest;
}

std::int64_t countChunks(std::span<const Sequence> sequences, std::optional<std::int64_t> chunk)
{
    std::int64_t count = 0;
    for (const Sequence& sequence : sequences) {
        count += chunksOf(sequence, chunk);
    }
    return count;
}

} // namespace

std::string DatumNames::at(std::int64_t t) const
{
    const std::int64_t step = offset + t - 1;
    const std::int64_t before = chunk ? step / *chunk : 0;
    const std::int64_t inChunk = chunk ? step % *chunk : step;
    return "@" + std::to_string(inChunk + 1) + "#" + std::to_string(first + before);
}

std::int64_t countChunks(const std::vector<Sequence>& sequences, std::optional<std::int64_t> chunk)
{
    return countChunks(std::span(sequences), chunk);
}

std::optional<ChunkPlace> chunkPlace(std::int64_t number, const std::vector<Sequence>& sequences,
                                     std::optional<std::int64_t> chunk)
{
    std::int64_t left = number;
    for (std::size_t which = 0; which < sequences.size(); ++which) {
        const std::int64_t count = chunksOf(sequences[which], chunk);
        if (left <= count) {
            const std::int64_t length = sequences[which].length();
            const std::int64_t offset = (left - 1) * chunk.value_or(length);
            return ChunkPlace{which, offset, std::min(chunk.value_or(length), length - offset)};
        }
        left -= count;
    }
    return std::nullopt;
}

std::optional<DatumPlace> datumPlace(const EditTarget& target, const std::vector<Sequence>& sequences,
                                     std::optional<std::int64_t> chunk)
{
    const auto place = chunkPlace(*target.sequence, sequences, chunk);
    if (!place || *target.t > place->length) {
        return std::nullopt;
    }
    return DatumPlace{place->sequence, place->offset + *target.t - 1};
}

DatumNames datumNames(const DatumPlace& first, const std::vector<Sequence>& sequences,
                      std::optional<std::int64_t> chunk)
{
    return {countChunks(std::span(sequences).first(first.sequence), chunk) + 1, first.step, chunk};
}

void setDatum(Dataset& data, const EditTarget& target, const DatumPlace& place, double value)
{
    Sequence& sequence = data.training[place.sequence];
    const auto step = static_cast<Eigen::Index>(place.step);
    if (target.name == "input") {
        sequence.inputs(target.row - 1, step) = value;
        return;
    }
    sequence.targets(target.row - 1, step) = value;
    sequence.hasTarget[static_cast<std::size_t>(place.step)] = 1;
}

void renameData(std::vector<ScheduleEntry>& schedule, const std::vector<Sequence>& sequences,
                std::optional<std::int64_t> from, std::optional<std::int64_t> to)
{
    for (ScheduleEntry& entry : schedule) {
        for (Edit& edit : entry.edits) {
            const auto target = parseEditTarget(edit.of);
            const auto place =
                target && target->isDatum() ? datumPlace(*target, sequences, from) : std::nullopt;
            if (place) {
                edit.of = target->name + "[" + std::to_string(target->row) + "]" +
                          datumNames(*place, sequences, to).at(1);
            }
        }
    }
}

} // namespace chronograd
