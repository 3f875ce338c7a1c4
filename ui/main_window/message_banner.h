#pragma once

#include <QFrame>

class QLabel;

namespace chronograd {

/// The one place where the window tells that something went wrong: a line that can be dismissed.
class MessageBanner : public QFrame
{
    Q_OBJECT

public:
    explicit MessageBanner(QWidget* parent = nullptr);

    QString text() const;

public slots:
    void showMessage(const QString& sentence);
    void dismiss();

private:
    QLabel* m_text;
};

} // namespace chronograd
