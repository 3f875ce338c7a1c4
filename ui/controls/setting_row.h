#pragma once

#include "ui/controls/pending_setting.h"

#include <QWidget>

#include <optional>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace chronograd {

/// One setting of the table with its control: shows the value in force or asked for, and tells what the user
/// chose. Nothing is in force before the engine says so.
class SettingRow : public QWidget
{
    Q_OBJECT

public:
    explicit SettingRow(Setting setting, QWidget* parent = nullptr);

    const SettingSpec& spec() const { return m_spec; }
    const SettingValue& shown() const { return m_state.shown(); }
    bool isPending() const { return m_state.isPending(); }
    /// "k2 is 5": what is in force while another value is shown.
    QString inForceText() const;
    /// Says why the experiment leaves no choice; empty: it does.
    void setObstacle(const QString& obstacle);

    void start(const Hyperparameters& settings);
    void ask(const SettingValue& value);
    /// Shows a value that is being chosen elsewhere; none: what was shown before.
    void showDragged(const std::optional<SettingValue>& value);
    void showFrame(const Frame& frame);
    void showMark(const ChangeMark& mark);

signals:
    /// Not chosen yet: what the value is under the hand; none: it was let go.
    void dragged(const std::optional<chronograd::SettingChange>& change);
    void chosen(const chronograd::SettingChange& change);

protected:
    void changeEvent(QEvent* event) override;
    virtual void display(const SettingValue& value) = 0;
    /// What the user did, checked: told as chosen() when it is legal and new.
    void choose(const SettingValue& value);
    void chooseText(const QString& text);
    void showError(const QString& sentence);
    QString valueText(const SettingValue& value) const;
    QLineEdit* makeField(int width);

    QHBoxLayout* m_head;  ///< Label … control.
    QVBoxLayout* m_lines; ///< Head, then what else there is.
    QLabel* m_label;

private:
    void refresh();

    const SettingSpec& m_spec;
    PendingSetting m_state;
    std::optional<SettingValue> m_dragged; ///< Shown instead.
    bool m_isStarted = false;              ///< Before, there is nothing to show.
    QString m_help;
    QLabel* m_error;
    QLineEdit* m_field = nullptr;
};

/// The row that fits the setting's kind: slider and number, choice, or number that may be none.
SettingRow* makeSettingRow(Setting setting);

} // namespace chronograd
