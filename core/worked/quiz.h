#pragma once

#include "core/worked/diagnosis.h"
#include "core/worked/worked_example.h"

#include <memory>
#include <optional>
#include <vector>

namespace chronograd {

/// A number that a student is to predict.
struct Question
{
    Quantity of;
    std::optional<std::size_t> entry; ///< The book's number, if it gives one.
    SignConvention sign =
        SignConvention::Derivative; ///< In which a delta is asked for: a book's, if it gives one.

    double turned(double value) const { return sign == SignConvention::ErrorSignal ? 0.0 - value : value; }
};

/// What an answer was worth.
struct Verdict
{
    bool isRight = false;
    double value = 0.0;         ///< The number, in the sign asked for.
    Diagnosis diagnosis;        ///< Of a wrong answer.
    Mark bookMark = Mark::None; ///< Of a wrong answer that is the book's number: what is wrong with that.
};

/// Predict, then reveal: asks for the numbers of each step before it shows them.
class Quiz
{
public:
    /// Questions of one step, where no book says which numbers matter.
    static constexpr std::size_t mostQuestions = 6;

    /// A new stop of the machine. The numbers it computed are asked for one by one; those that the book
    /// gives, where it gives any; else some, in the sign in which deltas are read.
    void ask(std::shared_ptr<const Frame> frame, const WorkedExample& example,
             const std::optional<Quantity>& selected, SignConvention sign = SignConvention::Derivative);
    /// The same stop, held anew; or one that nothing is asked of.
    void refresh(std::shared_ptr<const Frame> frame);
    void forget();

    /// With everything covered that is still to be predicted; null before the first frame.
    const std::shared_ptr<const Frame>& shown() const { return m_shown; }
    const std::shared_ptr<const Frame>& whole() const { return m_whole; }
    const Question* question() const { return m_next < m_questions.size() ? &m_questions[m_next] : nullptr; }
    std::size_t asked() const { return m_questions.size(); }
    std::size_t number() const { return m_next + 1; } ///< Of the question, among those of this step.

    /// The book's numbers of this step that have been predicted or revealed.
    std::vector<std::size_t> knownEntries() const;

    /// Precondition of these: there is a question. A right answer goes on to the next.
    Verdict answer(const BookNumber& answer, const WorkedExample& example);
    double reveal(); ///< The number; goes on.
    void revealStep();
    Explanation explanation() const; ///< Of the question, in its sign; its numbers are to be kept back.
    /// Its formula in symbols, and the next one where it only names a number that is covered too:
    /// Δw = v = γ·v − α·∂L/∂w.
    std::vector<Expression> formulas() const;

    int right() const { return m_right; }
    int wrong() const { return m_wrong; }
    int revealed() const { return m_revealed; }
    void resetCounts() { m_right = m_wrong = m_revealed = 0; }

private:
    void goOn();
    void cover();

    std::shared_ptr<const Frame> m_whole;
    std::shared_ptr<const Frame> m_shown;
    std::vector<Question> m_questions;
    std::size_t m_next = 0;
    int m_right = 0;
    int m_wrong = 0;
    int m_revealed = 0;
};

} // namespace chronograd
