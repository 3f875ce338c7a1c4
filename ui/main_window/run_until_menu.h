#pragma once

#include "core/session/session.h"

#include <QMenu>

namespace chronograd {

/// "Run until …": the ends a run can be given.
class RunUntilMenu : public QMenu
{
    Q_OBJECT

public:
    explicit RunUntilMenu(QWidget* parent = nullptr);

    void showNews(const SessionNews& news);

signals:
    void chosen(const chronograd::StopCondition& until);

private:
    void addEnd(const QString& text, const QString& tip, StopCondition::Kind kind);
    void askUpdate();
    void askLoss();

    std::int64_t m_update = 0; ///< Done.
    double m_loss = 0.0;       ///< Of the last one.
};

} // namespace chronograd
