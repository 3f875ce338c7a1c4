#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chronograd {

class JsonDocument;

enum class JsonKind : std::uint8_t
{
    Null,
    Boolean,
    Integer,  ///< Below 0.
    Unsigned, ///< A whole number without fraction or exponent, from 0 to 2⁶⁴ − 1.
    Real,
    String,
    Array,
    Object,
    Key, ///< A member's name; its one child is the member's value.
};

/// A place in a document: cheap to copy, valid as long as the document stands unchanged.
class JsonValue
{
public:
    JsonValue() = default;
    JsonValue(const JsonDocument& document, std::uint32_t index)
        : m_document(&document)
        , m_index(index)
    {}

    JsonKind kind() const;
    bool is(JsonKind kind) const { return this->kind() == kind; }
    bool isNumber() const;
    bool boolean() const;
    double number() const;         ///< Of the three number kinds.
    std::int64_t integer() const;  ///< Integer
    std::uint64_t natural() const; ///< Unsigned
    std::string_view text() const; ///< String, Key
    JsonValue value() const;       ///< Key: the value behind it.

    std::uint32_t index() const { return m_index; } ///< Grows in document order.
    int origin() const;                             ///< 0: the file; i: the i-th assignment.
    std::string pointer() const;                    ///< "/network/layers/0"; "" for the whole document.
    std::string shown() const; ///< The value in a message: 0, "fast", null, a list, an object.

    /// The items of a list, or the keys of an object.
    class Range
    {
    public:
        class Iterator
        {
        public:
            Iterator(const JsonDocument& document, std::uint32_t index)
                : m_document(&document)
                , m_index(index)
            {}
            JsonValue operator*() const { return {*m_document, m_index}; }
            Iterator& operator++();
            bool operator!=(const Iterator& other) const { return m_index != other.m_index; }

        private:
            const JsonDocument* m_document;
            std::uint32_t m_index;
        };
        Range(Iterator begin, Iterator end)
            : m_begin(begin)
            , m_end(end)
        {}
        Iterator begin() const { return m_begin; }
        Iterator end() const { return m_end; }

    private:
        Iterator m_begin;
        Iterator m_end;
    };
    Range children() const;
    std::size_t count() const; ///< Of children.

private:
    const JsonDocument* m_document = nullptr;
    std::uint32_t m_index = 0;
};

/// A JSON text as a flat list of nodes in document order: 16 bytes a node, so that the largest file that is
/// read fits in memory. Keeps duplicate keys, for the reader to refuse.
class JsonDocument
{
public:
    static constexpr std::size_t maxBytes = 64u << 20;
    static constexpr int maxDepth = 64;
    static constexpr std::size_t maxOrigin = 65535;

    /// \throws InputError naming `source`, line and column.
    static JsonDocument parse(std::string_view text, const std::string& source);

    /// A document that is one string.
    static JsonDocument ofText(std::string_view text);

    JsonValue root() const { return {*this, 0}; }

    /// Puts another document in the place of a value.
    void replace(JsonValue old, const JsonDocument& replacement, int origin);
    /// Adds a member at the end of an object.
    void append(JsonValue object, std::string_view name, const JsonDocument& value, int origin);

private:
    friend class JsonValue;
    friend class JsonBuilder;

    struct Text
    {
        std::uint32_t offset;
        std::uint32_t length;
    };
    struct Node
    {
        JsonKind kind = JsonKind::Null;
        std::uint16_t origin = 0;
        std::uint32_t end = 0; ///< One behind the last node of this subtree.
        union {
            bool boolean;
            std::int64_t integer;
            std::uint64_t natural;
            double real;
            Text text;
        };
        Node()
            : natural(0)
        {}
    };

    Text store(std::string_view text);
    /// Puts `nodes` (whose ends count from 0) in the place of the nodes [first, last); what holds `holder`
    /// grows with them.
    void splice(std::uint32_t holder, std::uint32_t first, std::uint32_t last,
                const std::vector<Node>& nodes);
    std::vector<Node> adopt(const JsonDocument& other, int origin);

    std::vector<Node> m_nodes;
    std::string m_texts;
};

/// A text fit for one line of a message: control characters escaped, long ones cut.
std::string shownText(std::string_view text, std::size_t longest = 60);

} // namespace chronograd
