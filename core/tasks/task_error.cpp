#include "core/tasks/task_error.h"

#include <cstddef>

namespace chronograd {

InputError taskError(const std::filesystem::path& experimentFile, std::string_view pointer,
                     std::string_view sentence)
{
    std::string message = experimentFile.empty() ? std::string("experiment") : experimentFile.string();
    message.append(": ").append(pointer).append(": ").append(sentence);
    return InputError(message);
}

std::string counted(std::int64_t count, std::string_view noun)
{
    std::string text = std::to_string(count).append(" ").append(noun);
    if (count != 1)
        text += 's';
    return text;
}

std::string quotedExcerpt(std::string_view text)
{
    constexpr std::size_t longest = 40;
    constexpr std::string_view digits = "0123456789abcdef";
    std::string quoted = "\"";
    std::size_t taken = 0;
    for (; taken < text.size() && taken < longest; ++taken) {
        const auto byte = static_cast<unsigned char>(text[taken]);
        if (byte < 0x20 || byte == 0x7f)
            quoted.append("\\x").append(1, digits[byte >> 4U]).append(1, digits[byte & 15U]);
        else
            quoted += text[taken];
    }
    // Never end within a character of several bytes.
    while (taken < text.size() && (static_cast<unsigned char>(text[taken]) & 0xC0U) == 0x80U)
        quoted += text[taken++];
    return quoted.append(taken < text.size() ? "…\"" : "\"");
}

} // namespace chronograd
