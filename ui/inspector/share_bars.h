#pragma once

#include "ui/inspector/share_table.h"

#include <QWidget>

#include <optional>

namespace chronograd {

/// Horizontal bars, one per time step, with the numbers; a row is a link to the share of its step.
class ShareBars : public QWidget
{
    Q_OBJECT

public:
    explicit ShareBars(QWidget* parent = nullptr);

    void setTable(ShareTable table, int digits);
    void setChosen(std::optional<std::int64_t> t); ///< The step whose share is explained.
    const ShareTable& table() const { return m_table; }
    QRect rowRect(int row) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void stepActivated(qint64 t);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    int rowHeight() const;
    int labelWidth() const;
    int windowRows() const; ///< Rows of the window; the line of older steps follows them, then the cut ones.
    QRect lineRect(int line) const;
    int lineCount() const;
    int rowAt(QPointF position) const;
    bool isLink(int row) const;
    void paintRow(QPainter& painter, int row) const;
    void paintLine(QPainter& painter, const QRect& rect, const QString& label, const QString& number) const;

    ShareTable m_table;
    int m_digits = 4;
    int m_hovered = -1;
    std::optional<std::int64_t> m_chosen;
};

} // namespace chronograd
