#include "ui/controls/live_controls.h"

#include "ui/controls/change_history.h"
#include "ui/controls/choice_limits.h"
#include "ui/controls/choice_row.h"
#include "ui/controls/slider_row.h"
#include "ui/controls/truncation_preset.h"
#include "ui/theme/elided_label.h"
#include "ui/theme/segmented_control.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace chronograd {

LiveControls::LiveControls(QWidget* parent)
    : QWidget(parent)
    , m_history(new ChangeHistory(this))
{
    connect(m_history, &ChangeHistory::asked, this, &LiveControls::ask);
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(6);
    buildMain(*lines);
    buildPresets(*lines);
    buildMore(*lines);
}

void LiveControls::buildMain(QVBoxLayout& lines)
{
    auto* head = new QHBoxLayout;
    m_heading = new QLabel(tr("Live"));
    m_heading->setProperty("look", QStringLiteral("heading"));
    m_note = new ElidedLabel;
    m_note->setObjectName(QStringLiteral("pendingNote"));
    m_note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_note->setAccessibleName(tr("When changes come into force"));
    head->addWidget(m_heading);
    head->addWidget(m_note, 1);
    lines.addLayout(head);
    for (const Setting setting : {Setting::K1, Setting::K2, Setting::LearningRate, Setting::Momentum})
        addRow(lines, setting);
}

SettingRow* LiveControls::addRow(QVBoxLayout& lines, Setting setting)
{
    SettingRow* row = makeSettingRow(setting);
    m_rows.emplace(setting, row);
    lines.addWidget(row);
    connect(row, &SettingRow::dragged, this, &LiveControls::dragged);
    connect(row, &SettingRow::chosen, this, [this](const SettingChange& change) { choose({change}); });
    return row;
}

void LiveControls::buildPresets(QVBoxLayout& lines)
{
    auto* head = new QHBoxLayout;
    auto* label = new QLabel(tr("named settings"));
    label->setProperty("look", QStringLiteral("secondary"));
    auto* more = new QToolButton;
    more->setText(tr("more…"));
    more->setObjectName(QStringLiteral("morePresets"));
    more->setProperty("look", QStringLiteral("quiet"));
    more->setToolTip(tr("Other named ways to train: Williams–Peng, naive chunks, the pseudocode …"));
    more->setAccessibleName(tr("More named settings"));
    more->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(more);
    menu->setToolTipsVisible(true);
    more->setMenu(menu);
    head->addWidget(label, 1);
    head->addWidget(more);
    lines.addLayout(head);

    const auto make = [this](int index) {
        choose(presetChanges(static_cast<TruncationPreset>(index), shownSettings()));
    };
    QStringList names;
    constexpr int buttons = 4;
    for (int index = 0; index < truncationPresets; ++index) {
        const auto preset = static_cast<TruncationPreset>(index);
        if (index < buttons) {
            names << presetName(preset);
            continue;
        }
        QAction* action = menu->addAction(presetName(preset));
        action->setToolTip(presetHelp(preset));
        connect(action, &QAction::triggered, this, [make, index] { make(index); });
    }
    m_presets = new SegmentedControl(tr("named settings of k1 and k2"), names);
    m_presets->setObjectName(QStringLiteral("presets"));
    m_presets->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    for (int index = 0; index < buttons; ++index)
        m_presets->setToolTipAt(index, presetHelp(static_cast<TruncationPreset>(index)));
    connect(m_presets, &SegmentedControl::chosen, this, make);
    lines.addWidget(m_presets);
}

void LiveControls::buildMore(QVBoxLayout& lines)
{
    auto* expander = new QToolButton;
    expander->setObjectName(QStringLiteral("moreSettings"));
    expander->setText(tr("More settings"));
    expander->setToolTip(tr("Loss, optimizer, injection, history, window, clipping, state and chunks"));
    expander->setAccessibleName(expander->text());
    expander->setCheckable(true);
    expander->setProperty("look", QStringLiteral("expander"));
    expander->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    expander->setArrowType(Qt::RightArrow);
    lines.addWidget(expander);
    auto* box = new QWidget;
    auto* inside = new QVBoxLayout(box);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->setSpacing(5);
    for (const SettingSpec& spec : settingTable())
        if (!m_rows.contains(spec.setting))
            addRow(*inside, spec.setting);
    box->hide();
    lines.addWidget(box);
    connect(expander, &QToolButton::toggled, box, [expander, box](bool open) {
        expander->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
        box->setVisible(open);
    });
}

void LiveControls::startExperiment(const Experiment& experiment, std::int64_t longestSequence)
{
    m_start = experiment.training.start;
    for (const Setting setting : {Setting::K1, Setting::K2})
        static_cast<SliderRow*>(m_rows.at(setting))->setLongest(longestSequence);
    const QString obstacle = truncationObstacle(experiment);
    for (const Setting setting : {Setting::K1, Setting::K2})
        m_rows.at(setting)->setObstacle(obstacle);
    m_presets->setEnabled(obstacle.isEmpty());
    m_presets->setToolTip(obstacle);
    for (const auto& [setting, row] : m_rows)
        if (auto* choices = qobject_cast<ChoiceRow*>(row))
            for (int index = 0; index < int(row->spec().choices.size()); ++index)
                choices->setObstacle(index, choiceObstacle(experiment, setting, index));
    begin(experiment.session ? experiment.session->undo : UndoList());
    restartRows();
}

void LiveControls::begin(const UndoList& choices)
{
    m_history->restore(choices);
    m_isBeginning = true;
}

void LiveControls::restartRows()
{
    for (const auto& [setting, row] : m_rows)
        row->start(m_start);
    refresh();
}

void LiveControls::showNews(const SessionNews& news)
{
    if (news.restarted) {
        if (!std::exchange(m_isBeginning, false))
            m_history->clear();
        restartRows();
    }
    for (const ChangeMark& mark : news.changes)
        m_rows.at(mark.change.setting)->showMark(mark);
    if (!news.frame)
        return;
    for (const auto& [setting, row] : m_rows)
        row->showFrame(*news.frame);
    refresh();
}

void LiveControls::ask(const ChoiceByHand& choice)
{
    if (const auto* edit = std::get_if<Edit>(&choice)) {
        emit asked(EditCommand{*edit});
    } else if (const auto* course = std::get_if<CourseChoice>(&choice)) {
        emit asked(CourseCommand{course->number});
    } else {
        for (const SettingChange& change : std::get<std::vector<SettingChange>>(choice)) {
            m_rows.at(change.setting)->ask(change.value);
            emit asked(ChangeCommand{change});
        }
        refresh();
    }
}

void LiveControls::choose(const std::vector<SettingChange>& changes)
{
    std::vector<SettingChange> before;
    std::vector<SettingChange> after;
    for (const SettingChange& change : changes) {
        const SettingChange now{change.setting, m_rows.at(change.setting)->shown()};
        if (now == change)
            continue;
        before.push_back(now);
        after.push_back(change);
    }
    if (after.empty())
        refresh();
    else
        m_history->add({before, after});
}

void LiveControls::showDragged(const std::optional<SettingChange>& change)
{
    for (const auto& [setting, row] : m_rows)
        row->showDragged(change && change->setting == setting ? std::optional(change->value) : std::nullopt);
}

void LiveControls::chooseCourse(qint64 from, qint64 to)
{
    m_history->add({CourseChoice{from}, CourseChoice{to}});
}

void LiveControls::edit(const Edit& before, const Edit& after)
{
    m_history->add({before, after});
}

Hyperparameters LiveControls::shownSettings() const
{
    Hyperparameters settings = m_start;
    for (const auto& [setting, row] : m_rows)
        apply(settings, {setting, row->shown()});
    return settings;
}

void LiveControls::refresh()
{
    QStringList pending;
    bool nextEpoch = true;
    for (const auto& [setting, row] : m_rows)
        if (row->isPending()) {
            pending << row->inForceText();
            nextEpoch = nextEpoch && row->spec().nextEpoch;
        }
    const QString what = pending.size() > 2 ? tr("%n settings pending", nullptr, int(pending.size()))
                                            : pending.join(QStringLiteral(", "));
    const QString text = pending.isEmpty() ? tr("from the next update on")
                         : nextEpoch       ? tr("%1 until the next epoch").arg(what)
                                           : tr("%1 until the next update").arg(what);
    m_presets->setCurrent(int(presetOf(shownSettings())));
    if (m_note->text() == text)
        return;
    m_note->setText(text);
    m_heading->setVisible(pending.isEmpty()); // what is pending needs the line
    m_note->setProperty("look", pending.isEmpty() ? QStringLiteral("small") : QStringLiteral("pending"));
    m_note->style()->unpolish(m_note);
    m_note->style()->polish(m_note);
}

} // namespace chronograd
