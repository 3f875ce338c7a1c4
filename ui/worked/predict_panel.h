#pragma once

#include "core/worked/quiz.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace chronograd {

/// Asks for one number after the other and says how the answers are.
class PredictPanel : public QWidget
{
    Q_OBJECT

public:
    explicit PredictPanel(QWidget* parent = nullptr);

    /// The question that is open, or that there is none, and the counts.
    void showQuiz(const Quiz& quiz);
    void showRight(const QString& number);
    void showWrong(const QString& why);
    void showRevealed(const QString& number);
    void clearResult();

signals:
    void answered(const chronograd::BookNumber& number);
    void revealAsked();
    void revealStepAsked();
    void endAsked(); ///< Of predicting.

private:
    void buildButtons();
    void check();
    void showResult(const QString& text, const char* look);

    QLabel* m_question;
    QLabel* m_formula;
    QLineEdit* m_answer;
    QPushButton* m_check;
    QPushButton* m_reveal;
    QPushButton* m_revealStep;
    QLabel* m_result;
    QLabel* m_counts;
};

} // namespace chronograd
