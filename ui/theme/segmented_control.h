#pragma once

#include <QFrame>
#include <QStringList>

class QButtonGroup;

namespace chronograd {

/// A row of buttons of which one is on: [layer|step|pass|update]. Left and right arrows move the choice.
class SegmentedControl : public QFrame
{
    Q_OBJECT

public:
    /// \param name what the choice is called for screen readers.
    SegmentedControl(const QString& name, const QStringList& texts, QWidget* parent = nullptr);

    int current() const;
    void setCurrent(int index); ///< −1: none. Emits nothing.
    void setTight();            ///< As low as a line of text: beside a plot.
    void setToolTipAt(int index, const QString& text);
    void setEnabledAt(int index, bool enabled);

signals:
    void chosen(int index); ///< By the user.

private:
    QButtonGroup* m_buttons;
};

} // namespace chronograd
