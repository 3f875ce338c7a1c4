#pragma once

#include "core/session/session.h"

#include <QFrame>

class QLabel;
class QProgressBar;

namespace chronograd {

/// There while training is on a long way in time: how far it has come, and a button to stay where it is.
class JourneyBar : public QFrame
{
    Q_OBJECT

public:
    explicit JourneyBar(QWidget* parent = nullptr);

    void showNews(const SessionNews& news);

signals:
    void stopAsked();

private:
    QLabel* m_text;
    QProgressBar* m_progress;
};

} // namespace chronograd
