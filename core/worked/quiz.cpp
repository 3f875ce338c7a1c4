#include "core/worked/quiz.h"

#include "core/explain/explain.h"
#include "core/worked/at_work.h"
#include "core/worked/cover.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace chronograd {

namespace {

/// The order in which the numbers of one stop are computed.
auto order(const Question& question)
{
    const Quantity& q = question.of;
    return std::tuple(q.kind == QuantityKind::StepLoss, q.parameter, q.row, q.column, q.unit, q.slot, q.kind);
}

std::vector<Question> bookQuestions(const Frame& frame, const Frame* seen, const WorkedExample& example)
{
    const bool goesOn = seen != nullptr && goesOnInside(*seen, frame);
    std::vector<Question> questions;
    for (std::size_t entry = 0; entry < example.entries().size(); ++entry) {
        const BookEntry& given = example.entries()[entry];
        const bool isNew = given.book.update == frame.update && isAtWork(given.of, frame) &&
                           !(goesOn && hasQuantity(*seen, given.of)) && isCoverable(frame, given.of);
        if (isNew)
            questions.push_back({given.of, entry, given.sign()});
    }
    std::stable_sort(questions.begin(), questions.end(),
                     [](const Question& a, const Question& b) { return order(a) < order(b); });
    return questions;
}

/// A share and a gradient are sums that a student makes in one go.
bool isKnown(const Frame& shown, const Quantity& quantity)
{
    constexpr std::int64_t longestSum = 200;
    const bool isOpened = quantity.kind == QuantityKind::Share || quantity.kind == QuantityKind::Gradient;
    return !(isOpened && shown.window.length() <= longestSum) && hasQuantity(shown, quantity);
}

} // namespace

void Quiz::ask(std::shared_ptr<const Frame> frame, const WorkedExample& example,
               const std::optional<Quantity>& selected, SignConvention sign)
{
    const std::shared_ptr<const Frame> seen = std::exchange(m_whole, std::move(frame));
    m_questions = bookQuestions(*m_whole, seen.get(), example);
    m_next = 0;
    if (m_questions.empty())
        for (const Quantity& quantity : newNumbers(*m_whole, seen.get(), selected, mostQuestions))
            m_questions.push_back({quantity, std::nullopt,
                                   quantity.kind == QuantityKind::Delta ? sign : SignConvention::Derivative});
    cover();
}

void Quiz::refresh(std::shared_ptr<const Frame> frame)
{
    const bool isSame = m_whole && m_whole->network == frame->network &&
                        m_whole->position == frame->position && m_whole->member == frame->member;
    if (!isSame)
        m_questions.clear();
    m_whole = std::move(frame);
    cover();
}

void Quiz::forget()
{
    m_whole = nullptr;
    m_shown = nullptr;
    m_questions.clear();
    m_next = 0;
}

std::vector<std::size_t> Quiz::knownEntries() const
{
    std::vector<std::size_t> known;
    for (std::size_t question = 0; question < std::min(m_next, m_questions.size()); ++question)
        if (m_questions[question].entry)
            known.push_back(*m_questions[question].entry);
    return known;
}

void Quiz::cover()
{
    m_shown = question() ? std::make_shared<const Frame>(coveredFrom(*m_whole, question()->of)) : m_whole;
}

void Quiz::goOn()
{
    ++m_next;
    cover();
}

Verdict Quiz::answer(const BookNumber& answer, const WorkedExample& example)
{
    const Question asked = *question();
    Verdict verdict;
    verdict.value = asked.turned(valueOf(*m_whole, asked.of));
    verdict.isRight = isRightAnswer(verdict.value, answer);
    if (verdict.isRight) {
        ++m_right;
        goOn();
        return verdict;
    }
    ++m_wrong;
    const BookNumber turned{asked.turned(answer.value), answer.unit};
    verdict.diagnosis = diagnose(
        openedExplanation(*m_whole, asked.of, [this](const Quantity& q) { return isKnown(*m_shown, q); }),
        turned);
    if (asked.entry && isRightAnswer(example.entries()[*asked.entry].number.value, answer)) {
        WorkedExample marked = example;
        marked.see(*m_whole);
        verdict.bookMark = marked.finding(*asked.entry).mark;
    }
    return verdict;
}

double Quiz::reveal()
{
    const double value = question()->turned(valueOf(*m_whole, question()->of));
    ++m_revealed;
    goOn();
    return value;
}

void Quiz::revealStep()
{
    m_revealed += static_cast<int>(m_questions.size() - m_next);
    m_next = m_questions.size();
    cover();
}

Explanation Quiz::explanation() const
{
    return explain(*m_whole, question()->of, question()->sign);
}

std::vector<Expression> Quiz::formulas() const
{
    Explanation each = explanation();
    std::vector<Expression> formulas{each.general};
    const auto namesCovered = [this](const Explanation& of) {
        const Expression& numbers = of.numbers;
        return numbers.kind == Expression::Kind::Value && numbers.of && *numbers.of != of.of &&
               !hasQuantity(*m_shown, *numbers.of);
    };
    while (namesCovered(each)) {
        each = explain(*m_whole, *each.numbers.of, question()->sign);
        formulas.push_back(each.general);
    }
    return formulas;
}

} // namespace chronograd
