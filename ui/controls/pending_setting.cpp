#include "ui/controls/pending_setting.h"

namespace chronograd {

void PendingSetting::start(const Hyperparameters& settings)
{
    m_inForce = settingValue(settings, m_setting);
    m_asked.reset();
    m_waiting.reset();
    m_inForceFrom.reset();
}

void PendingSetting::ask(const SettingValue& value)
{
    m_asked = value;
    m_inForceFrom.reset();
}

void PendingSetting::showMark(const ChangeMark& mark)
{
    if (m_asked && mark.change == SettingChange{m_setting, *m_asked})
        m_inForceFrom = mark.update;
}

void PendingSetting::showFrame(const Frame& frame)
{
    m_inForce = settingValue(frame.settings, m_setting);
    m_waiting.reset();
    for (const SettingChange& change : frame.pending)
        if (change.setting == m_setting && change.value != m_inForce)
            m_waiting = change.value;
    if (!m_asked)
        return;
    // A frame may still be of the time before, and the file's schedule may overrule what was asked for.
    const bool wasInForce = m_inForceFrom && frame.update >= *m_inForceFrom;
    if (m_inForce == *m_asked || wasInForce)
        m_asked.reset();
}

} // namespace chronograd
