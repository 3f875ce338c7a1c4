#include "ui/main_window/transport_bar.h"

#include "ui/main_window/phase_text.h"
#include "ui/main_window/position_text.h"
#include "ui/main_window/run_until_menu.h"
#include "ui/main_window/speed_scale.h"
#include "ui/theme/desk_size.h"
#include "ui/theme/elided_label.h"
#include "ui/theme/icons.h"
#include "ui/theme/number_text.h"
#include "ui/theme/segmented_control.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QRandomGenerator>
#include <QResizeEvent>
#include <QSlider>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace chronograd {

TransportBar::TransportBar(QWidget* parent)
    : QFrame(parent)
    , m_row(new QHBoxLayout(this))
{
    setProperty("look", QStringLiteral("bar"));
    setAccessibleName(tr("Transport"));
    m_row->setContentsMargins(10, 6, 10, 6);
    m_row->setSpacing(6);
    buildButtons();
    buildSpeed();
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    m_position = new ElidedLabel;
    m_position->setObjectName(QStringLiteral("position"));
    m_position->setAccessibleName(tr("Position"));
    m_position->setProperty("look", QStringLiteral("strong"));
    m_phase = new ElidedLabel;
    m_phase->setObjectName(QStringLiteral("phase"));
    m_phase->setAccessibleName(tr("Phase"));
    m_phase->setProperty("look", QStringLiteral("backward"));
    words->addWidget(m_position);
    words->addWidget(m_phase);
    m_row->addSpacing(10);
    m_row->addLayout(words, 1);
    dress();
}

QToolButton* TransportBar::addButton(const QString& name, const QString& tip)
{
    auto* button = new QToolButton;
    button->setProperty("look", QStringLiteral("icon"));
    button->setAccessibleName(name);
    button->setToolTip(tip);
    fixButton(*button, {38, 32}, 18);
    button->setFocusPolicy(Qt::StrongFocus);
    m_row->addWidget(button);
    return button;
}

QLabel* TransportBar::addName(const QString& name)
{
    auto* label = new QLabel(name);
    label->setProperty("look", QStringLiteral("secondary"));
    m_row->addSpacing(8);
    m_row->addWidget(label);
    m_names.push_back(label);
    return label;
}

void TransportBar::buildButtons()
{
    const QString kept = tr("Settings, inputs and targets that were changed by hand stay as they are now;\n"
                            "of weights, what was changed before the first step.");
    m_restart = addButton(tr("Restart"), tr("Restart with the same seed (R)") + QLatin1Char('\n') + kept);
    m_newSeed =
        addButton(tr("New seed"), tr("Restart with other initial weights (N)") + QLatin1Char('\n') + kept);
    m_back = addButton(tr("Step back"), tr("One step of the chosen size back, exactly as it was (,)"));
    m_run = addButton(tr("Run"), tr("Run (Space)"));
    buildUntil();
    m_step = addButton(tr("Step"), tr("One step of the chosen size (.)"));
    m_back->setObjectName(QStringLiteral("back"));
    m_run->setObjectName(QStringLiteral("run"));
    m_step->setObjectName(QStringLiteral("step"));
    m_restart->setObjectName(QStringLiteral("restart"));
    m_newSeed->setObjectName(QStringLiteral("newSeed"));
    m_run->setProperty("look", QStringLiteral("strong"));
    connect(m_restart, &QToolButton::clicked, this, &TransportBar::restart);
    connect(m_newSeed, &QToolButton::clicked, this, &TransportBar::newSeed);
    connect(m_back, &QToolButton::clicked, this, qOverload<>(&TransportBar::stepBack));
    connect(m_run, &QToolButton::clicked, this, &TransportBar::toggleRun);
    connect(m_step, &QToolButton::clicked, this, qOverload<>(&TransportBar::step));

    addName(tr("step by"));
    m_granularity =
        new SegmentedControl(tr("step by"), {tr("term"), tr("unit"), tr("layer"), tr("step"), tr("pass"),
                                             tr("update"), tr("sequence"), tr("epoch")});
    m_granularity->setObjectName(QStringLiteral("granularity"));
    const QStringList tips{
        tr("One term of one unit's sum: a product w·x or w·δ, or one weight of the update (1)"),
        tr("One unit at one time step, forward or backward, or one row of weights of the update (2)"),
        tr("One layer at one time step, forward or backward (3)"),
        tr("One time step, forward or backward (4)"),
        tr("The forward steps up to the next update, or one backward sweep (5)"),
        tr("Up to the end of the next update (6)"),
        tr("Up to the end of this sequence (7)"),
        tr("Up to the end of this epoch (8)"),
    };
    for (int index = 0; index < tips.size(); ++index)
        m_granularity->setToolTipAt(index, tips[index]);
    m_granularity->setCurrent(int(Granularity::Update));
    connect(m_granularity, &SegmentedControl::chosen, this, &TransportBar::tellSpeed);
    m_row->addWidget(m_granularity);
}

/// Beside the run button, and narrow: the same with an end.
void TransportBar::buildUntil()
{
    m_until = addButton(tr("Run until"), tr("Run until an update, a loss, the end of a sequence … (U)"));
    m_until->setObjectName(QStringLiteral("until"));
    m_until->setArrowType(Qt::DownArrow);
    fixWidth(*m_until, 22);
    m_untilMenu = new RunUntilMenu(this);
    m_until->setMenu(m_untilMenu);
    m_until->setPopupMode(QToolButton::InstantPopup);
    connect(m_untilMenu, &RunUntilMenu::chosen, this, &TransportBar::runUntil);
    connect(m_untilMenu, &RunUntilMenu::goToAsked, this, &TransportBar::goTo);
}

void TransportBar::buildSpeed()
{
    QLabel* label = addName(tr("speed"));
    m_speed = new QSlider(Qt::Horizontal);
    m_speed->setObjectName(QStringLiteral("speed"));
    m_speed->setRange(0, speedPositions);
    m_speed->setPageStep(10);
    m_speed->setMinimumWidth(60);
    m_speed->setMaximumWidth(120);
    m_speed->setAccessibleName(tr("Speed"));
    m_speed->setToolTip(
        tr("How many steps of the chosen size run in a second; at the right end without limit"));
    m_speedText = new QLabel;
    m_speedText->setProperty("look", QStringLiteral("small"));
    label->setBuddy(m_speed);
    m_row->addWidget(m_speed);
    m_row->addWidget(m_speedText);
    connect(m_speed, &QSlider::valueChanged, this, &TransportBar::tellSpeed);
    setStepsPerSecond(20);
}

Granularity TransportBar::granularity() const
{
    return static_cast<Granularity>(m_granularity->current());
}

double TransportBar::stepsPerSecond() const
{
    return stepsPerSecondAt(m_speed->value());
}

void TransportBar::restart()
{
    emit asked(RestartCommand{});
}

void TransportBar::newSeed()
{
    // Small enough to be read, remembered and typed into a file.
    emit asked(RestartCommand{1 + QRandomGenerator::global()->bounded(999'999U)});
}

void TransportBar::step()
{
    step(granularity());
}

void TransportBar::step(Granularity granularity)
{
    if (m_step->isEnabled())
        emit asked(StepCommand{granularity});
}

void TransportBar::stepBack()
{
    stepBack(granularity());
}

void TransportBar::stepBack(Granularity granularity)
{
    if (m_back->isEnabled())
        emit asked(StepBackCommand{granularity});
}

void TransportBar::goTo(qint64 update)
{
    emit asked(GoToCommand{update});
}

void TransportBar::toggleRun()
{
    if (!m_run->isEnabled())
        return;
    if (m_state == RunState::Running)
        emit asked(PauseCommand{});
    else
        emit asked(RunCommand{});
}

void TransportBar::runUntil(const StopCondition& until)
{
    if (m_until->isEnabled())
        emit asked(RunCommand{until});
}

void TransportBar::openUntilMenu()
{
    if (m_until->isEnabled())
        m_until->showMenu();
}

void TransportBar::setGranularity(Granularity granularity)
{
    m_granularity->setCurrent(int(granularity));
    tellSpeed();
}

void TransportBar::setStepsPerSecond(double stepsPerSecond)
{
    m_speed->setValue(speedPositionOf(stepsPerSecond));
    tellSpeed();
}

void TransportBar::tellSpeed()
{
    const QString text = speedText(stepsPerSecond());
    m_speedText->setText(text);
    m_speed->setAccessibleDescription(text);
    emit asked(SpeedCommand{stepsPerSecond(), granularity()});
}

void TransportBar::greetSession(std::optional<std::int64_t> lastUpdate)
{
    m_untilMenu->begin(lastUpdate);
    m_position->clear();
    m_phase->clear();
    m_message.clear();
    m_hasPast = false;
    showState(RunState::Paused);
    tellSpeed();
}

void TransportBar::showNews(const SessionNews& news)
{
    if (news.restarted || news.state == RunState::Paused || news.state == RunState::Running)
        m_message.clear();
    if (!news.message.empty())
        m_message = QString::fromStdString(news.message);
    if (news.frame) {
        const std::int64_t update = news.frame->position.update;
        const std::int64_t furthest = update < news.furthest ? news.furthest : 0;
        m_position->setText(positionText(news.frame->position, furthest));
        m_position->setShortText(shortPositionText(news.frame->position, furthest));
        m_hasPast = news.frame->position.phase != Phase::Ready;
        enableBack();
        showPhase(phaseText(*news.frame), phaseText(*news.frame, Room::Little));
    }
    if (news.state != m_state)
        showState(news.state);
    m_untilMenu->showNews(news);
    if (m_state != RunState::Running && !m_message.isEmpty())
        showPhase(withShownNumbers(m_message));
}

void TransportBar::addAtEnd(QAction& projector)
{
    m_projector = addButton(projector.iconText(), {});
    m_projector->setObjectName(QStringLiteral("projector"));
    m_projector->setDefaultAction(&projector);
    m_projector->setToolButtonStyle(Qt::ToolButtonIconOnly);
    dress();
}

void TransportBar::setLane(const QString& name)
{
    m_lane = name;
    showPhase(m_phaseText, m_phaseBrief);
}

void TransportBar::showPhase(const QString& phase, const QString& brief)
{
    m_phaseText = phase;
    m_phaseBrief = brief;
    m_phase->setText(m_lane.isEmpty() ? phase : tr("lane “%1”: %2").arg(m_lane, phase));
    m_phase->setShortText(brief);
}

bool TransportBar::isEnded() const
{
    return m_state == RunState::Finished || m_state == RunState::Diverged;
}

void TransportBar::showState(RunState state)
{
    m_state = state;
    const bool running = state == RunState::Running;
    m_run->setEnabled(!isEnded());
    m_step->setEnabled(!isEnded() && !running);
    m_until->setEnabled(!isEnded() && !running);
    enableBack();
    m_run->setAccessibleName(running ? tr("Pause") : tr("Run"));
    m_run->setToolTip(isEnded() ? tr("Training has ended: restart to train again")
                      : running ? tr("Pause (Space)")
                                : tr("Run (Space)"));
    dress();
}

void TransportBar::enableBack()
{
    m_back->setEnabled(m_hasPast && m_state != RunState::Running);
}

void TransportBar::dress()
{
    const Theme& theme = Theme::current();
    m_speedText->ensurePolished();
    m_speedText->setFixedWidth(m_speedText->fontMetrics().horizontalAdvance(speedText(1000)) + 8);
    m_restart->setIcon(icon(Glyph::Restart, theme.text));
    m_newSeed->setIcon(icon(Glyph::NewSeed, theme.text));
    m_back->setIcon(icon(Glyph::StepBack, theme.text));
    m_step->setIcon(icon(Glyph::Step, theme.text));
    m_run->setIcon(icon(m_state == RunState::Running ? Glyph::Pause : Glyph::Run,
                        m_run->isEnabled() ? theme.textOnStrong : theme.textSecondary));
    if (m_projector != nullptr) {
        QAction* const action = m_projector->defaultAction();
        action->setIcon(icon(Glyph::Screen, action->isChecked() ? theme.textOnStrong : theme.text));
    }
}

/// Where it is narrow the position is worth more than names that tips tell too.
void TransportBar::resizeEvent(QResizeEvent* event)
{
    const int roomForNames = Theme::current().magnified(1450);
    for (QLabel* name : m_names)
        name->setVisible(event->size().width() >= roomForNames);
    QFrame::resizeEvent(event);
}

void TransportBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && m_run != nullptr)
        dress();
    QFrame::changeEvent(event);
}

} // namespace chronograd
