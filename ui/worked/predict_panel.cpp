#include "ui/worked/predict_panel.h"

#include "core/explain/explain.h"
#include "ui/inspector/quantity_words.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace chronograd {

namespace {

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
    , m_formula(new QLabel)
    , m_answer(new QLineEdit)
    , m_check(new QPushButton(tr("Check")))
    , m_reveal(new QPushButton(tr("Reveal")))
    , m_revealStep(new QPushButton(tr("Reveal the step")))
    , m_result(new QLabel)
    , m_counts(new QLabel)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_question);
    column->addWidget(m_formula);
    buildButtons();
    column->addWidget(m_result);
    column->addWidget(m_counts);
    column->addStretch(1);
    for (QLabel* label : {m_question, m_formula, m_result, m_counts})
        label->setWordWrap(true);
    m_question->setObjectName(u"question"_s);
    m_formula->setObjectName(u"questionFormula"_s);
    m_result->setObjectName(u"result"_s);
    m_counts->setObjectName(u"counts"_s);
    m_formula->setFont(Theme::current().mathFont(Theme::current().textSize + 1));
    m_counts->setProperty("look", u"small"_s);
    m_result->setAccessibleName(tr("What the answer is worth"));
    setAccessibleName(tr("Predict"));
}

void PredictPanel::buildButtons()
{
    m_answer->setObjectName(u"answer"_s);
    m_answer->setAccessibleName(tr("Your number"));
    m_answer->setPlaceholderText(tr("your number"));
    m_answer->setToolTip(tr("The number you expect. It is taken as exact as you type it; Enter checks it."));
    m_check->setObjectName(u"checkAnswer"_s);
    m_check->setToolTip(tr("Compares your number with the engine's"));
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

void PredictPanel::showQuiz(const Quiz& quiz)
{
    const Question* question = quiz.question();
    for (QWidget* widget : std::initializer_list<QWidget*>{m_answer, m_check, m_reveal, m_revealStep})
        widget->setEnabled(question != nullptr);
    m_formula->setVisible(question != nullptr);
    m_counts->setText(
        tr("%1 right · %2 wrong · %3 revealed").arg(quiz.right()).arg(quiz.wrong()).arg(quiz.revealed()));
    if (question == nullptr) {
        m_question->setText(
            tr("Step on (the key . in the graph): the next number is asked for here before it "
               "is shown."));
        return;
    }
    QString text = tr("Number %1 of %2: <b>%3</b>")
                       .arg(quiz.number())
                       .arg(quiz.asked())
                       .arg(wordsFor(question->of, *quiz.whole()->network).toHtmlEscaped());
    if (question->isErrorSignal)
        text += tr(", as the error signal −δ");
    m_question->setText(text);
    m_formula->setText(QString::fromStdString(formulaText(quiz.formula())));
}

void PredictPanel::check()
{
    if (const std::optional<BookNumber> number = typedNumber(m_answer->text())) {
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
    showResult(tr("✓ Right: %1").arg(number), "backward");
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
