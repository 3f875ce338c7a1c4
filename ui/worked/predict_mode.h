#pragma once

#include "core/session/session.h"
#include "core/worked/quiz.h"

#include <QObject>

#include <functional>
#include <optional>

namespace chronograd {

class PredictPanel;

/// Predict, then reveal: while it is on, what a step computes is taken out of the news that the views get,
/// until the student has predicted it or wants to see it.
class PredictMode : public QObject
{
    Q_OBJECT

public:
    explicit PredictMode(QObject* parent = nullptr);

    PredictPanel* panel() const { return m_panel; }
    bool isOn() const { return m_isOn; }
    /// `frame`: what the views show now; may be null.
    void setOn(bool on, const std::shared_ptr<const Frame>& frame);

    /// The book's numbers, asked for first; the numbers of a chosen weight.
    void setExample(const WorkedExample& example);
    void setSelected(const std::optional<Quantity>& selected) { m_selected = selected; }

    /// A command on its way to the engine: only what a step computes is asked for.
    void watch(const Command& command);
    /// The news as the views may have them.
    SessionNews covered(SessionNews news);

signals:
    void turned(bool on);
    /// The views may see more, or less, of the same moment.
    void shownChanged(const chronograd::SessionNews& news);
    void endAsked();
    void stepAsked();
    void asked(const chronograd::Quantity& quantity);

private:
    void check(const BookNumber& number);
    void reveal();
    void revealStep();
    void goOn();
    void show(std::shared_ptr<const Frame> frame);
    void withholdAnalyses(SessionNews& news);
    void askWhatIsOpen();

    PredictPanel* m_panel;
    Quiz m_quiz;
    WorkedExample m_example;
    std::optional<Quantity> m_selected;
    SessionNews m_withheld; ///< How things stand, and the prediction that was kept back.
    bool m_isOn = false;
    bool m_hasStepped = false; ///< A step is on its way.
};

} // namespace chronograd
