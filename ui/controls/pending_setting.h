#pragma once

#include "core/session/session.h"
#include "core/training/frame.h"

#include <optional>

namespace chronograd {

/// What a control of a setting has to show: the value in force, or the one that is not yet in force: asked
/// for here, or told by the schedule of a run that was reopened or taken back.
class PendingSetting
{
public:
    explicit PendingSetting(Setting setting)
        : m_setting(setting)
    {}

    const SettingValue& shown() const { return m_asked ? *m_asked : m_waiting ? *m_waiting : m_inForce; }
    const SettingValue& inForce() const { return m_inForce; }
    bool isPending() const { return m_asked || m_waiting; }

    /// Another run: what it starts with; nothing is asked for.
    void start(const Hyperparameters& settings);
    void ask(const SettingValue& value);
    void showFrame(const Frame& frame);
    void showMark(const ChangeMark& mark);

private:
    Setting m_setting;
    SettingValue m_inForce;
    std::optional<SettingValue> m_asked;
    std::optional<SettingValue> m_waiting;     ///< In the schedule, for the next update or epoch.
    std::optional<std::int64_t> m_inForceFrom; ///< The first update with it, once the engine has told.
};

} // namespace chronograd
