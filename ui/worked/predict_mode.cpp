#include "ui/worked/predict_mode.h"

#include "ui/inspector/formula_number.h"
#include "ui/theme/reading.h"
#include "ui/worked/predict_panel.h"
#include "ui/worked/slip_words.h"

#include <utility>
#include <variant>

namespace chronograd {

namespace {

constexpr int digits = 6;

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

void PredictMode::setOn(bool on, const std::shared_ptr<const Frame>& frame)
{
    if (m_isOn == on)
        return;
    m_isOn = on;
    m_hasStepped = false;
    const std::shared_ptr<const Frame> whole = m_quiz.whole();
    m_quiz.forget();
    if (on)
        m_quiz.resetCounts();
    if (on && frame)
        m_quiz.refresh(frame);
    m_panel->clearResult();
    m_panel->showQuiz(m_quiz, m_example);
    if (!on && whole)
        show(whole);
    emit turned(on);
}

void PredictMode::setExample(const WorkedExample& example)
{
    m_example = example;
    m_selected.reset();
    m_hasStepped = false;
    m_withheld = {};
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
    if (!m_isOn)
        return news;
    if (news.prediction) // it tells the outputs before they are asked for
        m_withheld.prediction = std::exchange(news.prediction, nullptr);
    m_withheld.run = news.run;
    m_withheld.course = news.course;
    m_withheld.furthest = news.furthest;
    m_withheld.state = news.state;
    m_withheld.message = news.message;
    m_withheld.stepsPerSecond = news.stepsPerSecond;
    if (!news.frame) {
        withholdAnalyses(news);
        return news;
    }
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
    return news;
}

/// They tell of an update whose numbers may still be asked for.
void PredictMode::withholdAnalyses(SessionNews& news)
{
    auto& withheld = m_withheld.analyses;
    withheld.insert(withheld.end(), news.analyses.begin(), news.analyses.end());
    news.analyses.clear();
    if (!m_quiz.question())
        std::swap(news.analyses, withheld);
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
    SessionNews news = m_withheld;
    news.frame = std::move(frame);
    if (m_isOn)
        news.prediction = nullptr;
    if (m_quiz.question())
        news.analyses.clear();
    else
        m_withheld.analyses.clear();
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
