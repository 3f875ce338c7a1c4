#pragma once

#include "core/session/session.h"

#include <QFrame>

#include <vector>

class QHBoxLayout;
class QLabel;
class QSlider;
class QToolButton;

namespace chronograd {

class ElidedLabel;
class RunUntilMenu;
class SegmentedControl;

/// The bar on top: restart, new seed, run or pause, step, how far a step goes, how fast running is, and where
/// training stands in words.
class TransportBar : public QFrame
{
    Q_OBJECT

public:
    explicit TransportBar(QWidget* parent = nullptr);

    Granularity granularity() const;
    double stepsPerSecond() const;
    RunUntilMenu* untilMenu() const { return m_untilMenu; }
    void addAtEnd(QAction& projector); ///< Its button stands apart from those of training.

public slots:
    void restart();
    void newSeed();
    void step();
    void step(chronograd::Granularity granularity);
    void stepBack();
    void stepBack(chronograd::Granularity granularity);
    void goTo(qint64 update); ///< One that has been computed.
    void toggleRun();
    void runUntil(const chronograd::StopCondition& until);
    void openUntilMenu();
    void setGranularity(chronograd::Granularity granularity);
    void setStepsPerSecond(double stepsPerSecond);
    /// Back to "not running", with the speed told again to the new session. `lastUpdate`: after which its
    /// training ends by itself, if it does.
    void greetSession(std::optional<std::int64_t> lastUpdate);
    void showNews(const chronograd::SessionNews& news);
    void setLane(const QString& name); ///< Which one is shown and driven; empty: the run.

signals:
    void asked(const chronograd::Command& command);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QToolButton* addButton(const QString& name, const QString& tip);
    QLabel* addName(const QString& name);
    void buildButtons();
    void buildUntil();
    void buildSpeed();
    void tellSpeed();
    bool isEnded() const;
    void showState(RunState state);
    void showPhase(const QString& phase, const QString& brief = {});
    void enableBack();
    void dress();

    QHBoxLayout* m_row;
    QToolButton* m_restart = nullptr;
    QToolButton* m_newSeed = nullptr;
    QToolButton* m_back = nullptr;
    QToolButton* m_run = nullptr;
    QToolButton* m_until = nullptr;
    RunUntilMenu* m_untilMenu = nullptr;
    QToolButton* m_step = nullptr;
    SegmentedControl* m_granularity = nullptr;
    QSlider* m_speed = nullptr;
    QLabel* m_speedText = nullptr;
    std::vector<QLabel*> m_names; ///< Beside what they name; left out where it is narrow.
    ElidedLabel* m_position = nullptr;
    ElidedLabel* m_phase = nullptr;
    QToolButton* m_projector = nullptr;
    RunState m_state = RunState::Paused;
    QString m_message; ///< Why it ended or stopped.
    QString m_lane;
    QString m_phaseText;  ///< Without the lane …
    QString m_phaseBrief; ///< … and where there is little room.
    bool m_hasPast = false;
};

} // namespace chronograd
