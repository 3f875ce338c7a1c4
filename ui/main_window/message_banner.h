#pragma once

#include <QFrame>

class QLabel;

namespace chronograd {

struct SessionNews;

/// The one place where the window tells that something went wrong: a line that can be dismissed.
class MessageBanner : public QFrame
{
    Q_OBJECT

public:
    explicit MessageBanner(QWidget* parent = nullptr);

    QString text() const;

public slots:
    void showMessage(const QString& sentence);
    /// Of a run that diverges: why, in full, as long as it stands there.
    void showNews(const chronograd::SessionNews& news);
    void dismiss();

private:
    QLabel* m_text;
    QString m_divergence;
};

} // namespace chronograd
