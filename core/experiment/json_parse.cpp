#include "core/experiment/experiment_io.h"
#include "core/experiment/json_document.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace chronograd {
namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

/// "line 3, column 7" of a byte; columns count characters.
std::string placeInText(std::string_view text, std::size_t offset)
{
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t newline = before.rfind('\n');
    const std::string_view lastLine = newline == before.npos ? before : before.substr(newline + 1);
    const auto column = std::count_if(lastLine.begin(), lastLine.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
    });
    return "line " + std::to_string(line) + ", column " + std::to_string(column + 1);
}

/// Where the brackets nest deeper than allowed, in a text that is sound up to there.
std::size_t offsetOfDepth(std::string_view text, int depth)
{
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '[' || c == '{') {
            if (--depth < 0)
                return i;
        } else if (c == ']' || c == '}') {
            ++depth;
        }
    }
    return text.size();
}

/// Bytes of a token that nlohmann-json shows with its control characters as <U+000A>.
std::size_t lengthOfToken(std::string_view shown)
{
    std::size_t length = 0;
    for (std::size_t i = 0; i < shown.size(); ++length)
        i += shown.substr(i, 5) == "<U+00" ? 8u : 1u;
    return length;
}

/// The sentence inside "[json.exception.parse_error.101] parse error at line 1, column 5: syntax error while
/// parsing value - unexpected …; last read: …".
std::string syntaxMessage(std::string_view what, const std::string& token)
{
    for (const std::string_view wrong : {"N", "n", "I", "i", "-I", "-i"})
        if (token == wrong || ((token.rfind("Na", 0) == 0 || token.rfind("In", 0) == 0) && wrong == "N"))
            return "syntax error: not a number JSON knows; must be finite (NaN and Infinity cannot be "
                   "written)";
    const std::size_t start = what.find("syntax error");
    std::string text(start == what.npos ? what : what.substr(start));
    if (const std::size_t dash = text.find(" - "); dash != text.npos)
        text.replace(dash, 3, ": ");
    return shownText(text, 240);
}

} // namespace

/// Builds the list of nodes from the events of nlohmann-json's parser.
class JsonBuilder
{
public:
    using number_integer_t = nlohmann::json::number_integer_t;
    using number_unsigned_t = nlohmann::json::number_unsigned_t;
    using number_float_t = nlohmann::json::number_float_t;
    using string_t = nlohmann::json::string_t;
    using binary_t = nlohmann::json::binary_t;

    JsonBuilder(JsonDocument& document, std::string_view text, const std::string& source)
        : m_document(document)
        , m_text(text)
        , m_source(source)
    {}

    bool null()
    {
        add(JsonKind::Null);
        return leafDone();
    }
    bool boolean(bool value)
    {
        add(JsonKind::Boolean).boolean = value;
        return leafDone();
    }
    bool number_integer(number_integer_t value)
    {
        add(JsonKind::Integer).integer = value;
        return leafDone();
    }
    bool number_unsigned(number_unsigned_t value)
    {
        add(JsonKind::Unsigned).natural = value;
        return leafDone();
    }
    bool number_float(number_float_t value, const string_t&)
    {
        add(JsonKind::Real).real = value;
        return leafDone();
    }
    bool string(string_t& value)
    {
        const JsonDocument::Text text = m_document.store(value);
        add(JsonKind::String).text = text;
        return leafDone();
    }
    bool binary(binary_t&) { return false; }
    bool start_object(std::size_t) { return open(JsonKind::Object); }
    bool key(string_t& name)
    {
        const JsonDocument::Text text = m_document.store(name);
        add(JsonKind::Key).text = text;
        m_open.push_back(m_document.m_nodes.size() - 1);
        return true;
    }
    bool end_object() { return close(); }
    bool start_array(std::size_t) { return open(JsonKind::Array); }
    bool end_array() { return close(); }

    bool parse_error(std::size_t position, const std::string& token, const nlohmann::json::exception& error)
    {
        const std::string_view what = error.what();
        // A wrong token is told at its start, a token that is malformed inside where it goes wrong.
        const bool wholeToken =
            what.find("unexpected") != what.npos || error.id == 406; // 406: a number too large
        const std::size_t length = wholeToken ? lengthOfToken(token) : 1;
        const std::size_t offset = position - std::min(position, std::max<std::size_t>(length, 1));
        fail(what.find("unexpected end of input") != what.npos ? m_text.size() : offset,
             error.id == 406
                 ? "the number " + shownText(token) + " is too large; must be finite, at most about 1.8e308"
                 : syntaxMessage(what, token));
    }

private:
    [[noreturn]] void fail(std::size_t offset, const std::string& message) const
    {
        throw InputError(m_source + ": " + placeInText(m_text, offset) + ": " + message);
    }

    JsonDocument::Node& add(JsonKind kind)
    {
        JsonDocument::Node& node = m_document.m_nodes.emplace_back();
        node.kind = kind;
        return node;
    }

    bool open(JsonKind kind)
    {
        if (++m_depth > JsonDocument::maxDepth)
            fail(offsetOfDepth(m_text, JsonDocument::maxDepth),
                 "nested deeper than the limit of " + std::to_string(JsonDocument::maxDepth) + " levels");
        add(kind);
        m_open.push_back(m_document.m_nodes.size() - 1);
        return true;
    }

    bool close()
    {
        --m_depth;
        end(m_open.back());
        m_open.pop_back();
        endKey();
        return true;
    }

    bool leafDone()
    {
        end(m_document.m_nodes.size() - 1);
        endKey();
        return true;
    }

    void endKey()
    {
        if (!m_open.empty() && m_document.m_nodes[m_open.back()].kind == JsonKind::Key) {
            end(m_open.back());
            m_open.pop_back();
        }
    }

    void end(std::size_t node)
    {
        m_document.m_nodes[node].end = static_cast<std::uint32_t>(m_document.m_nodes.size());
    }

    JsonDocument& m_document;
    std::string_view m_text;
    const std::string& m_source;
    std::vector<std::size_t> m_open; ///< Nodes whose subtree is not complete.
    int m_depth = 0;
};

JsonDocument JsonDocument::parse(std::string_view text, const std::string& source)
{
    if (text.size() > maxBytes)
        throw InputError(source + ": larger than the limit of " + std::to_string(maxBytes >> 20) + " MB");
    if (text.substr(0, byteOrderMark.size()) == byteOrderMark)
        text.remove_prefix(byteOrderMark.size());
    if (text.find_first_not_of(" \t\r\n") == text.npos)
        throw InputError(source + ": line 1, column 1: empty; must be a JSON object");
    JsonDocument document;
    JsonBuilder builder(document, text, source);
    try {
        nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
    } catch (const nlohmann::json::exception& error) {
        throw InputError(source + ": " + shownText(error.what(), 240));
    }
    return document;
}

} // namespace chronograd
