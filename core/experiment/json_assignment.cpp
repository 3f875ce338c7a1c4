#include "core/experiment/json_assignment.h"

#include "core/experiment/experiment_io.h"
#include "core/experiment/read_context.h"

#include <algorithm>
#include <charconv>

namespace chronograd {
namespace {

class Assignment
{
public:
    Assignment(JsonDocument& document, std::string_view text, int origin)
        : m_document(document)
        , m_text(text)
        , m_origin(origin)
    {}

    void run()
    {
        const std::size_t equals = m_text.find('=');
        if (equals == m_text.npos)
            fail("no = in it; must be PATH=VALUE, as in training.k1=3");
        m_rest = m_text.substr(0, equals);
        const JsonDocument value = valueOf(m_text.substr(equals + 1));
        if (m_rest.empty() || m_rest.front() == '.' || m_rest.back() == '.' ||
            m_rest.find("..") != m_rest.npos)
            fail("not a path; must be names and list places joined by dots, as in training.k1=3");
        JsonValue at = m_document.root();
        while (!m_rest.empty()) {
            if (at.is(JsonKind::Array)) {
                at = item(at);
            } else if (!at.is(JsonKind::Object)) {
                fail((at.pointer().empty() ? "the file" : at.pointer()) + " is " + at.shown() +
                     " and has nothing inside; must be a path to a value");
            } else if (const auto member = memberOf(at)) {
                at = *member;
            } else {
                append(at, value);
                return;
            }
        }
        m_document.replace(at, value, m_origin);
    }

private:
    [[noreturn]] void fail(const std::string& what) const
    {
        throw InputError("--set " + shownText(m_text, 120) + ": " + what);
    }

    static JsonDocument valueOf(std::string_view text)
    {
        try {
            return JsonDocument::parse(text, "value");
        } catch (const InputError&) {
            return JsonDocument::ofText(text);
        }
    }

    std::string_view takeName()
    {
        const std::size_t dot = m_rest.find('.');
        const std::string_view name = m_rest.substr(0, dot);
        m_rest.remove_prefix(dot == m_rest.npos ? m_rest.size() : dot + 1);
        return name;
    }

    JsonValue item(JsonValue list)
    {
        const std::string_view name = takeName();
        std::size_t place = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), place);
        const std::size_t count = list.count();
        if (error != std::errc() || end != name.data() + name.size() || place >= count)
            fail(list.pointer() + " has no item " + shownText(name) +
                 (count == 0 ? "; it is empty" : "; must be from 0 to " + std::to_string(count - 1)));
        JsonValue found;
        for (const JsonValue child : list.children()) {
            found = child;
            if (place-- == 0)
                break;
        }
        return found;
    }

    /// The member that the path goes on with: the longest name, for names may have dots ("hidden.W_h").
    std::optional<JsonValue> memberOf(JsonValue object)
    {
        std::optional<JsonValue> found;
        std::size_t longest = 0;
        for (const JsonValue key : object.children()) {
            const std::string_view name = key.text();
            const bool leads = m_rest.substr(0, name.size()) == name &&
                               (m_rest.size() == name.size() || m_rest[name.size()] == '.');
            if (leads && name.size() >= longest) {
                found = key.value();
                longest = name.size();
            }
        }
        if (found)
            m_rest.remove_prefix(std::min(longest + 1, m_rest.size()));
        return found;
    }

    void append(JsonValue object, const JsonDocument& value)
    {
        const std::string pointer = object.pointer();
        if (pointer == "/network/weights") { // names with dots
            m_document.append(object, m_rest, value, m_origin);
            return;
        }
        const std::string_view name = takeName();
        if (m_rest.empty()) {
            m_document.append(object, name, value, m_origin);
            return;
        }
        m_document.append(object, name, JsonDocument::parse("{}", "value"), m_origin);
        append(*findMember(object, name), value); // an append leaves the places before it where they are
    }

    JsonDocument& m_document;
    std::string_view m_text;
    std::string_view m_rest; ///< Of the path.
    int m_origin;
};

} // namespace

void assign(JsonDocument& document, std::string_view assignment, int origin)
{
    Assignment(document, assignment, origin).run();
}

} // namespace chronograd
