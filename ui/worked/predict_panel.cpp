#include "ui/worked/predict_panel.h"

#include "core/explain/explain.h"
#include "ui/inspector/formula_view.h"
#include "ui/inspector/quantity_words.h"
#include "ui/theme/desk_size.h"
#include "ui/worked/worked_words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace chronograd {

namespace {

constexpr int leastHeight = 270; ///< A formula of two lines, and an answer to it of two.

/// What people type: a comma for the point, a real minus sign.
std::optional<BookNumber> typedNumber(QString text)
{
    text = text.trimmed().replace(u',', u'.').replace(QChar(0x2212), u'-');
    if (text.startsWith(u'+'))
        text.remove(0, 1);
    return bookNumber(text.toStdString());
}

} // namespace

PredictPanel::PredictPanel(QWidget* parent)
    : QWidget(parent)
    , m_question(new QLabel)
    , m_place(new QLabel)
    , m_formula(new FormulaView)
    , m_answer(new QLineEdit)
    , m_check(new QPushButton)
    , m_reveal(new QPushButton(tr("Reveal")))
    , m_revealStep(new QPushButton(tr("Reveal the step")))
    , m_result(new QLabel)
    , m_counts(new QLabel)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_question);
    column->addWidget(m_place);
    column->addWidget(m_formula);
    buildButtons();
    column->addWidget(m_result);
    column->addWidget(m_counts);
    column->addStretch(1);
    buildLabels();
    fixLeastSize(*this, {leastWidth, leastHeight});
    setAccessibleName(tr("Predict"));
}

void PredictPanel::buildLabels()
{
    for (QLabel* label : {m_question, m_place, m_result, m_counts})
        label->setWordWrap(true);
    m_question->setObjectName(u"question"_s);
    m_place->setObjectName(u"place"_s);
    m_formula->setObjectName(u"questionFormula"_s);
    m_result->setObjectName(u"result"_s);
    m_counts->setObjectName(u"counts"_s);
    m_place->setProperty("look", u"small"_s);
    m_counts->setProperty("look", u"small"_s);
    m_counts->setToolTip(tr("Counted in this window only; nothing is kept or sent"));
    m_result->setAccessibleName(tr("What the answer is worth"));
}

void PredictPanel::buildButtons()
{
    m_answer->setObjectName(u"answer"_s);
    m_answer->setAccessibleName(tr("Your number"));
    m_answer->setToolTip(tr("The number you expect. It is taken as exact as you type it; Enter checks it."));
    m_check->setObjectName(u"checkAnswer"_s);
    m_check->setProperty("look", u"strong"_s);
    m_reveal->setObjectName(u"reveal"_s);
    m_reveal->setToolTip(tr("Shows this number; it is counted as revealed"));
    m_revealStep->setObjectName(u"revealStep"_s);
    m_revealStep->setToolTip(tr("Shows all that this step computed"));
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(m_answer, 1);
    row->addWidget(m_check);
    auto* second = new QHBoxLayout;
    second->setSpacing(6);
    second->addWidget(m_reveal);
    second->addWidget(m_revealStep);
    second->addStretch(1);
    auto* end = new QPushButton(tr("End"));
    end->setObjectName(u"endPredict"_s);
    end->setToolTip(tr("Ends predicting and shows everything (Ctrl+P)"));
    second->addWidget(end);
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->addLayout(row);
    column->addLayout(second);
    connect(m_answer, &QLineEdit::returnPressed, this, &PredictPanel::check);
    connect(m_check, &QPushButton::clicked, this, &PredictPanel::check);
    connect(m_reveal, &QPushButton::clicked, this, &PredictPanel::revealAsked);
    connect(m_revealStep, &QPushButton::clicked, this, &PredictPanel::revealStepAsked);
    connect(end, &QPushButton::clicked, this, &PredictPanel::endAsked);
}

void PredictPanel::showQuiz(const Quiz& quiz, const WorkedExample& example)
{
    m_isAsking = quiz.question() != nullptr;
    for (QWidget* widget : std::initializer_list<QWidget*>{m_reveal, m_revealStep})
        widget->setEnabled(m_isAsking);
    m_place->setVisible(m_isAsking);
    m_formula->setVisible(m_isAsking);
    m_answer->setReadOnly(!m_isAsking);
    m_answer->setPlaceholderText(m_isAsking ? tr("your number") : tr("Enter steps on"));
    m_check->setText(m_isAsking ? tr("Check") : tr("Step"));
    m_check->setToolTip(m_isAsking ? tr("Compares your number with the engine's")
                                   : tr("Steps on; what it computes is asked for"));
    m_counts->setText(
        tr("%1 right · %2 wrong · %3 revealed").arg(quiz.right()).arg(quiz.wrong()).arg(quiz.revealed()));
    if (m_isAsking)
        showQuestion(quiz, example);
    else
        m_question->setText(tr("Step on: the next number is asked for here before it is shown."));
}

void PredictPanel::showQuestion(const Quiz& quiz, const WorkedExample& example)
{
    const Question& question = *quiz.question();
    const Network& network = *quiz.whole()->network;
    m_question->setText(u"<b>%1</b>"_s.arg(wordsFor(question.of, network, question.sign).toHtmlEscaped()));
    QString place = tr("Number %1 of %2 of this step").arg(quiz.number()).arg(quiz.asked());
    if (question.entry)
        place += tr(" · %1 in the book").arg(nameOf(example.entries()[*question.entry]));
    m_place->setText(place);
    const Explanation explanation = quiz.explanation();
    FormulaEquation equation;
    equation.left = explanation.symbol;
    equation.steps = quiz.formulas();
    m_formula->setEquation(std::move(equation), QString::fromStdString(formulaText(explanation.general)), {});
}

void PredictPanel::takeFocus()
{
    m_answer->setFocus();
}

void PredictPanel::check()
{
    if (!m_isAsking) {
        emit stepAsked();
    } else if (const std::optional<BookNumber> number = typedNumber(m_answer->text())) {
        emit answered(*number);
        m_answer->selectAll();
    } else {
        showResult(tr("Type a number, as 0.52 or -1.5e-3."), "secondary");
    }
}

void PredictPanel::showResult(const QString& text, const char* look)
{
    m_result->setProperty("look", QString::fromLatin1(look));
    m_result->style()->unpolish(m_result);
    m_result->style()->polish(m_result);
    m_result->setText(text);
}

void PredictPanel::showRight(const QString& number)
{
    m_answer->clear();
    showResult(tr("✓ Right: it is %1.").arg(number), "backward");
}

void PredictPanel::showWrong(const QString& why)
{
    showResult(tr("✗ %1").arg(why), "strong");
}

void PredictPanel::showRevealed(const QString& number)
{
    m_answer->clear();
    showResult(tr("It is %1.").arg(number), "secondary");
}

void PredictPanel::clearResult()
{
    m_answer->clear();
    m_result->clear();
}

} // namespace chronograd
