#include "core/tasks/text_task.h"

#include "core/tasks/data_file.h"
#include "core/tasks/series.h"
#include "core/tasks/task_error.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace chronograd {

namespace {

/// Bytes of the UTF-8 character at the front; 0: there is none (overlong forms and surrogates included).
std::size_t characterLength(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(0);
    if (lead < 0x80)
        return 1;
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (length > text.size())
        return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U)
            return 0;
    }
    const bool isOverlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
    const bool isNoCharacter = (lead == 0xED && byte(1) >= 0xA0) || (lead == 0xF4 && byte(1) >= 0x90);
    return isOverlong || isNoCharacter ? 0 : length;
}

struct Characters
{
    std::vector<int> indices; ///< Of each character of the text, in `alphabet`.
    std::vector<std::string> alphabet;
    std::optional<std::size_t> faultAt; ///< Place of a byte that is not UTF-8.
};

Characters split(std::string_view text)
{
    Characters characters;
    std::unordered_map<std::string_view, int> known;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = characterLength(text.substr(at));
        if (length == 0) {
            characters.faultAt = at;
            break;
        }
        const std::string_view character = text.substr(at, length);
        const auto [place, isNew] = known.try_emplace(character, static_cast<int>(known.size()));
        if (isNew)
            characters.alphabet.emplace_back(character);
        characters.indices.push_back(place->second);
        at += length;
    }
    return characters;
}

Characters charactersOf(const TextTask& task, const std::filesystem::path& experimentFile)
{
    if (task.path.empty()) {
        Characters characters = split(task.text);
        if (characters.faultAt)
            throw taskError(experimentFile, "/task/text",
                            "is not UTF-8 at byte " + std::to_string(*characters.faultAt + 1));
        return characters;
    }
    const DataFile file = readDataFile(task.path, experimentFile);
    Characters characters = split(file.content);
    if (characters.faultAt)
        throw InputError(file.name + ": byte " + std::to_string(*characters.faultAt + 1) +
                         " is not UTF-8; save the text as UTF-8");
    return characters;
}

} // namespace

Dataset makeText(const TextTask& task, const std::filesystem::path& experimentFile)
{
    const Characters characters = charactersOf(task, experimentFile);
    const auto symbols = static_cast<int>(characters.alphabet.size());
    const SeriesShape shape{static_cast<std::int64_t>(characters.indices.size()),
                            "character",
                            1,
                            task.length,
                            task.testFraction,
                            symbols,
                            symbols};
    Dataset data;
    data.inputNames = data.outputNames = characters.alphabet;
    cutSeries(
        shape,
        [&](Sequence& sequence) {
            for (std::int64_t column = 0; column < sequence.length(); ++column) {
                const auto row = static_cast<std::size_t>(sequence.firstRow + column);
                sequence.inputs(characters.indices[row], column) = 1.0;
                sequence.targets(characters.indices[row + 1], column) = 1.0;
            }
        },
        data, experimentFile);
    return data;
}

} // namespace chronograd
