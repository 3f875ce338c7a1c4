#pragma once

#include "core/session/session.h"

#include <QMenu>

#include <cstdint>
#include <optional>

namespace chronograd {

/// "Run until …": the ends a run can be given.
class RunUntilMenu : public QMenu
{
    Q_OBJECT

public:
    explicit RunUntilMenu(QWidget* parent = nullptr);

    /// Another session; `lastUpdate`: after which training ends by itself, if it does.
    void begin(std::optional<std::int64_t> lastUpdate);
    void showNews(const SessionNews& news);

signals:
    void chosen(const chronograd::StopCondition& until);
    void goToAsked(qint64 update); ///< One that is done.

private:
    void addEnd(const QString& text, const QString& tip, StopCondition::Kind kind);
    void askUpdate();
    void askLoss();

    std::optional<std::int64_t> m_lastUpdate;
    std::int64_t m_update = 0;    ///< Done.
    std::optional<double> m_loss; ///< Of the last one.
};

} // namespace chronograd
