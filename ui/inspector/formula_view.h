#pragma once

#include "ui/inspector/formula_layout.h"

#include <QElapsedTimer>
#include <QWidget>

#include <functional>
#include <map>
#include <optional>

namespace chronograd {

/// Shows one equation, as wide as it is given; its numbers are links, by mouse and by the arrow keys.
class FormulaView : public QWidget
{
    Q_OBJECT

public:
    /// Says in words what a number is, for tips and screen readers.
    using Describe = std::function<QString(const Quantity&, double value)>;

    explicit FormulaView(QWidget* parent = nullptr);

    void setEquation(FormulaEquation equation, const QString& asText, Describe describe);

    const FormulaLayout& formula() const { return m_layout; }

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void linkActivated(const chronograd::Quantity& quantity);

protected:
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    FormulaStyle styleFor(int width) const;
    void forgetLayout();
    void layOut();
    int linkAt(QPointF position) const;
    QString describe(int link) const;
    void setActive(int link);
    void activate(int link);

    FormulaEquation m_equation;
    Describe m_describe;
    FormulaLayout m_layout;
    int m_laidOutWidth = -1;
    int m_active = -1;  ///< Under the pointer or chosen by the keyboard.
    int m_pressed = -1; ///< Where a click began.
    QElapsedTimer m_sinceSet;
    int m_heldHeight = 0; ///< The greatest since numbers run by, at m_heldWidth.
    int m_heldWidth = -1;
    int m_hintedHeight = -1;              ///< That the layout above knows, at m_heldWidth.
    mutable std::map<int, int> m_heights; ///< By width: those that were asked for.
};

} // namespace chronograd
