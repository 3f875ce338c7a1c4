#include "core/worked/worked_example.h"

#include "core/explain/explain.h"
#include "core/explain/frame_numbers.h"
#include "core/worked/book_formula.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace chronograd {

namespace {

/// Where half a unit or one unit ends: 0.125 against 0.12 is still half a unit, whatever the last bit says.
constexpr double roundingSlack = 1e-9;

bool isWithin(double units, double value, const BookNumber& number)
{
    return std::abs(value - number.value) <= units * number.unit * (1.0 + roundingSlack);
}

/// Is it of a step that this update is going to run again, from the cut on? Until then what is there was
/// computed with, or after, the weights of the update before.
bool isRunAgain(const Frame& frame, const Quantity& quantity)
{
    const bool isOfStep = quantity.kind == QuantityKind::Slot || quantity.kind == QuantityKind::StepLoss;
    return isOfStep && frame.settings.history == History::Recomputed &&
           frame.position.phase == Phase::Forward && !frame.updatesAt.empty();
}

std::string whyNotMarked(const Frame& frame, const Quantity& quantity)
{
    if (isRunAgain(frame, quantity))
        return "not computed yet: the window is run again when update " + std::to_string(frame.update) +
               " is due";
    return whyAbsent(frame, quantity);
}

} // namespace

std::string_view markSign(Mark mark)
{
    constexpr std::string_view signs[] = {"", "✓", "≈", "✗", "↳"};
    return signs[static_cast<std::size_t>(mark)];
}

std::string_view markWords(Mark mark)
{
    constexpr std::string_view words[] = {"not computed yet", "agrees",
                                          "right for the book's rounded numbers", "wrong",
                                          "follows from a wrong number"};
    return words[static_cast<std::size_t>(mark)];
}

std::string besideText(double value, const BookNumber& book)
{
    constexpr int leastDecimals = 0;
    constexpr int mostDecimals = 30;
    const int decimals =
        std::clamp(2 - static_cast<int>(std::lround(std::log10(book.unit))), leastDecimals, mostDecimals);
    std::array<char, 400> buffer;
    std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, value);
    std::string text = buffer.data();
    double rounded = 0.0;
    std::from_chars(text.data(), text.data() + text.size(), rounded);
    if (decimals > 0 && std::abs(rounded - value) <= 1e-12 * std::max(1.0, std::abs(value))) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.')
            text.pop_back();
    }
    return text == "-0" ? "0" : text;
}

/// Marks the numbers of one frame. A mark depends on those of the numbers that its formula is made of, so
/// each is found when it is asked for.
class WorkedExample::Marking
{
public:
    Marking(const Frame& frame, const WorkedExample& example, std::vector<Finding>& findings)
        : m_frame(frame)
        , m_example(example)
        , m_findings(findings)
        , m_state(findings.size(), State::Open)
    {}

    const Finding& marked(std::size_t entry);

private:
    enum class State : std::uint8_t
    {
        Open,
        Busy,
        Done,
    };

    bool isOfFrame(std::size_t entry) const
    {
        return m_example.m_entries[entry].book.update == m_frame.update;
    }
    std::optional<std::size_t> earlier(const Quantity& quantity) const;
    void mark(std::size_t entry, Finding& finding);

    const Frame& m_frame;
    const WorkedExample& m_example;
    std::vector<Finding>& m_findings;
    std::vector<State> m_state;
};

/// The book's number for a part of a formula: of this update or, for what the update before left behind, of
/// that one.
std::optional<std::size_t> WorkedExample::Marking::earlier(const Quantity& quantity) const
{
    const auto ofBefore = [&](QuantityKind kind) {
        Quantity same = quantity;
        same.kind = kind;
        return m_example.find(same, m_frame.update - 1);
    };
    if (const auto found = m_example.find(quantity, m_frame.update))
        return found;
    switch (quantity.kind) {
    case QuantityKind::Weight:
        return ofBefore(QuantityKind::After);
    case QuantityKind::VelocityBefore:
        return ofBefore(QuantityKind::Velocity);
    case QuantityKind::FirstMomentBefore:
        return ofBefore(QuantityKind::FirstMoment);
    case QuantityKind::SecondMomentBefore:
        return ofBefore(QuantityKind::SecondMoment);
    case QuantityKind::MeanSquareBefore:
        return ofBefore(QuantityKind::MeanSquare);
    default:
        return std::nullopt;
    }
}

const Finding& WorkedExample::Marking::marked(std::size_t entry)
{
    Finding& finding = m_findings[entry];
    if (m_state[entry] == State::Open && isOfFrame(entry)) {
        m_state[entry] = State::Busy; // twice the same number in a book must not ask for itself
        finding = {};
        finding.absence = whyNotMarked(m_frame, m_example.m_entries[entry].of);
        if (finding.absence.empty())
            mark(entry, finding);
    }
    m_state[entry] = State::Done;
    return finding;
}

void WorkedExample::Marking::mark(std::size_t entry, Finding& finding)
{
    const BookEntry& marking = m_example.m_entries[entry];
    finding.engine = marking.turned(valueOf(m_frame, marking.of));
    std::vector<std::size_t> wrong;
    const auto bookNumberOf = [&](const Quantity& quantity, bool rightOnly) -> std::optional<double> {
        const auto found = earlier(quantity);
        if (!found || m_state[*found] == State::Busy)
            return std::nullopt;
        const Mark mark = marked(*found).mark;
        const bool isWrong = mark == Mark::Wrong || mark == Mark::Follows;
        if (mark == Mark::None || (rightOnly && isWrong))
            return std::nullopt;
        if (isWrong && std::find(wrong.begin(), wrong.end(), *found) == wrong.end())
            wrong.push_back(*found);
        const BookEntry& other = m_example.m_entries[*found];
        return other.turned(other.number.value);
    };
    const auto formula = [&](bool rightOnly) {
        BookFormula byBook(m_frame, [&](const Quantity& q) { return bookNumberOf(q, rightOnly); });
        return marking.turned(byBook(marking.of));
    };
    finding.byBook = formula(false);
    if (isWithin(0.5, *finding.engine, marking.number)) {
        finding.mark = Mark::Agrees;
    } else if (wrong.empty() ? isWithin(1.0, *finding.byBook, marking.number)
                             : isWithin(1.0, formula(true), marking.number))
    {
        finding.mark = Mark::Rounded;
    } else if (isWithin(1.0, *finding.byBook, marking.number)) {
        finding.mark = Mark::Follows;
        finding.follows = wrong;
    } else {
        finding.mark = Mark::Wrong;
    }
}

WorkedExample::WorkedExample(const std::vector<BookValue>& expected, const Network& network)
    : m_findings(expected.size())
{
    for (const BookValue& book : expected)
        m_entries.push_back(
            {book, bookNumber(book.value).value_or(BookNumber()), parseQuantity(book.of, network)});
}

int WorkedExample::count(Mark mark) const
{
    return static_cast<int>(std::count_if(m_findings.begin(), m_findings.end(),
                                          [mark](const Finding& finding) { return finding.mark == mark; }));
}

bool WorkedExample::isPassed(std::size_t entry) const
{
    return m_findings[entry].mark == Mark::None && m_entries[entry].book.update < m_update;
}

bool WorkedExample::hasNumbersOf(std::int64_t update) const
{
    return std::any_of(m_entries.begin(), m_entries.end(),
                       [update](const BookEntry& entry) { return entry.book.update == update; });
}

std::optional<std::size_t> WorkedExample::find(const Quantity& quantity, std::int64_t update) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&](const BookEntry& entry) {
        return entry.book.update == update && entry.of == quantity;
    });
    if (found == m_entries.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - m_entries.begin());
}

void WorkedExample::see(const Frame& frame)
{
    for (std::size_t entry = 0; entry < m_entries.size(); ++entry)
        if (m_entries[entry].book.update > frame.update)
            m_findings[entry] = {};
    std::vector<Finding> findings = m_findings;
    Marking marking(frame, *this, findings);
    for (std::size_t entry = 0; entry < m_entries.size(); ++entry)
        marking.marked(entry);
    m_findings = std::move(findings);
    m_update = frame.update;
}

void WorkedExample::seeMore(const Frame& whole, std::span<const std::size_t> entries)
{
    std::vector<Finding> findings = m_findings; // those that are asked for on the way stay unknown
    Marking marking(whole, *this, findings);
    for (const std::size_t entry : entries)
        m_findings[entry] = marking.marked(entry);
}

void WorkedExample::forget()
{
    std::fill(m_findings.begin(), m_findings.end(), Finding());
    m_update = 0;
}

} // namespace chronograd
