#pragma once

#include "core/analysis/past_gradients.h"
#include "core/explain/quantity.h"
#include "core/training/frame.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace chronograd {

/// What one time step adds to a weight's gradient, or one update to its velocity.
struct ShareRow
{
    std::int64_t t = 0;          ///< The step, or the update.
    std::optional<double> share; ///< Absent: cut off, or not computed yet.
    bool isCut = false;
};

/// The shares of a weight, newest step first; `mostRows` at most, then a few of the steps that k2 cuts off.
struct ShareTable
{
    /// What the rows are: they are called by it.
    enum class Of : quint8
    {
        Steps,
        Updates,
        UpdatesOfMoment, ///< Of adam's first moment.
    };
    Of of = Of::Steps;
    std::vector<ShareRow> rows;
    std::int64_t olderSteps = 0;    ///< Steps of the window (updates) that have no row.
    std::optional<double> olderSum; ///< Their shares together, once all are known.
    std::optional<double> sum;      ///< The gradient before clipping; the velocity.
    double greatest = 0.0;          ///< Of the rows' sizes: the length of the longest bar.
};

ShareTable shareTable(const Frame& frame, const Quantity& weight, int mostRows = 24);

/// What past gradients still add to a velocity, the newest first; those that do not show with so many digits
/// are taken together.
ShareTable pastTable(const PastGradients& past, int digits, int mostRows = 24);

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
