#pragma once

#include "core/session/session.h"

#include <QWidget>

#include <map>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace chronograd {

class ChangeHistory;
class SegmentedControl;
class SettingRow;

/// The settings that can be changed while it trains: k1, k2, rate and momentum, named pairs of k1 and k2, and
/// the rest behind "more". Every change can be undone; a drag is one change.
class LiveControls : public QWidget
{
    Q_OBJECT

public:
    explicit LiveControls(QWidget* parent = nullptr);

    ChangeHistory* history() const { return m_history; }
    SettingRow* row(Setting setting) const { return m_rows.at(setting); }

    void startExperiment(const Experiment& experiment, std::int64_t longestSequence);
    /// What was chosen by hand in a session whose news come next. Otherwise a session that says it was
    /// restarted begins with nothing that could be undone.
    void begin(const UndoList& choices);
    void showNews(const SessionNews& news);

    /// The number that is being dragged elsewhere; none: it was let go.
    void showDragged(const std::optional<SettingChange>& change);
    /// As one entry that can be undone, leaving out what is so already.
    void choose(const std::vector<SettingChange>& changes);
    /// To the end of another course of the run, as one entry; undone: to the end of the one it was on.
    void chooseCourse(qint64 from, qint64 to);
    /// A weight or a datum, changed by hand, as such an entry.
    void edit(const Edit& before, const Edit& after);

signals:
    /// A setting under the hand, not chosen yet; none: it was let go.
    void dragged(const std::optional<chronograd::SettingChange>& change);
    void asked(const chronograd::Command& command);

private:
    void buildMain(QVBoxLayout& lines);
    void buildPresets(QVBoxLayout& lines);
    void buildMore(QVBoxLayout& lines);
    SettingRow* addRow(QVBoxLayout& lines, Setting setting);
    /// What undo and redo do too.
    void ask(const ChoiceByHand& choice);
    void restartRows();
    void refresh();
    Hyperparameters shownSettings() const;

    std::map<Setting, SettingRow*> m_rows;
    ChangeHistory* m_history;
    bool m_isBeginning = false; ///< The news that come next are the first of a session with this history.
    QLabel* m_heading = nullptr;
    QLabel* m_note = nullptr;
    SegmentedControl* m_presets = nullptr;
    Hyperparameters m_start;
};

} // namespace chronograd
