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

/// Bytes of the token that nlohmann-json did not expect. It shows control characters as <U+000A>, and its
/// text of a token that is neither string nor number begins too early.
std::size_t lengthOfToken(std::string_view what, std::string_view shown)
{
    const auto unexpected = [what](std::string_view token) {
        return what.find("unexpected " + std::string(token)) != what.npos;
    };
    if (unexpected("'"))
        return 1;
    if (unexpected("true") || unexpected("null"))
        return 4;
    if (unexpected("false"))
        return 5;
    std::size_t length = 0;
    for (std::size_t i = 0; i < shown.size(); ++length)
        i += shown.substr(i, 5) == "<U+00" ? 8u : 1u;
    return length;
}

/// The word (letters, digits, signs, points) around a byte.
std::string_view wordAround(std::string_view text, std::size_t offset)
{
    const auto isPart = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
               c == '-' || c == '+' || c == '.';
    };
    std::size_t begin = std::min(offset, text.size());
    std::size_t end = begin;
    while (begin > 0 && isPart(text[begin - 1]))
        --begin;
    while (end < text.size() && isPart(text[end]))
        ++end;
    return text.substr(begin, end - begin);
}

bool isNotFinite(std::string_view word)
{
    if (!word.empty() && (word.front() == '-' || word.front() == '+'))
        word.remove_prefix(1);
    std::string lower(word);
    for (char& c : lower)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return lower == "nan" || lower == "inf" || lower == "infinity";
}

/// The sentence inside "[json.exception.parse_error.101] parse error at line 1, column 5: syntax error while
/// parsing value - unexpected …; last read: …".
std::string syntaxMessage(std::string_view what)
{
    const std::size_t start = what.find("syntax error");
    std::string text(start == what.npos ? what : what.substr(start));
    if (const std::size_t read = text.find("; last read: "); read != text.npos) {
        const std::size_t expected = text.find("; expected ", read);
        text.erase(read, expected == text.npos ? text.npos : expected - read);
    }
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
        const auto says = [what](std::string_view part) { return what.find(part) != what.npos; };
        const std::size_t last = position - std::min<std::size_t>(position, 1);
        const std::size_t start = position - std::min(position, lengthOfToken(what, token));
        if (error.id == 406)
            fail(start,
                 "the number " + shownText(token) + " is too large; must be finite, at most about 1.8e308");
        if (says("unexpected end of input")) {
            refuseZeroByte();
            fail(m_text.size(), syntaxMessage(what));
        }
        if (says("invalid literal") || says("invalid number"))
            failAtWord(wordAround(m_text, last), last, what);
        fail(says("unexpected") ? start : last, syntaxMessage(what));
    }

    /// nlohmann-json takes a zero byte for the end of the text.
    void refuseZeroByte() const
    {
        if (const std::size_t zero = m_text.find('\0'); zero != m_text.npos)
            fail(zero, "a zero byte; must be JSON in UTF-8");
    }

private:
    [[noreturn]] void fail(std::size_t offset, const std::string& message) const
    {
        throw InputError(m_source + ": " + placeInText(m_text, offset) + ": " + message);
    }

    [[noreturn]] void failAtWord(std::string_view word, std::size_t offset, std::string_view what) const
    {
        const auto start = static_cast<std::size_t>(word.data() - m_text.data());
        if (isNotFinite(word))
            fail(start, shownText(word) + " is not a number in JSON; must be a finite number");
        if (!word.empty() && what.find("invalid literal") != what.npos)
            fail(start, shownText(word) +
                            " is not a value in JSON; must be a string in quotes, a number, a list, "
                            "an object, true, false or null");
        fail(offset, syntaxMessage(what));
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
        builder.refuseZeroByte();
    } catch (const nlohmann::json::exception& error) {
        throw InputError(source + ": " + shownText(error.what(), 240));
    }
    return document;
}

} // namespace chronograd
