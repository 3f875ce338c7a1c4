#include "ui/worked/predict_mode.h"

#include "ui/theme/formula_number.h"
#include "ui/theme/reading.h"
#include "ui/worked/predict_panel.h"
#include "ui/worked/slip_words.h"

#include <utility>
#include <variant>

namespace chronograd {

namespace {

constexpr int digits = 6;

/// How things stand; not what is new.
void copyStanding(SessionNews& to, const SessionNews& from)
{
    to.run = from.run;
    to.course = from.course;
    to.furthest = from.furthest;
    to.journey = from.journey;
    to.state = from.state;
    to.message = from.message;
    to.stepsPerSecond = from.stepsPerSecond;
}

} // namespace

PredictMode::PredictMode(QObject* parent)
    : QObject(parent)
    , m_panel(new PredictPanel)
{
    connect(m_panel, &PredictPanel::answered, this, &PredictMode::check);
    connect(m_panel, &PredictPanel::revealAsked, this, &PredictMode::reveal);
    connect(m_panel, &PredictPanel::revealStepAsked, this, &PredictMode::revealStep);
    connect(m_panel, &PredictPanel::endAsked, this, &PredictMode::endAsked);
    connect(m_panel, &PredictPanel::stepAsked, this, &PredictMode::stepAsked);
    m_panel->showQuiz(m_quiz, m_example);
}

void PredictMode::setOn(bool on, const std::shared_ptr<const Frame>& frame, bool fromBeginning)
{
    if (m_isOn == on)
        return;
    m_isOn = on;
    m_awaitsBeginning = on && fromBeginning;
    m_hasStepped = false;
    const std::shared_ptr<const Frame> whole = m_quiz.whole();
    m_quiz.forget();
    if (on)
        m_quiz.resetCounts();
    if (on && frame)
        m_quiz.refresh(frame);
    m_panel->clearResult();
    m_panel->showQuiz(m_quiz, m_example);
    tellKnown();
    m_curves.begin();
    if (on)
        show(nullptr); // the curves as far as they may be seen
    else if (whole)
        show(whole);
    emit turned(on);
}

void PredictMode::setExample(const WorkedExample& example)
{
    m_example = example;
    m_selected.reset();
    m_hasStepped = false;
    m_withheld = {};
    m_curves = {};
    m_quiz.forget();
    m_quiz.resetCounts();
    m_panel->clearResult();
    m_panel->showQuiz(m_quiz, m_example);
}

void PredictMode::watch(const Command& command)
{
    if (std::holds_alternative<StepCommand>(command))
        m_hasStepped = m_isOn;
    else if (!std::holds_alternative<ViewCommand>(command) && !std::holds_alternative<ChangeCommand>(command))
        m_hasStepped = false;
}

SessionNews PredictMode::covered(SessionNews news)
{
    copyStanding(m_withheld, news);
    if (!m_isOn) {
        m_curves.keep(news);
        return news;
    }
    if (news.prediction) // it tells the outputs before they are asked for
        m_withheld.prediction = std::exchange(news.prediction, nullptr);
    if (!news.frame) {
        withholdAnalyses(news);
        m_curves.cover(news, updatesShown());
        return news;
    }
    m_awaitsBeginning = m_awaitsBeginning && news.frame->position.phase != Phase::Ready;
    const bool hasMoved = !m_quiz.whole() || !(m_quiz.whole()->position == news.frame->position);
    if (m_hasStepped && hasMoved && news.state != RunState::Running) {
        m_hasStepped = false;
        m_quiz.ask(news.frame, m_example, m_selected, Reading::current().sign);
        m_panel->clearResult();
        QMetaObject::invokeMethod(this, &PredictMode::askWhatIsOpen, Qt::QueuedConnection);
    } else {
        m_quiz.refresh(news.frame);
    }
    m_panel->showQuiz(m_quiz, m_example);
    news.frame = m_quiz.shown();
    withholdAnalyses(news);
    m_curves.cover(news, updatesShown());
    tellKnown();
    return news;
}

/// Updates whose numbers the views have: those after it are still to be predicted.
std::int64_t PredictMode::updatesShown() const
{
    return m_quiz.shown() && !m_awaitsBeginning ? m_quiz.shown()->position.update : 0;
}

/// They tell of an update whose numbers may still be asked for; so does where its velocity comes from.
void PredictMode::withholdAnalyses(SessionNews& news)
{
    auto& withheld = m_withheld.analyses;
    withheld.insert(withheld.end(), news.analyses.begin(), news.analyses.end());
    news.analyses.clear();
    if (news.past)
        m_withheld.past = std::exchange(news.past, nullptr);
    if (m_quiz.question())
        return;
    std::erase_if(withheld,
                  [last = updatesShown()](const auto& analysis) { return analysis->update > last; });
    std::swap(news.analyses, withheld);
    news.past = std::exchange(m_withheld.past, nullptr);
    if (news.past && news.past->update > updatesShown())
        news.past = nullptr;
}

void PredictMode::tellKnown()
{
    const bool isCovered = m_isOn && m_quiz.question() != nullptr;
    emit known(m_quiz.whole(), isCovered ? m_quiz.knownEntries() : std::vector<std::size_t>());
}

void PredictMode::check(const BookNumber& number)
{
    if (!m_quiz.question())
        return;
    const Verdict verdict = m_quiz.answer(number, m_example);
    if (verdict.isRight) {
        m_panel->showRight(formulaNumberText(verdict.value, digits));
        goOn();
    } else {
        m_panel->showWrong(wrongText(verdict, *m_quiz.whole()->network));
        m_panel->showQuiz(m_quiz, m_example);
    }
}

void PredictMode::reveal()
{
    if (!m_quiz.question())
        return;
    m_panel->showRevealed(formulaNumberText(m_quiz.reveal(), digits));
    goOn();
}

void PredictMode::revealStep()
{
    m_quiz.revealStep();
    m_panel->clearResult();
    goOn();
}

void PredictMode::goOn()
{
    m_panel->showQuiz(m_quiz, m_example);
    show(m_quiz.shown());
    askWhatIsOpen();
}

/// The same moment again: nothing else is new.
void PredictMode::show(std::shared_ptr<const Frame> frame)
{
    SessionNews news = std::exchange(m_withheld, {});
    copyStanding(m_withheld, news);
    news.frame = std::move(frame);
    if (m_isOn) {
        m_withheld.prediction = std::exchange(news.prediction, nullptr);
        withholdAnalyses(news);
        m_curves.cover(news, updatesShown());
    } else {
        m_curves.restore(news);
    }
    tellKnown();
    emit shownChanged(news);
}

void PredictMode::askWhatIsOpen()
{
    if (const Question* question = m_quiz.question()) {
        m_panel->takeFocus();
        emit asked(question->of);
    }
}

} // namespace chronograd
