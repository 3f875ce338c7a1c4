#pragma once

#include "core/worked/quiz.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace chronograd {

class FormulaView;

/// Asks for one number after the other and says how the answers are. Enter checks, and steps on when
/// everything is answered: the keyboard need not be left.
class PredictPanel : public QWidget
{
    Q_OBJECT

public:
    static constexpr int leastWidth = 240;

    explicit PredictPanel(QWidget* parent = nullptr);

    /// The question that is open, or that there is none, and the counts.
    void showQuiz(const Quiz& quiz, const WorkedExample& example);
    /// A new question waits: what is typed goes there.
    void takeFocus();
    void showRight(const QString& number);
    void showWrong(const QString& why);
    void showRevealed(const QString& number);
    void clearResult();

signals:
    void answered(const chronograd::BookNumber& number);
    void revealAsked();
    void revealStepAsked();
    void stepAsked(); ///< Nothing is asked any more.
    void endAsked();  ///< Of predicting.

private:
    void buildLabels();
    void buildButtons();
    void showQuestion(const Quiz& quiz, const WorkedExample& example);
    void check();
    void showResult(const QString& text, const char* look);

    QLabel* m_question;
    QLabel* m_place; ///< Which of the step's numbers it is, and what a book calls it.
    FormulaView* m_formula;
    QLineEdit* m_answer;
    QPushButton* m_check;
    QPushButton* m_reveal;
    QPushButton* m_revealStep;
    QLabel* m_result;
    QLabel* m_counts;
    bool m_isAsking = false;
};

} // namespace chronograd
