#pragma once

#include "core/experiment/schedule.h"
#include "core/tasks/dataset.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace chronograd {

// How edits name data. "@5#3" is step 5 of sequence 3, and sequences count as the experiment's own `chunk`
// cuts them: the one that training begins with. So a name means the same number of the data for ever,
// whatever `chunk` is changed to while training, and whenever the edit acts.

/// The steps that belong together, of a sequence as it was given.
struct ChunkPlace
{
    std::size_t sequence = 0; ///< From 0.
    std::int64_t offset = 0;  ///< Steps of the sequence before the first.
    std::int64_t length = 0;
};

/// One step of the data as they were given.
struct DatumPlace
{
    std::size_t sequence = 0; ///< From 0 …
    std::int64_t step = 0;    ///< … and so does this.

    bool operator==(const DatumPlace&) const = default;
};

/// How the steps of a sequence, or of a chunk however it is cut, are named.
struct DatumNames
{
    std::int64_t first = 1;            ///< #n of the beginning of the sequence as it was given.
    std::int64_t offset = 0;           ///< Steps of it before t = 1.
    std::optional<std::int64_t> chunk; ///< That #n counts.

    std::string at(std::int64_t t) const; ///< "@5#3"
};

/// How many sequences there are, cut into chunks.
std::int64_t countChunks(const std::vector<Sequence>& sequences, std::optional<std::int64_t> chunk);

/// What #n names; absent: there are fewer.
std::optional<ChunkPlace> chunkPlace(std::int64_t number, const std::vector<Sequence>& sequences,
                                     std::optional<std::int64_t> chunk);

/// What "@t#n" of an input or a target names; absent: there is no such step.
std::optional<DatumPlace> datumPlace(const EditTarget& target, const std::vector<Sequence>& sequences,
                                     std::optional<std::int64_t> chunk);

/// Of a chunk that begins at `first`.
DatumNames datumNames(const DatumPlace& first, const std::vector<Sequence>& sequences,
                      std::optional<std::int64_t> chunk);

/// Changes an input or a target of the data. Precondition: it is there.
void setDatum(Dataset& data, const EditTarget& target, const DatumPlace& place, double value);

/// Names what the edits of a schedule are of as another `chunk` counts it. What is not there keeps its name.
void renameData(std::vector<ScheduleEntry>& schedule, const std::vector<Sequence>& sequences,
                std::optional<std::int64_t> from, std::optional<std::int64_t> to);

} // namespace chronograd
