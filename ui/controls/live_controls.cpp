#include "ui/controls/live_controls.h"

#include "ui/controls/choice_limits.h"
#include "ui/controls/choice_row.h"
#include "ui/controls/setting_text.h"
#include "ui/controls/slider_row.h"
#include "ui/controls/truncation_preset.h"
#include "ui/theme/elided_label.h"
#include "ui/theme/segmented_control.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QStyle>
#include <QToolButton>
#include <QUndoCommand>
#include <QUndoStack>
#include <QVBoxLayout>

#include <utility>

namespace chronograd {

namespace {

class SettingCommand : public QUndoCommand
{
public:
    SettingCommand(LiveControls& controls, const SettingChange& before, const SettingChange& after,
                   QUndoCommand* parent)
        : QUndoCommand(parent)
        , m_controls(controls)
        , m_before(before)
        , m_after(after)
    {}

    void redo() override { m_controls.ask(m_after); }
    void undo() override { m_controls.ask(m_before); }

private:
    LiveControls& m_controls;
    SettingChange m_before;
    SettingChange m_after;
};

class CourseChoice : public QUndoCommand
{
public:
    CourseChoice(LiveControls& controls, qint64 from, qint64 to)
        : QUndoCommand(LiveControls::tr("course %1").arg(to))
        , m_controls(controls)
        , m_from(from)
        , m_to(to)
    {}

    void redo() override { emit m_controls.asked(CourseCommand{m_to}); }
    void undo() override { emit m_controls.asked(CourseCommand{m_from}); }

private:
    LiveControls& m_controls;
    qint64 m_from;
    qint64 m_to;
};

/// A number changed by hand; undone, the old one comes back from the next update on.
class NumberCommand : public QUndoCommand
{
public:
    NumberCommand(LiveControls& controls, Edit before, Edit after)
        : QUndoCommand(QStringLiteral("%1 = %2").arg(QString::fromStdString(after.of)).arg(after.value))
        , m_controls(controls)
        , m_before(std::move(before))
        , m_after(std::move(after))
    {}

    void redo() override { emit m_controls.asked(EditCommand{m_after}); }
    void undo() override { emit m_controls.asked(EditCommand{m_before}); }

private:
    LiveControls& m_controls;
    Edit m_before;
    Edit m_after;
};

QString keyOf(const SettingSpec& spec)
{
    return QString::fromUtf8(spec.label.data(), qsizetype(spec.label.size()));
}

QString changeText(const SettingChange& change)
{
    return QStringLiteral("%1 = %2").arg(keyOf(settingSpec(change.setting)),
                                         QString::fromStdString(settingText(change)));
}

} // namespace

LiveControls::LiveControls(QWidget* parent)
    : QWidget(parent)
    , m_undo(new QUndoStack(this))
{
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
    restartRows();
}

void LiveControls::restartRows()
{
    m_undo->clear();
    for (const auto& [setting, row] : m_rows)
        row->start(m_start);
    refresh();
}

void LiveControls::showNews(const SessionNews& news)
{
    if (news.restarted)
        restartRows();
    for (const ChangeMark& mark : news.changes)
        m_rows.at(mark.change.setting)->showMark(mark);
    if (!news.frame)
        return;
    for (const auto& [setting, row] : m_rows)
        row->showFrame(*news.frame);
    refresh();
}

void LiveControls::ask(const SettingChange& change)
{
    m_rows.at(change.setting)->ask(change.value);
    emit asked(ChangeCommand{change});
    refresh();
}

void LiveControls::choose(const std::vector<SettingChange>& changes)
{
    auto entry = std::make_unique<QUndoCommand>();
    QStringList texts;
    for (const SettingChange& change : changes) {
        const SettingChange before{change.setting, m_rows.at(change.setting)->shown()};
        if (before == change)
            continue;
        new SettingCommand(*this, before, change, entry.get());
        texts << changeText(change);
    }
    if (texts.isEmpty()) {
        refresh();
        return;
    }
    entry->setText(texts.join(QStringLiteral(", ")));
    m_undo->push(entry.release());
}

void LiveControls::chooseCourse(qint64 from, qint64 to)
{
    m_undo->push(new CourseChoice(*this, from, to));
}

void LiveControls::edit(const Edit& before, const Edit& after)
{
    m_undo->push(new NumberCommand(*this, before, after));
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
