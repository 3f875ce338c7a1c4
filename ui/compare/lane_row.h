#pragma once

#include "core/compare/lane.h"

#include <QFrame>
#include <QPen>

class QLabel;
class QLineEdit;
class QToolButton;

namespace chronograd {

class ElidedLabel;

/// One lane in the list: how it is drawn, its name, what makes it different, its loss now, and small buttons.
class LaneRow : public QFrame
{
    Q_OBJECT

public:
    explicit LaneRow(QWidget* parent = nullptr);

    void setPen(const QPen& pen);
    /// \param isFirst the reference, which the others are compared with
    void showLane(const Lane& lane, const QString& differs, bool isFirst);
    void setShown(bool inGraph);
    bool isCurveVisible() const;

signals:
    void showAsked(bool on); ///< In the graph.
    void renamed(const QString& name);
    void visibilityChanged(); ///< Of its curve.
    void saveAsked();
    void removeAsked();

protected:
    void changeEvent(QEvent* event) override;

private:
    QToolButton* addButton(const char* name, const QString& tip);
    void beginRename();
    void endRename();
    void dress();

    class Sample;
    Sample* m_sample;
    QLineEdit* m_name;
    QLabel* m_loss;
    ElidedLabel* m_differs;
    ElidedLabel* m_stand;
    QToolButton* m_show;
    QToolButton* m_rename;
    QToolButton* m_eye;
    QToolButton* m_save;
    QToolButton* m_remove;
    QString m_nameNow;
};

} // namespace chronograd
