#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chronograd {

/// Puts a JSON text together, indented by two; what is opened as Line stays on one line with all inside it.
class JsonWriter
{
public:
    enum class Layout : std::uint8_t
    {
        Block,
        Line,
    };

    JsonWriter& beginObject(Layout layout = Layout::Block) { return open('{', layout); }
    JsonWriter& endObject() { return close('}'); }
    JsonWriter& beginArray(Layout layout = Layout::Block) { return open('[', layout); }
    JsonWriter& endArray() { return close(']'); }
    JsonWriter& key(std::string_view name);

    JsonWriter& number(double value); ///< Shortest form that reads back the same; null when not finite.
    JsonWriter& whole(std::int64_t value);
    JsonWriter& natural(std::uint64_t value);
    JsonWriter& boolean(bool value);
    JsonWriter& text(std::string_view value);
    JsonWriter& null();
    JsonWriter& raw(std::string_view json); ///< A whole value that is JSON already.

    /// The text so far, which ends here.
    std::string take();

private:
    struct Level
    {
        Layout layout;
        bool empty;
    };

    JsonWriter& open(char bracket, Layout layout);
    JsonWriter& close(char bracket);
    void beginItem();
    void newLine();

    std::string m_text;
    std::vector<Level> m_levels;
    bool m_afterKey = false;
};

} // namespace chronograd
