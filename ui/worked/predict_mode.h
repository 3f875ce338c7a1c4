#pragma once

#include "core/session/session.h"
#include "core/worked/quiz.h"
#include "ui/worked/curve_cover.h"

#include <QObject>

#include <functional>
#include <optional>
#include <vector>

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
    /// `frame`: what the views show now; may be null. `fromBeginning`: training is about to be taken there.
    void setOn(bool on, const std::shared_ptr<const Frame>& frame, bool fromBeginning = false);

    /// The book's numbers, asked for first; the numbers of a chosen weight.
    void setExample(const WorkedExample& example);
    void setSelected(const std::optional<Quantity>& selected) { m_selected = selected; }

    /// A command on its way to the engine: only what a step computes is asked for.
    void watch(const Command& command);
    /// The news as the views may have them.
    SessionNews covered(SessionNews news);

signals:
    void turned(bool on);
    /// Those of the book's numbers that were predicted or revealed while the rest of the step is covered, as
    /// they are in the whole frame; with the next frame that is shown.
    void known(std::shared_ptr<const chronograd::Frame> whole, const std::vector<std::size_t>& entries);
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
    std::int64_t updatesShown() const;
    void tellKnown();
    void askWhatIsOpen();

    PredictPanel* m_panel;
    Quiz m_quiz;
    WorkedExample m_example;
    std::optional<Quantity> m_selected;
    SessionNews m_withheld; ///< How things stand, and the prediction that was kept back.
    CurveCover m_curves;
    bool m_isOn = false;
    bool m_awaitsBeginning = false;
    bool m_hasStepped = false; ///< A step is on its way.
};

} // namespace chronograd
