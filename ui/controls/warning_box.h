#pragma once

#include "core/analysis/warnings.h"
#include "core/session/session.h"

#include <QElapsedTimer>
#include <QFrame>

#include <deque>

class QLabel;

namespace chronograd {

/// What a teacher would point at, in words, under the settings that would change it. Hidden while there is
/// nothing.
class WarningBox : public QFrame
{
    Q_OBJECT

public:
    explicit WarningBox(QWidget* parent = nullptr);

    void clear();
    /// Not looked at: only the losses are kept.
    void showNews(const SessionNews& news, bool isLookedAt);

    const std::vector<Warning>& warnings() const { return m_shown; }
    QString text() const; ///< Plain, a line for each warning; empty when there is none.

signals:
    void changed(); ///< Other warnings, or none.

protected:
    void changeEvent(QEvent* event) override;

private:
    void write();
    void show(const std::vector<Warning>& warnings);

    QLabel* m_words;
    std::vector<Warning> m_shown;
    std::deque<double> m_losses; ///< Of the newest updates.
    QElapsedTimer m_sinceLook;
};

} // namespace chronograd
